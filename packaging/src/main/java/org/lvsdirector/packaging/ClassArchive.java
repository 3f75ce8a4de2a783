// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.packaging;

import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.MethodRefEntry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;

/**
 * Class-data archives: the classes of the JDK, the libraries and the director, parsed and verified
 * ahead, which halves the time of a start. One for each collector, since they lay objects out
 * differently.
 *
 * <p>Made of a list that is kept in the source, not of a run. Each build makes the same bytes,
 * since nothing that changes them is left to the machine: the language and encoding of the
 * environment, and the sizes that a JVM takes from the memory of the machine, which move the
 * objects in the archive, and decide when it collects garbage and so which symbols are there when
 * it is written. An AOT cache, which profiles a run, differs each time, and the short commands were
 * slower with it.
 *
 * @param home the portable folder
 * @param time what they are dated
 */
record ClassArchive(Path home, Instant time) {
  /** As the launcher has them: what the module system is told must be the same. */
  static final List<String> ACCESS =
      List.of(
          "--enable-native-access=ALL-UNNAMED",
          "--illegal-native-access=deny",
          "--sun-misc-unsafe-memory-access=deny");

  private static final List<String> COMMAND =
      List.of("-XX:+UseSerialGC", "-Xms512m", "-Xmx512m", "-Xmn256m");

  private static final List<String> DAEMON = List.of("-XX:+UseZGC", "-Xmx2g");

  /** Makes both, of a list of classes for each, and all classes of the project. */
  void make(Path lists) throws IOException {
    SideBySide.run(
        List.of(() -> make(lists, COMMAND, "command"), () -> make(lists, DAEMON, "daemon")));
  }

  private Path make(Path lists, List<String> heap, String name) throws IOException {
    var list = lists.resolve(name + ".lst");
    var names = new LinkedHashSet<>(new Libraries(home.resolve("lib"), time).ownClasses());
    names.addAll(Files.readAllLines(list));
    names.add(collisions());
    var lines = new ArrayList<String>();
    names.stream().filter(line -> !line.startsWith("@")).forEach(lines::add);
    names.stream().filter(line -> line.startsWith("@")).forEach(lines::add);
    var whole = home.resolve("lib").resolve(name + ".lst");
    Files.write(whole, lines, StandardCharsets.UTF_8);
    try {
      return dump(whole, heap, name + ".jsa");
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  /**
   * A line that has one method resolved in any case. HashMap calls it when many hash codes collide,
   * which those of objects do or do not as the threads of the machine happen to begin; and what was
   * resolved goes into the archive.
   */
  private static String collisions() throws IOException {
    try (var in = HashMap.class.getResourceAsStream("HashMap.class")) {
      if (in != null) {
        for (var entry : ClassFile.of().parse(in.readAllBytes()).constantPool()) {
          if (entry instanceof MethodRefEntry method && method.name().equalsString("treeifyBin")) {
            return "@cp java/util/HashMap " + method.index();
          }
        }
      }
    }
    throw new IOException("this JDK's HashMap never calls treeifyBin: look at it again");
  }

  private Path dump(Path list, List<String> heap, String name) throws IOException {
    var file = home.resolve("lib").resolve(name);
    Files.deleteIfExists(file);
    var command = new ArrayList<String>();
    command.add("jre/bin/java");
    command.addAll(
        List.of(
            "-Xshare:dump",
            "-XX:SharedClassListFile=" + home.relativize(list),
            "-XX:SharedArchiveFile=" + home.relativize(file),
            // Room enough: no collection but the one before it writes.
            "-XX:MetaspaceSize=512m",
            "-Xlog:disable",
            "-Xlog:all=error:stderr"));
    command.addAll(heap);
    command.addAll(ACCESS);
    command.addAll(List.of("-cp", "lib/" + Libraries.MAIN_JAR));
    var printed = Tool.runAlike(home, command);
    if (!Files.exists(file)) {
      throw new IOException("no class archive was made:\n" + printed);
    }
    return Files.setLastModifiedTime(file, FileTime.from(time));
  }
}
