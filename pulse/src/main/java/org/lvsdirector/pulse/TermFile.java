package org.lvsdirector.pulse;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The highest term this node knows, in a small text file that survives a power cut: {@code
 * lvs-director term 17}.
 */
final class TermFile {

  private static final Logger LOG = LoggerFactory.getLogger(TermFile.class);
  private static final String PREFIX = "lvs-director term ";
  private static final int MAX_BYTES = 100;

  /** Far above what takeovers reach, and far enough below the limit to go on from. */
  private static final long MAX_STORED = Heartbeat.MAX_TERM / 2;

  private final Path file;
  private long stored;

  TermFile(Path file) {
    this.file = file.toAbsolutePath();
  }

  /** The stored term; 0 when there is none, or none that can be read, which is logged. */
  long read() {
    try {
      if (Files.size(file) <= MAX_BYTES) {
        var text = Files.readString(file, StandardCharsets.ISO_8859_1).strip();
        stored = parse(text);
      }
      if (stored == 0) {
        LOG.error("{} holds no term; going on with 0, the partner's term counts", file);
      }
    } catch (NoSuchFileException _) {
      LOG.info("{} does not exist yet; the first term will be 1", file);
    } catch (IOException e) {
      LOG.error("cannot read {}; going on with term 0, the partner's term counts", file, e);
    }
    return stored;
  }

  /** Stores a term unless a higher one is stored. Returns when it is on the disk. */
  void write(long term) throws IOException {
    if (term <= stored) {
      return;
    }
    var directory = file.getParent();
    Files.createDirectories(directory);
    var fresh = file.resolveSibling(file.getFileName() + ".new");
    var text = PREFIX + term + "\n";
    try (var channel =
        FileChannel.open(
            fresh,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
    stored = term;
  }

  private static long parse(String text) {
    if (!text.startsWith(PREFIX) || !text.substring(PREFIX.length()).matches("[0-9]{1,18}")) {
      return 0;
    }
    var term = Long.parseLong(text.substring(PREFIX.length()));
    return term <= MAX_STORED ? term : 0;
  }
}
