// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.ipvs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.lvsdirector.config.ServiceKey;
import org.lvsdirector.linux.NoteFile;
import org.lvsdirector.linux.Sysctl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which services of the kernel's table are this director's, kept in a file over restarts. A service
 * is noted before it is made and forgotten after it is deleted, so a death in between leaves a note
 * too many, never one too few. When the file cannot be written the engine goes on: then only a
 * service that leaves lvs.cf while the director is down stays behind. So it does when the disk
 * hangs: the file is written on a thread of its own, for which a change waits a moment only, and
 * not again before it has come back. Changed by one thread, asked by any.
 */
public final class OwnServices {
  private static final Logger LOG = LoggerFactory.getLogger(OwnServices.class);

  /** Much longer than a disk takes that is well. */
  private static final long PATIENCE_MILLIS = 500;

  private final Path file;
  private final String table;
  private final Writing writing;
  private final Set<ServiceKey> keys;
  private final ThreadPoolExecutor writer = writer();
  private CompletableFuture<Void> written = CompletableFuture.completedFuture(null);
  private volatile boolean isSaved = true;

  /** How the file is replaced. */
  @FunctionalInterface
  interface Writing {
    void replace(Path file, String text) throws IOException;
  }

  private OwnServices(Path file, String table, Writing writing, Set<ServiceKey> keys) {
    this.file = file;
    this.table = table;
    this.writing = writing;
    this.keys = keys;
  }

  /**
   * Reads the file.
   *
   * @param table what tells the kernel's present table from that of an earlier boot or another
   *     network namespace
   */
  static OwnServices read(Path file, String table) {
    return read(file, table, NoteFile::replace);
  }

  /** The same, written by something else. */
  static OwnServices read(Path file, String table, Writing writing) {
    try {
      var keys = OwnServicesText.parse(table, NoteFile.read(file));
      return new OwnServices(file, table, writing, new ConcurrentSkipListSet<>(keys));
    } catch (NoSuchFileException _) {
      return new OwnServices(file, table, writing, new ConcurrentSkipListSet<>());
    } catch (IOException e) {
      LOG.warn("cannot read {}; services made before are left alone", file, e);
      return new OwnServices(file, table, writing, new ConcurrentSkipListSet<>());
    }
  }

  /** What tells the table of this process's kernel and network namespace from others. */
  public static String presentTable() {
    try {
      var boot = Sysctl.read(Path.of("/proc/sys/kernel/random/boot_id"));
      return boot + " " + Files.readSymbolicLink(Path.of("/proc/thread-self/ns/net"));
    } catch (IOException e) {
      LOG.warn("cannot tell this boot from another; services made before are left alone", e);
      return "unknown " + ProcessHandle.current().pid() + " " + System.nanoTime();
    }
  }

  /** Whether a service is this director's. */
  boolean has(ServiceKey key) {
    return keys.contains(key);
  }

  /** Notes services, before they are made. */
  void add(Collection<ServiceKey> more) {
    if (keys.addAll(more)) {
      save();
    }
  }

  /** Forgets services, after they are deleted. */
  void remove(Collection<ServiceKey> gone) {
    if (keys.removeAll(gone)) {
      save();
    }
  }

  private void save() {
    var text = OwnServicesText.format(table, keys);
    var isHanging = !written.isDone();
    written = CompletableFuture.runAsync(() -> write(text), writer);
    if (isHanging) {
      return;
    }
    try {
      written.get(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      LOG.warn("{} is not written within {} ms: going on without", file, PATIENCE_MILLIS);
    } catch (ExecutionException e) {
      LOG.error("{} is not written after a defect", file, e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private static ThreadPoolExecutor writer() {
    var factory = Thread.ofPlatform().name("ipvs-services").daemon().factory();
    var writer =
        new ThreadPoolExecutor(1, 1, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
    writer.allowCoreThreadTimeOut(true);
    return writer;
  }

  private void write(String text) {
    try {
      writing.replace(file, text);
      isSaved = true;
    } catch (IOException e) {
      if (isSaved) {
        LOG.warn("cannot write {}; a service that leaves lvs.cf while down stays behind", file, e);
      }
      isSaved = false;
    }
  }
}
