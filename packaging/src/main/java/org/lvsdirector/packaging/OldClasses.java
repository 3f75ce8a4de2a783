// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.packaging;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * Brings a library's class files up to date. A class archive leaves out what was compiled for Java
 * 5 and older, as picocli was, since its verification cannot be done ahead; such classes would be
 * loaded and verified anew at each start.
 */
final class OldClasses {
  private static final int FIRST_WITH_STACK_MAPS = 50;
  private static final int JAVA_17 = 61;
  private static final int MAJOR_VERSION_AT = 6;

  private OldClasses() {}

  /** Whether a jar has any. */
  static boolean areIn(Path jar) throws IOException {
    try (var zip = new ZipFile(jar.toFile())) {
      for (var entry : zip.stream().toList()) {
        if (isClass(entry) && isOld(read(zip, entry))) {
          return true;
        }
      }
      return false;
    }
  }

  /** The jar with these classes raised to Java 17, all else as it was. */
  static byte[] raised(Path jar) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var loader = new URLClassLoader(new URL[] {jar.toUri().toURL()});
        var zip = new ZipFile(jar.toFile());
        var out = new ZipOutputStream(bytes)) {
      var files = classFiles(loader);
      for (var entry : zip.stream().toList()) {
        var content = read(zip, entry);
        var same = new ZipEntry(entry.getName());
        same.setTimeLocal(entry.getTimeLocal());
        out.putNextEntry(same);
        out.write(isClass(entry) && isOld(content) ? raised(files, content) : content);
        out.closeEntry();
      }
    }
    return bytes.toByteArray();
  }

  private static ClassFile classFiles(ClassLoader loader) {
    var hierarchy =
        ClassHierarchyResolver.ofResourceParsing(loader)
            .orElse(ClassHierarchyResolver.defaultResolver());
    return ClassFile.of(
        StackMapsOption.GENERATE_STACK_MAPS, ClassHierarchyResolverOption.of(hierarchy));
  }

  /** Code is taken apart and put together again: only so does it get the maps it never had. */
  private static byte[] raised(ClassFile files, byte[] old) {
    var code = ClassTransform.transformingMethodBodies((builder, part) -> builder.with(part));
    var version =
        (ClassTransform)
            (builder, part) -> {
              if (part instanceof ClassFileVersion) {
                builder.withVersion(JAVA_17, 0);
              } else {
                builder.with(part);
              }
            };
    return files.transformClass(files.parse(old), code.andThen(version));
  }

  private static byte[] read(ZipFile zip, ZipEntry entry) throws IOException {
    try (var in = zip.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }

  private static boolean isClass(ZipEntry entry) {
    return entry.getName().endsWith(".class") && !entry.getName().endsWith("module-info.class");
  }

  private static boolean isOld(byte[] classFile) {
    var major = (classFile[MAJOR_VERSION_AT] & 0xff) << 8 | classFile[MAJOR_VERSION_AT + 1] & 0xff;
    return major < FIRST_WITH_STACK_MAPS;
  }

  /** Whether a file is there and is a jar. */
  static boolean isJar(Path file) {
    return Files.isRegularFile(file) && file.toString().endsWith(".jar");
  }
}
