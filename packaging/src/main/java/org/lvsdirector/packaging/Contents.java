// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.packaging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;
import org.lvsdirector.packaging.Entry.Content;

/**
 * What is installed where: one list for both packages, which differ only in where a distribution
 * wants units, completions and licences.
 */
final class Contents {
  private static final String HOME = "usr/lib/lvs-director";
  private static final String FISH = "usr/share/fish";
  private static final String DOC = "usr/share/doc/lvs-director";
  private static final String LICENCES = "usr/share/licenses/lvs-director";
  private static final int BEST = 9;
  private static final List<String> PAGES =
      List.of(
          "install",
          "operating",
          "security",
          "metrics",
          "admin-api",
          "failover",
          "lvs.cf",
          "problems");

  private final Packages.Source source;
  private final Family family;
  private final String version;
  private final TreeMap<String, Entry> entries = new TreeMap<>();

  /** A family of distributions. */
  enum Family {
    DEBIAN("lib/systemd/system", "usr/share/zsh/vendor-completions", "changelog.gz"),
    RPM("usr/lib/systemd/system", "usr/share/zsh/site-functions", "changelog");

    private final String units;
    private final String zsh;
    private final String changelog;

    Family(String units, String zsh, String changelog) {
      this.units = units;
      this.zsh = zsh;
      this.changelog = changelog;
    }
  }

  Contents(Packages.Source source, Family family, String version) {
    this.source = source;
    this.family = family;
    this.version = version;
  }

  /** Everything, sorted by path. */
  List<Entry> entries() throws IOException {
    program();
    configuration();
    units();
    shells();
    manual();
    documentation();
    var sorted = new ArrayList<>(entries.values());
    sorted.sort(Comparator.comparing(Entry::path));
    return sorted;
  }

  // ---- parts -----------------------------------------------------------------------------------

  private void program() throws IOException {
    for (var part : List.of("bin", "lib", "jre")) {
      tree(source.home().resolve(part), HOME + "/" + part);
    }
    for (var script : List.of("is-edited", "after-stop", "release")) {
      put(HOME + "/bin/" + script, linux(script), Entry.EXECUTABLE, false);
    }
    put(HOME + "/etc/lvs.cf", etc("lvs.cf"), Entry.READABLE, false);
    folder(HOME + "/etc");
    folder(HOME);
    add(new Entry.Link("usr/sbin/director", "../lib/lvs-director/bin/director"));
  }

  private void configuration() {
    folder("etc/lvs-director");
    config("etc/lvs-director/lvs.cf", etc("lvs.cf"));
    config("etc/lvs-director/director.conf", etc("director.conf"));
    config("etc/lvs-director/witness.env", linux("witness.env"));
    config("etc/sysctl.d/90-lvs-director.conf", linux("sysctl.conf"));
    config("etc/modules-load.d/lvs-director.conf", linux("modules-load.conf"));
  }

  private void units() {
    for (var unit : List.of("lvs-director", "lvs-director-release", "lvs-director-witness")) {
      put(family.units + "/" + unit + ".service", linux(unit + ".service"), Entry.READABLE, false);
    }
  }

  private void shells() {
    var completion = source.home().resolve("share/completion");
    put("usr/share/bash-completion/completions/director", completion.resolve("bash/director"));
    if (family == Family.RPM) {
      folder(family.zsh);
      folder(FISH);
      folder(FISH + "/vendor_completions.d");
    }
    put(family.zsh + "/_director", completion.resolve("zsh/_director"));
    put(FISH + "/vendor_completions.d/director.fish", completion.resolve("fish/director.fish"));
  }

  private void manual() throws IOException {
    var man = source.home().resolve("share/man");
    for (var page : Tree.below(man)) {
      if (Files.isRegularFile(page)) {
        var name = "usr/share/man/" + man.relativize(page) + ".gz";
        made(name, zipped(Files.readAllBytes(page)));
      }
    }
  }

  private void documentation() throws IOException {
    var docs = source.project().resolve("docs");
    folder(DOC);
    folder(DOC + "/examples");
    put(DOC + "/README.md", source.project().resolve("README.md"));
    for (var name : PAGES) {
      if (Files.exists(docs.resolve(name + ".md"))) {
        var text = Files.readAllBytes(docs.resolve(name + ".md"));
        made(DOC + "/" + name + ".md", text);
      }
    }
    put(DOC + "/examples/demo.cf", etc("demo/lvs.cf"));
    var bom = source.home().resolveSibling("bom.json");
    put(DOC + "/sbom.cdx.json", bom);
    var changelog = changelog().getBytes(StandardCharsets.UTF_8);
    if (family == Family.DEBIAN) {
      made(DOC + "/copyright", Notices.copyright(bom, source.home().resolve("lib")));
      made(DOC + "/" + family.changelog, zipped(changelog));
      put(
          "usr/share/lintian/overrides/lvs-director",
          source.project().resolve("packaging/src/main/deb/lintian-overrides"));
    } else {
      folder(LICENCES);
    }
    terms(family == Family.DEBIAN ? DOC : LICENCES);
  }

  private void terms(String folder) throws IOException {
    var bom = source.home().resolveSibling("bom.json");
    put(folder + "/LICENSE", source.project().resolve("LICENSE"));
    put(folder + "/NOTICE", source.project().resolve("NOTICE"));
    made(folder + "/THIRD-PARTY-NOTICES", Notices.thirdParties(bom, source.home().resolve("lib")));
  }

  private String changelog() {
    var date =
        DateTimeFormatter.RFC_1123_DATE_TIME
            .withLocale(Locale.ROOT)
            .format(source.time().atOffset(ZoneOffset.UTC))
            .replace("GMT", "+0000");
    return "lvs-director (%s) unstable; urgency=medium%n%n  * See README.md.%n%n -- %s  %s%n"
        .formatted(version, DebFile.MAINTAINER, padded(date));
  }

  /** Debian wants two digits where RFC 1123 has one or two. */
  private static String padded(String date) {
    return date.replaceFirst(", ([0-9]) ", ", 0$1 ");
  }

  // ---- how -------------------------------------------------------------------------------------

  private Path linux(String name) {
    return source.project().resolve("packaging/src/main/linux").resolve(name);
  }

  private Path etc(String name) {
    return source.project().resolve("etc").resolve(name);
  }

  private void tree(Path from, String to) throws IOException {
    folder(to);
    for (var path : Tree.below(from)) {
      var name = to + "/" + from.relativize(path);
      if (Files.isSymbolicLink(path)) {
        add(new Entry.Link(name, Files.readSymbolicLink(path).toString()));
      } else if (Files.isDirectory(path)) {
        folder(name);
      } else {
        var isProgram = Files.isExecutable(path) && !name.endsWith(".so");
        put(name, path, isProgram ? Entry.EXECUTABLE : Entry.READABLE, false);
      }
    }
  }

  private void folder(String path) {
    add(new Entry.Folder(path));
  }

  private void put(String path, Path file) {
    put(path, file, Entry.READABLE, false);
  }

  private void config(String path, Path file) {
    put(path, file, Entry.READABLE, true);
  }

  private void put(String path, Path file, int mode, boolean isConfig) {
    add(new Entry.Plain(path, new Content.OnDisk(file), mode, isConfig));
  }

  private void made(String path, byte[] bytes) {
    add(new Entry.Plain(path, new Content.Made(bytes), Entry.READABLE, false));
  }

  private void add(Entry entry) {
    entries.put(entry.path(), entry);
  }

  private static byte[] zipped(byte[] plain) throws IOException {
    var parameters = new GzipParameters();
    parameters.setCompressionLevel(BEST);
    parameters.setOperatingSystem(3);
    var bytes = new ByteArrayOutputStream();
    try (var zip = new GzipCompressorOutputStream(bytes, parameters)) {
      zip.write(plain);
    }
    return bytes.toByteArray();
  }
}
