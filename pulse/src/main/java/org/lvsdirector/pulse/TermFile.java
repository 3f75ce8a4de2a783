// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.pulse;

import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.lvsdirector.linux.NoteFile;
import org.lvsdirector.pulse.failover.Heartbeat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The highest term this node knows, and whether an operator keeps it out, in a small text file that
 * survives a power cut: {@code lvs-director term 17}, or {@code lvs-director term 17 maintenance}.
 * While the disk cannot be written both are kept in memory, which is told once.
 */
final class TermFile {

  private static final Logger LOG = LoggerFactory.getLogger(TermFile.class);
  private static final String PREFIX = "lvs-director term ";
  private static final String MAINTENANCE = " maintenance";
  private static final int MAX_BYTES = 100;

  /** Far above what takeovers reach, and far enough below the limit to go on from. */
  private static final long MAX_STORED = Heartbeat.MAX_TERM / 2;

  /**
   * What the file holds.
   *
   * @param term the highest term; 0 when there is none, or none that can be read
   * @param isMaintained whether an operator keeps this node out
   */
  record Stored(long term, boolean isMaintained) {
    static final Stored NONE = new Stored(0, false);

    private String text() {
      return PREFIX + term + (isMaintained ? MAINTENANCE : "") + "\n";
    }
  }

  private final Path file;
  private Stored stored = Stored.NONE;
  private Stored known = Stored.NONE;

  TermFile(Path file) {
    this.file = file.toAbsolutePath();
  }

  /** What is stored; nothing when it cannot be read, which is logged. */
  Stored read() {
    try {
      var text = NoteFile.read(file);
      if (text.length() <= MAX_BYTES) {
        stored = parse(text.strip());
      }
      if (stored.term() == 0 && !stored.isMaintained()) {
        LOG.error("{} holds no term; going on with 0, the partner's term counts", file);
      }
    } catch (NoSuchFileException _) {
      LOG.info("{} does not exist yet; the first term will be 1", file);
    } catch (IOException e) {
      LOG.error("cannot read {}; going on with term 0, the partner's term counts", file, e);
    }
    known = stored;
    return stored;
  }

  /**
   * Stores a term, or the known one when that is higher, and whether an operator keeps this node
   * out. Returns when it is on the disk.
   *
   * @throws IOException when it is not; it is known all the same
   */
  void write(long term, boolean isMaintained) throws IOException {
    var isForgetful = !known.equals(stored);
    known = new Stored(Math.max(term, known.term()), isMaintained);
    if (known.equals(stored)) {
      return;
    }
    try {
      NoteFile.replaceDurably(file, known.text());
    } catch (IOException e) {
      if (!isForgetful) {
        LOG.error(
            "{} cannot be written: term {} is kept in memory alone, and the failover goes on; after"
                + " a restart the partner's term counts. Make room, or the disk writable: {}",
            file,
            known.term(),
            e.toString());
      }
      throw e;
    }
    stored = known;
    if (isForgetful) {
      LOG.info("{} is written again, with term {}", file, known.term());
    }
  }

  private static Stored parse(String text) {
    var isMaintained = text.endsWith(MAINTENANCE);
    var end = text.length() - (isMaintained ? MAINTENANCE.length() : 0);
    if (!text.startsWith(PREFIX) || end < PREFIX.length()) {
      return Stored.NONE;
    }
    var number = text.substring(PREFIX.length(), end);
    if (!number.matches("[0-9]{1,18}") || Long.parseLong(number) > MAX_STORED) {
      return Stored.NONE;
    }
    return new Stored(Long.parseLong(number), isMaintained);
  }
}
