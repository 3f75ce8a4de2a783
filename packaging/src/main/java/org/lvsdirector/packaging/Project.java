// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.packaging;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * What a Maven project in a local repository says of itself: its own file, and where that is
 * silent, its parent's.
 *
 * @param group its group
 * @param artifact its name in the group
 * @param version its version
 * @param licences SPDX identifiers, or what it calls them
 */
record Project(String group, String artifact, String version, List<String> licences) {

  /** That of a jar, which is in a folder of artifact and version, beside the project's file. */
  static Project of(Path jar) throws IOException {
    var names = jar.getNameCount();
    var version = jar.getName(names - 2).toString();
    var artifact = jar.getName(names - 3).toString();
    var root = read(jar.resolveSibling(artifact + "-" + version + ".pom"));
    var group = group(root);
    var up = "../".repeat(group.split("\\.").length + 2);
    var repository = jar.resolveSibling(up).normalize();
    return new Project(group, artifact, version, licences(repository, root));
  }

  private static String group(Element root) {
    var own = text(root, "groupId");
    var parent = child(root, "parent");
    return own == null && parent != null ? required(parent, "groupId") : required(root, "groupId");
  }

  private static List<String> licences(Path repository, Element root) throws IOException {
    for (var next = root; ; ) {
      var block = child(next, "licenses");
      if (block != null) {
        return names(block);
      }
      var parent = child(next, "parent");
      if (parent == null) {
        return List.of();
      }
      next = read(file(repository, parent));
    }
  }

  private static Path file(Path repository, Element parent) {
    var artifact = required(parent, "artifactId");
    var version = required(parent, "version");
    return repository
        .resolve(required(parent, "groupId").replace('.', '/'))
        .resolve(artifact)
        .resolve(version)
        .resolve(artifact + "-" + version + ".pom");
  }

  private static List<String> names(Element block) {
    var names = new ArrayList<String>();
    for (var node = block.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element licence) {
        names.add(identifier(required(licence, "name")));
      }
    }
    return names;
  }

  /** Projects write the name of the same licence in many ways. */
  private static String identifier(String name) {
    var plain = name.toLowerCase(Locale.ROOT);
    if (plain.contains("apache") && plain.contains("2.0")) {
      return "Apache-2.0";
    }
    return plain.contains("creative commons cc0") ? "CC0-1.0" : name;
  }

  // ---- XML -------------------------------------------------------------------------------------

  private static Element read(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var factory = DocumentBuilderFactory.newInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory.newDocumentBuilder().parse(in).getDocumentElement();
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(file + " cannot be read", e);
    }
  }

  private static @Nullable Element child(Element parent, String name) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element && element.getTagName().equals(name)) {
        return element;
      }
    }
    return null;
  }

  private static @Nullable String text(Element parent, String name) {
    var child = child(parent, name);
    return child == null ? null : child.getTextContent().strip();
  }

  private static String required(Element parent, String name) {
    var text = text(parent, name);
    if (text == null) {
      throw new IllegalArgumentException("no " + name + " in " + parent.getTagName());
    }
    return text;
  }
}
