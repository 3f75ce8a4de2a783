// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.packaging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipFile;

/**
 * The {@code lib} folder: the jars, one that names them all in a fixed order (a class archive is
 * only good for the class path it was made with), and the native libraries, unpacked.
 *
 * @param folder where they go
 * @param time what all files are dated
 */
record Libraries(Path folder, Instant time) {
  static final String MAIN_JAR = "lvs-director.jar";
  private static final String NATIVE = "META-INF/native/";

  /** Puts the jars there. */
  void take(List<Path> classPath) throws IOException {
    Tree.delete(folder);
    var jars = classPath.stream().filter(OldClasses::isJar).sorted(byName()).toList();
    for (var jar : jars) {
      var to = folder.resolve(jar.getFileName());
      if (OldClasses.areIn(jar)) {
        Tree.write(to, OldClasses.raised(jar));
      } else {
        Tree.copy(jar, to, false);
      }
      unpackNative(jar);
    }
    var names = jars.stream().map(jar -> jar.getFileName().toString()).toList();
    Tree.write(folder.resolve(MAIN_JAR), mainJar(names));
    Tree.setTime(folder, time);
  }

  private static java.util.Comparator<Path> byName() {
    return java.util.Comparator.comparing(jar -> jar.getFileName().toString());
  }

  private byte[] mainJar(List<String> names) throws IOException {
    var manifest = new Manifest();
    var attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.put(Attributes.Name.MAIN_CLASS, "org.lvsdirector.director.Main");
    attributes.put(Attributes.Name.CLASS_PATH, String.join(" ", names));
    var bytes = new ByteArrayOutputStream();
    try (var jar = new JarOutputStream(bytes)) {
      var entry = new JarEntry(JarFile.MANIFEST_NAME);
      entry.setTimeLocal(LocalDateTime.ofInstant(time, ZoneOffset.UTC));
      jar.putNextEntry(entry);
      manifest.write(jar);
      jar.closeEntry();
    }
    return bytes.toByteArray();
  }

  /** What Netty would otherwise unpack into a temporary folder at each start. */
  private void unpackNative(Path jar) throws IOException {
    var machine = System.getProperty("os.arch").equals("aarch64") ? "aarch_64" : "x86_64";
    try (var zip = new ZipFile(jar.toFile())) {
      for (var entry : zip.stream().toList()) {
        var name = entry.getName();
        if (name.startsWith(NATIVE) && name.endsWith("_" + machine + ".so")) {
          try (var in = zip.getInputStream(entry)) {
            Tree.write(
                folder.resolve("native").resolve(name.substring(NATIVE.length())),
                in.readAllBytes());
          }
        }
      }
    }
  }

  /** The name of each class that the project itself has, with slashes, sorted. */
  List<String> ownClasses() throws IOException {
    var own = new java.util.TreeSet<String>();
    for (var jar : Tree.below(folder)) {
      if (OldClasses.isJar(jar) && Files.size(jar) > 0) {
        try (var zip = new ZipFile(jar.toFile())) {
          zip.stream()
              .map(entry -> entry.getName())
              .filter(name -> name.startsWith("org/lvsdirector/") && name.endsWith(".class"))
              .filter(name -> !name.endsWith("package-info.class"))
              .forEach(name -> own.add(name.substring(0, name.length() - ".class".length())));
        }
      }
    }
    return List.copyOf(own);
  }
}
