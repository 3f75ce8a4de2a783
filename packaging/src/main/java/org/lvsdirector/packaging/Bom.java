// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.packaging;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/**
 * The bill of materials: what is installed, jar by jar with the sums of the files that are
 * installed, and the Java; CycloneDX 1.6. It is made of files that any build has, also one without
 * a network.
 *
 * @param home the portable folder
 * @param time when it is dated
 * @param version of lvs-director
 */
record Bom(Path home, Instant time, String version) {
  static final String OWN_GROUP = "org.lvsdirector";
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Writes it. */
  void write(List<Path> jars, Path to) throws IOException {
    var bom = JSON.objectNode();
    bom.put("bomFormat", "CycloneDX").put("specVersion", "1.6").put("version", 1);
    var metadata = bom.putObject("metadata").put("timestamp", time.toString());
    metadata.set("component", program());
    var sorted = new TreeMap<String, ObjectNode>();
    for (var jar : jars) {
      sorted.put(jar.getFileName().toString(), component(jar));
    }
    bom.putArray("components").addAll(sorted.values()).add(java());
    var mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    Files.writeString(to, mapper.writeValueAsString(bom) + "\n");
  }

  private ObjectNode program() {
    var program = JSON.objectNode();
    program
        .put("type", "application")
        .put("bom-ref", "lvs-director")
        .put("name", "lvs-director")
        .put("version", version);
    licences(program, List.of(Notices.OWN_LICENCE));
    return program;
  }

  private ObjectNode component(Path jar) throws IOException {
    var name = jar.getFileName().toString();
    var isOwn = !Files.exists(jar.resolveSibling(pomName(jar)));
    var project =
        isOwn
            ? new Project(
                OWN_GROUP,
                name.replace("-" + version + ".jar", ""),
                version,
                List.of(Notices.OWN_LICENCE))
            : Project.of(jar);
    var reference =
        "pkg:maven/%s/%s@%s".formatted(project.group(), project.artifact(), project.version());
    var classifier =
        name.replace(project.artifact() + "-" + project.version(), "").replace(".jar", "");
    var purl = reference + (classifier.isEmpty() ? "" : "?classifier=" + classifier.substring(1));
    var component = JSON.objectNode();
    component
        .put("type", "library")
        .put("bom-ref", purl)
        .put("group", project.group())
        .put("name", project.artifact())
        .put("version", project.version());
    component
        .putArray("hashes")
        .addObject()
        .put("alg", "SHA-256")
        .put("content", Packages.sha256(home.resolve("lib").resolve(name)));
    licences(component, project.licences());
    return component.put("purl", purl);
  }

  private static String pomName(Path jar) {
    var names = jar.getNameCount();
    return jar.getName(names - 3) + "-" + jar.getName(names - 2) + ".pom";
  }

  /** More than one: the user chooses. */
  private static void licences(ObjectNode component, List<String> names) {
    if (!names.isEmpty()) {
      component.putArray("licenses").addObject().put("expression", String.join(" OR ", names));
    }
  }

  private static ObjectNode java() {
    var version = System.getProperty("java.vm.version");
    var component =
        JSON.objectNode()
            .put("type", "platform")
            .put("bom-ref", "jre")
            .put("publisher", System.getProperty("java.vm.vendor"))
            .put("name", "OpenJDK")
            .put("version", version);
    licences(component, List.of("GPL-2.0-only WITH Classpath-exception-2.0"));
    return component;
  }
}
