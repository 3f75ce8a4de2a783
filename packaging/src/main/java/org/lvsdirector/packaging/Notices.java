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
import java.util.TreeMap;
import java.util.zip.ZipFile;

/** Whose work the packages contain, and on what terms: of the bill of materials and of the jars. */
final class Notices {
  /** Those of the parts; the project itself has not been given one yet. */
  static final String LICENCES =
      "LicenseRef-lvs-director AND Apache-2.0 AND BSD-2-Clause AND CC0-1.0 AND EPL-2.0 AND MIT AND"
          + " GPL-2.0-only WITH Classpath-exception-2.0";

  private static final String APACHE = "TERMS AND CONDITIONS FOR USE, REPRODUCTION";

  private Notices() {}

  /** The text of the file {@code copyright}. */
  static byte[] copyright(Path bom, Path lib) throws IOException {
    var text = new StringBuilder();
    text.append("lvs-director\n============\n\nThe terms of lvs-director itself are with its");
    text.append(" authors, who have not published a licence yet.\n\n");
    text.append("It comes with these, unchanged but for the version of picocli's class files:\n\n");
    for (var component : components(bom)) {
      text.append("  * ").append(component).append('\n');
    }
    text.append("  * the modules of OpenJDK (Eclipse Temurin) below /usr/lib/lvs-director/jre:\n");
    text.append("    GPL-2.0-only WITH Classpath-exception-2.0; the whole text and the notices of");
    text.append("\n    its parts are in /usr/lib/lvs-director/jre/legal\n\n");
    text.append("Debian systems have the Apache License 2.0 and the GPL in");
    text.append(
        " /usr/share/common-licenses; the jars that are\nunder the former carry it too. What");
    text.append(" else the libraries say follows.\n");
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
