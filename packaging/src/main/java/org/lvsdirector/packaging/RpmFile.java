// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.packager.rpm.FileFlags;
import org.eclipse.packager.rpm.RpmTag;
import org.eclipse.packager.rpm.RpmVersion;
import org.eclipse.packager.rpm.build.BuilderContext;
import org.eclipse.packager.rpm.build.BuilderOptions;
import org.eclipse.packager.rpm.build.FileInformation;
import org.eclipse.packager.rpm.build.RpmBuilder;
import org.eclipse.packager.rpm.coding.PayloadCoding;
import org.eclipse.packager.rpm.deps.RpmDependencyFlags;
import org.eclipse.packager.rpm.header.Header;

/**
 * An RPM package.
 *
 * @param source what it is made of
 * @param version as RPM compares them
 * @param architecture as RPM calls it
 */
record RpmFile(Packages.Source source, String version, String architecture) {
  private static final String RELEASE = "1";
  private static final String SHELL = "/bin/sh";
  private static final int FILE_BIT = 0100000;
  private static final int FOLDER_BIT = 0040000;
  private static final int LINK_BIT = 0120000;

  /** Writes it. */
  void write(Path file, List<Entry> entries) throws IOException {
    Files.deleteIfExists(file);
    try (var builder =
        new RpmBuilder(
            "lvs-director",
            new RpmVersion(null, version, RELEASE),
            architecture,
            file,
            options())) {
      builder.setInformation(information(builder));
      builder.setHeaderCustomizer(this::date);
      requirements(builder);
      scripts(builder);
      var context = builder.newContext();
      for (var entry : entries) {
        add(context, entry);
      }
      builder.build();
    }
  }

  private BuilderOptions options() {
    var options = new BuilderOptions();
    var isQuick = source.effort() == Packages.Source.QUICK;
    options.setPayloadCoding(isQuick ? PayloadCoding.GZIP : PayloadCoding.XZ);
    options.setPayloadFlags(isQuick ? "1" : Integer.toString(source.effort()));
    options.setOpenOptions(
        new StandardOpenOption[] {
          StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.READ
        });
    return options;
  }

  private static RpmBuilder.PackageInformation information(RpmBuilder builder) {
    var information = builder.getInformation();
    information.setSummary(
        Description.SUMMARY.substring(0, 1).toUpperCase(java.util.Locale.ROOT)
            + Description.SUMMARY.substring(1));
    information.setDescription(Description.paragraphs("", "").strip());
    information.setLicense(Notices.LICENCES);
    information.setGroup("System Environment/Daemons");
    information.setPackager(DebFile.MAINTAINER);
    information.setVendor("lvs-director maintainers");
    information.setBuildHost("localhost");
    information.setOperatingSystem("linux");
    return information;
  }

  /** The time of the sources, not of the build; and what has changed, which rpmlint asks for. */
  private void date(Header<RpmTag> header) {
    var seconds = (int) source.time().getEpochSecond();
    header.putInt(RpmTag.BUILDTIME, seconds);
    header.putInt(RpmTag.CHANGELOG_TIMESTAMP, seconds);
    header.putStringArray(
        RpmTag.CHANGELOG_AUTHOR, DebFile.MAINTAINER + " - " + version + "-" + RELEASE);
    header.putStringArray(RpmTag.CHANGELOG_TEXT, "- See README.md.");
  }

  private static void requirements(RpmBuilder builder) {
    var before = EnumSet.of(RpmDependencyFlags.SCRIPT_PRE, RpmDependencyFlags.INTERPRETER);
    var flags = before.toArray(RpmDependencyFlags[]::new);
    builder.addRequirement("/bin/sh", "");
    builder.addRequirement("shadow-utils", "", flags);
    builder.addRequirement("systemd", "");
    builder.addRequirement("diffutils", "");
    builder.addRequirement("glibc", "2.34", RpmDependencyFlags.GREATER, RpmDependencyFlags.EQUAL);
  }

  private void scripts(RpmBuilder builder) throws IOException {
    builder.setPreInstallationScript(SHELL, script("pre"));
    builder.setPostInstallationScript(SHELL, script("post"));
    builder.setPreRemoveScript(SHELL, script("preun"));
    builder.setPostRemoveScript(SHELL, script("postun"));
  }

  private String script(String name) throws IOException {
    return Files.readString(source.project().resolve("packaging/src/main/rpm").resolve(name));
  }

  private void add(BuilderContext context, Entry entry) throws IOException {
    var path = "/" + entry.path();
    switch (entry) {
      case Entry.Folder folder ->
          context.addDirectory(path, (_, _, _) -> attributes(folder, FOLDER_BIT));
      case Entry.Link link ->
          context.addSymbolicLink(path, link.target(), (_, _, _) -> attributes(link, LINK_BIT));
      case Entry.Plain plain ->
          context.addFile(path, plain.content().bytes(), (_, _, _) -> of(plain));
    }
  }

  private FileInformation of(Entry.Plain file) {
    var attributes = attributes(file, FILE_BIT);
    var flags = EnumSet.noneOf(FileFlags.class);
    if (file.isConfig()) {
      flags.add(FileFlags.CONFIGURATION);
      flags.add(FileFlags.NOREPLACE);
    } else if (file.path().startsWith("usr/share/licenses/")) {
      flags.add(FileFlags.LICENSE);
    } else if (file.path().startsWith("usr/share/doc/")
        || file.path().startsWith("usr/share/man/")) {
      flags.add(FileFlags.DOC);
    }
    attributes.setFileFlags(flags);
    return attributes;
  }

  private FileInformation attributes(Entry entry, int kind) {
    var attributes = new FileInformation();
    attributes.setUser("root");
    attributes.setGroup("root");
    attributes.setMode((short) (kind | entry.mode()));
    attributes.setTimestamp(Instant.ofEpochSecond(source.time().getEpochSecond()));
    return attributes;
  }
}
