// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;

/**
 * posix_spawn(3) of the C library. It returns once the program runs, or says why the kernel would
 * not run it. What is opaque in C is given more room than any C library wants.
 */
final class FfmSpawn {
  private static final short POSIX_SPAWN_SETSIGDEF = 0x04; // spawn.h
  private static final short POSIX_SPAWN_SETSIGMASK = 0x08; // spawn.h
  private static final short POSIX_SPAWN_SETSID = 0x80; // spawn.h
  private static final int O_RDONLY = 0; // asm-generic/fcntl.h
  private static final int FIRST_FURTHER_DESCRIPTOR = 3;
  private static final int OPAQUE_BYTES = 1024;

  private static final Linker LINKER = Linker.nativeLinker();

  private static final MethodHandle SPAWN =
      function("posix_spawnp", ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS);
  private static final MethodHandle ACTIONS = function("posix_spawn_file_actions_init", ADDRESS);
  private static final MethodHandle ACTIONS_END =
      function("posix_spawn_file_actions_destroy", ADDRESS);
  private static final MethodHandle OPEN =
      function("posix_spawn_file_actions_addopen", ADDRESS, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
  private static final MethodHandle DUP =
      function("posix_spawn_file_actions_adddup2", ADDRESS, JAVA_INT, JAVA_INT);
  private static final MethodHandle FOLDER =
      function("posix_spawn_file_actions_addchdir_np", ADDRESS, ADDRESS);
  private static final MethodHandle CLOSE_REST =
      function("posix_spawn_file_actions_addclosefrom_np", ADDRESS, JAVA_INT);
  private static final MethodHandle ATTRIBUTES = function("posix_spawnattr_init", ADDRESS);
  private static final MethodHandle ATTRIBUTES_END = function("posix_spawnattr_destroy", ADDRESS);
  private static final MethodHandle FLAGS =
      function("posix_spawnattr_setflags", ADDRESS, JAVA_SHORT);
  private static final MethodHandle DEFAULTS =
      function("posix_spawnattr_setsigdefault", ADDRESS, ADDRESS);
  private static final MethodHandle MASK = function("posix_spawnattr_setsigmask", ADDRESS, ADDRESS);
  private static final MethodHandle ALL_SIGNALS = function("sigfillset", ADDRESS);

  private FfmSpawn() {}

  @SuppressWarnings("restricted")
  private static MethodHandle function(String name, ValueLayout... arguments) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name), FunctionDescriptor.of(JAVA_INT, arguments));
  }

  /** The pid, or {@code -errno}. */
  static int spawn(Libc.Spawning spawning) {
    try (var arena = Arena.ofConfined()) {
      return spawn(spawning, arena);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError("a downcall throws nothing checked", e);
    }
  }

  /** Each of these functions returns an error number, 0 for none. */
  private static int spawn(Libc.Spawning spawning, Arena arena) throws Throwable {
    var actions = arena.allocate(OPAQUE_BYTES, Long.BYTES);
    var attributes = arena.allocate(OPAQUE_BYTES, Long.BYTES);
    var pid = arena.allocate(JAVA_INT);
    var words = strings(arena, spawning.words());
    var errno = (int) ACTIONS.invokeExact(actions) | (int) ATTRIBUTES.invokeExact(attributes);
    try {
      errno = errno != 0 ? errno : descriptors(spawning, actions, arena);
      errno = errno != 0 ? errno : signals(attributes, arena);
      if (errno == 0) {
        errno =
            (int)
                SPAWN.invokeExact(
                    pid,
                    words.get(ADDRESS, 0),
                    actions,
                    attributes,
                    words,
                    strings(arena, spawning.environment()));
      }
    } finally {
      var ended =
          (int) ACTIONS_END.invokeExact(actions) | (int) ATTRIBUTES_END.invokeExact(attributes);
      assert ended == 0;
    }
    return errno == 0 ? pid.get(JAVA_INT, 0) : -errno;
  }

  private static int descriptors(Libc.Spawning spawning, MemorySegment actions, Arena arena)
      throws Throwable {
    var nothing = arena.allocateFrom("/dev/null");
    var folder = arena.allocateFrom(spawning.folder());
    var errno = (int) DUP.invokeExact(actions, spawning.out(), 1);
    errno |= (int) DUP.invokeExact(actions, spawning.err(), 2);
    errno |= (int) OPEN.invokeExact(actions, 0, nothing, O_RDONLY, 0);
    errno |= (int) FOLDER.invokeExact(actions, folder);
    errno |= (int) CLOSE_REST.invokeExact(actions, FIRST_FURTHER_DESCRIPTOR);
    return errno;
  }

  private static int signals(MemorySegment attributes, Arena arena) throws Throwable {
    var none = arena.allocate(OPAQUE_BYTES, Long.BYTES);
    var all = arena.allocate(OPAQUE_BYTES, Long.BYTES);
    var flags = (short) (POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    var errno = (int) ALL_SIGNALS.invokeExact(all);
    errno |= (int) DEFAULTS.invokeExact(attributes, all);
    errno |= (int) MASK.invokeExact(attributes, none);
    errno |= (int) FLAGS.invokeExact(attributes, flags);
    return errno;
  }

  private static MemorySegment strings(Arena arena, List<String> texts) {
    var array = arena.allocate(ADDRESS, texts.size() + 1L);
    for (var i = 0; i < texts.size(); i++) {
      array.setAtIndex(ADDRESS, i, arena.allocateFrom(texts.get(i)));
    }
    return array;
  }
}
