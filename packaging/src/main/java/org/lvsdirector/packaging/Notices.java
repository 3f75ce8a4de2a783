// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.packaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipFile;

/** Whose work the packages contain, and on what terms: of the bill of materials and of the jars. */
final class Notices {
  /** The project's own. */
  static final String OWN_LICENCE = "Apache-2.0";

  /** That and those of the parts. */
  static final String LICENCES =
      OWN_LICENCE
          + " AND BSD-2-Clause AND CC0-1.0 AND EPL-2.0 AND MIT"
          + " AND GPL-2.0-only WITH Classpath-exception-2.0";

  private static final String JDK_LICENCE = "GPL-2.0-only with Classpath-exception-2.0";
  private static final String LIB = "usr/lib/lvs-director/lib";
  private static final String JRE = "usr/lib/lvs-director/jre";
  private static final String APACHE = "TERMS AND CONDITIONS FOR USE, REPRODUCTION";

  private Notices() {}

  // ---- Debian's copyright ----------------------------------------------------------------------

  /** Debian's {@code copyright}, in its machine-readable format 1.0. */
  static byte[] copyright(Path bom, Path lib) throws IOException {
    var text = new StringBuilder();
    text.append(
        """
        Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
        Upstream-Name: lvs-director
        Upstream-Contact: %s
        Comment: What the libraries say themselves is in
         /usr/share/doc/lvs-director/THIRD-PARTY-NOTICES; the whole terms of the JDK
         and the notices of its parts are in /%s/legal

        Files: *
        Copyright: 2026 the authors of lvs-director
        License: %s
        """
            .formatted(DebFile.MAINTAINER, JRE, OWN_LICENCE));
    var identifiers = new TreeSet<>(Set.of(OWN_LICENCE, JDK_LICENCE));
    for (var licence : jars(bom).entrySet()) {
      text.append("\nFiles:\n");
      licence.getValue().forEach(jar -> text.append(" %s/%s%n".formatted(LIB, jar)));
      text.append("Copyright: the authors of each library\n");
      text.append("License: ").append(licence.getKey()).append('\n');
      identifiers.addAll(List.of(licence.getKey().split(" or ")));
    }
    text.append("\nFiles: %s/*%n".formatted(JRE));
    text.append("Copyright: Oracle and/or its affiliates, and others\n");
    text.append("License: ").append(JDK_LICENCE).append('\n');
    for (var identifier : identifiers) {
      text.append("\nLicense: ").append(identifier).append('\n');
      text.append(indented(terms(identifier, lib)));
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** The libraries' jars by what their licence is, as Debian writes it. */
  private static Map<String, List<String>> jars(Path bom) throws IOException {
    var jars = new TreeMap<String, List<String>>();
    for (var component : new ObjectMapper().readTree(bom.toFile()).path("components")) {
      var group = component.path("group").asText();
      if (!group.isEmpty() && !group.equals(Bom.OWN_GROUP)) {
        var jar =
            "%s-%s*.jar"
                .formatted(component.path("name").asText(), component.path("version").asText());
        var those = jars.computeIfAbsent(licences(component), _ -> new ArrayList<>());
        if (!those.contains(jar)) {
          those.add(jar);
        }
      }
    }
    return jars;
  }

  private static String terms(String identifier, Path lib) throws IOException {
    return switch (identifier) {
      case "Apache-2.0" -> common("Apache-2.0");
      case "CC0-1.0" -> common("CC0-1.0");
      case "LGPL-2.1-only" -> common("LGPL-2.1");
      case JDK_LICENCE ->
          common("GPL-2") + "\nThe exception is in /" + JRE + "/legal/java.base/LICENSE";
      case "EPL-2.0" -> "The text is on https://www.eclipse.org/legal/epl-2.0/";
      case "MIT" -> carriedBy("slf4j-api", lib);
      case "BSD-2-Clause" -> carriedBy("HdrHistogram", lib);
      default -> throw new IOException("a library has a new licence: " + identifier);
    };
  }

  private static String common(String name) {
    return "On Debian systems, the text is in /usr/share/common-licenses/" + name;
  }

  private static String carriedBy(String library, Path lib) throws IOException {
    for (var notice : carried(lib).entrySet()) {
      if (notice.getValue().stream().anyMatch(name -> name.startsWith(library))) {
        return notice.getKey().strip();
      }
    }
    throw new IOException("no text of a licence in " + library);
  }

  /** As a field's further lines: with a blank before each, and a dot for an empty one. */
  private static String indented(String text) {
    return text.lines()
        .map(line -> line.isBlank() ? " ." : " " + line.stripTrailing())
        .collect(Collectors.joining("\n", "", "\n"));
  }

  // ---- the libraries' own words ----------------------------------------------------------------

  /** The text of {@code THIRD-PARTY-NOTICES}: each part, and what it says itself. */
  static byte[] thirdParties(Path bom, Path lib) throws IOException {
    var text = new StringBuilder();
    text.append("lvs-director comes with these, unchanged but for the version of picocli's class");
    text.append(" files:\n\n");
    for (var component : components(bom)) {
      text.append("  * ").append(component).append('\n');
    }
    text.append("  * the modules of OpenJDK (Eclipse Temurin) below /usr/lib/lvs-director/jre:\n");
    text.append("    GPL-2.0-only WITH Classpath-exception-2.0; the whole text and the notices of");
    text.append("\n    its parts are in /usr/lib/lvs-director/jre/legal\n\n");
    text.append("What the libraries say, other than the text of the Apache License 2.0 (in the");
    text.append(" file LICENSE),\nfollows.\n");
    for (var notice : carried(lib).entrySet()) {
      text.append("\n\n---- ").append(String.join(", ", notice.getValue())).append(" ----\n\n");
      text.append(notice.getKey().strip()).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static List<String> components(Path bom) throws IOException {
    var lines = new ArrayList<String>();
    for (var component : new ObjectMapper().readTree(bom.toFile()).path("components")) {
      var group = component.path("group").asText();
      if (!group.isEmpty() && !group.equals(Bom.OWN_GROUP)) {
        lines.add(
            "%s:%s %s: %s"
                .formatted(
                    group,
                    component.path("name").asText(),
                    component.path("version").asText(),
                    licences(component)));
      }
    }
    lines.sort(String::compareTo);
    return lines;
  }

  private static String licences(JsonNode component) {
    var licence = component.path("licenses").path(0).path("expression").asText();
    return licence.isEmpty() ? "see its pages" : licence.replace(" OR ", " or ");
  }

  /** Texts of licences and notices in the jars, each once, with the jars that have it. */
  private static Map<String, List<String>> carried(Path lib) throws IOException {
    var texts = new TreeMap<String, List<String>>();
    for (var jar : Tree.below(lib)) {
      if (OldClasses.isJar(jar) && Files.size(jar) > 0) {
        try (var zip = new ZipFile(jar.toFile())) {
          for (var entry : zip.stream().toList()) {
            if (isNotice(entry.getName())) {
              try (var in = zip.getInputStream(entry)) {
                var text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                var name = jar.getFileName() + "/" + entry.getName();
                if (!text.contains(APACHE)) {
                  texts.computeIfAbsent(text, _ -> new ArrayList<>()).add(name);
                }
              }
            }
          }
        }
      }
    }
    return texts;
  }

  private static boolean isNotice(String name) {
    var last = name.substring(name.lastIndexOf('/') + 1).toUpperCase(Locale.ROOT);
    return !name.endsWith("/")
        && !name.endsWith(".class")
        && (last.startsWith("LICENSE") || last.startsWith("NOTICE") || last.startsWith("COPYING"));
  }
}
