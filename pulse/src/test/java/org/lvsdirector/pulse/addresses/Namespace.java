// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse.addresses;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A network namespace that lives as long as its one thread: so it is gone with the test, however
 * the test ends. Threads and processes started on that thread are in it too.
 */
final class Namespace implements AutoCloseable {
  private static final int CLONE_NEWNET = 0x4000_0000; // linux/sched.h
  private static final Linker LINKER = Linker.nativeLinker();

  private final ExecutorService thread;
  private final int threadId;

  Namespace(String name) {
    thread = Executors.newSingleThreadExecutor(Thread.ofPlatform().name(name).factory());
    threadId = in(Namespace::enter);
    ip("link", "set", "lo", "up");
  }

  @SuppressWarnings("restricted")
  private static MethodHandle function(String name, FunctionDescriptor descriptor) {
    return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor);
  }

  private static int enter() throws IOException {
    try {
      var unshare = function("unshare", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
      if ((int) unshare.invokeExact(CLONE_NEWNET) != 0) {
        throw new IOException("cannot make a network namespace: is this run as root?");
      }
      return (int) function("gettid", FunctionDescriptor.of(JAVA_INT)).invokeExact();
    } catch (IOException | RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new AssertionError(e);
    }
  }

  /** What others call this namespace. */
  String path() {
    return "/proc/%d/task/%d/ns/net".formatted(ProcessHandle.current().pid(), threadId);
  }

  /** Does something in this namespace. */
  <T> T in(Callable<T> work) {
    try {
      return thread.submit(work).get();
    } catch (ExecutionException e) {
      throw new AssertionError(String.valueOf(e.getCause()), e.getCause());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** What the ip command prints: an independent witness. */
  String ip(String... words) {
    return command(concat("ip", words));
  }

  /** What a command prints in this namespace. */
  String command(String... words) {
    return in(
        () -> {
          var process = new ProcessBuilder(words).redirectErrorStream(true).start();
          process.getOutputStream().close();
          var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
          if (process.waitFor() != 0) {
            throw new IOException(String.join(" ", words) + ": " + text);
          }
          return text;
        });
  }

  private static String[] concat(String first, String... rest) {
    var all = new String[rest.length + 1];
    all[0] = first;
    System.arraycopy(rest, 0, all, 1, rest.length);
    return all;
  }

  @Override
  public void close() {
    thread.close();
  }
}
