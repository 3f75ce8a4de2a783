// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the kernel that a process sets, and puts back. What they were is noted in a file
 * before they are changed, so it survives a death in between; the file says for which boot and
 * network namespace it holds. What somebody else has changed since is left alone. For one thread.
 */
public final class KeptSettings {
  /** Parts what a setting was set to from its name; no line of a setting's former value has it. */
  private static final String SET_TO = " -> ";

  private final Path root;
  private final @Nullable Path notes;
  private final String place;
  private final Map<String, String> before = new LinkedHashMap<>();
  private final Map<String, String> set = new LinkedHashMap<>();
  private final Set<String> wanted = new HashSet<>();

  /**
   * A change that was made.
   *
   * @param path of the setting
   * @param from what it was
   * @param to what it is now
   * @param unnoted why it could not be noted, so that nobody puts it back when this process dies;
   *     empty when it is
   */
  public record Change(String path, String from, String to, String unnoted) {
    /** A change that is noted. */
    public Change(String path, String from, String to) {
      this(path, from, to, "");
    }

    @Override
    public String toString() {
      var change = name(path) + " " + from + SET_TO + to;
      return unnoted.isEmpty() ? change : change + " (stays so after a crash: " + unnoted + ")";
    }
  }

  /**
   * What came of putting back.
   *
   * @param changes what was put back
   * @param problems why others stay, a sentence each
   */
  public record PutBack(List<Change> changes, List<String> problems) {
    public PutBack {
      changes = List.copyOf(changes);
      problems = List.copyOf(problems);
    }
  }

  /**
   * Settings that the next process can put back.
   *
   * @param root {@code /proc/sys}
   * @param notes the file that keeps what they were
   * @param place names this boot and network namespace; notes of another mean nothing
   */
  public KeptSettings(Path root, @Nullable Path notes, String place) {
    this.root = root;
    this.notes = notes;
    this.place = place;
    lines().forEach(this::parse);
  }

  /** Settings that nobody puts back when this process dies; no disk is touched. */
  public static KeptSettings unnoted(Path root) {
    return new KeptSettings(root, null, "");
  }

  private List<String> lines() {
    try {
      var lines = notes == null ? List.<String>of() : NoteFile.read(notes).lines().toList();
      var isOurs = !lines.isEmpty() && lines.getFirst().equals(place);
      return isOurs ? lines.subList(1, lines.size()) : List.of();
    } catch (IOException _) {
      return List.of();
    }
  }

  private void parse(String line) {
    var isSetTo = line.contains(SET_TO);
    var words = line.split(isSetTo ? SET_TO : "=", 2);
    if (words.length == 2) {
      (isSetTo ? set : before).put(path(words[0]), words[1]);
    }
  }

  /** What a setting is now; empty when this kernel does not have it, or not yet. */
  private Optional<String> present(String path) {
    try {
      return Optional.of(Sysctl.read(root.resolve(path)).replaceAll("\\s+", " "));
    } catch (IOException _) {
      return Optional.empty();
    }
  }

  /** Notes what settings were, by path, as another file of an earlier process says. */
  public void wereBefore(Map<String, String> values) throws IOException {
    values.forEach(before::putIfAbsent);
    if (!values.isEmpty()) {
      save();
    }
  }

  /**
   * Makes a setting what it shall be, unless this kernel does not have it. A disk that cannot be
   * written does not keep it from being set: traffic may depend on it.
   *
   * @param path below the root
   * @param value numbers parted by one blank
   * @return the change; empty when there was nothing to change
   * @throws IOException when it cannot be set, naming it; then it is as it was
   */
  public Optional<Change> set(String path, String value) throws IOException {
    set.put(path, value);
    wanted.add(path);
    var present = present(path).orElse(value);
    if (present.equals(value)) {
      return Optional.empty();
    }
    var isFirst = before.putIfAbsent(path, present) == null;
    var unnoted = note();
    try {
      Files.writeString(root.resolve(path), value);
    } catch (IOException e) {
      if (isFirst) {
        before.remove(path);
      }
      throw new IOException("cannot set " + name(path) + " to " + value + ": " + e, e);
    }
    return Optional.of(new Change(path, present, value, unnoted));
  }

  /** Why the notes cannot be written; empty when they are. */
  private String note() {
    try {
      save();
      return "";
    } catch (IOException e) {
      return "cannot write " + notes + ": " + e;
    }
  }

  /** Puts back everything that is noted and that this process or an earlier one set. */
  public PutBack putBack() {
    return putBack(Map.copyOf(before));
  }

  /** Puts back what is noted and not wanted any more: an earlier process set it, and is gone. */
  public PutBack putBackLeftovers() {
    var leftovers = new LinkedHashMap<>(before);
    wanted.forEach(leftovers::remove);
    return putBack(leftovers);
  }

  private PutBack putBack(Map<String, String> values) {
    var changes = new ArrayList<Change>();
    var problems = new ArrayList<String>();
    values.forEach(
        (path, value) -> {
          var ours = set.get(path);
          if (ours == null) {
            return;
          }
          before.remove(path);
          set.remove(path);
          wanted.remove(path);
          if (present(path).filter(ours::equals).isPresent()) {
            try {
              Files.writeString(root.resolve(path), value);
              changes.add(new Change(path, ours, value));
            } catch (IOException e) {
              problems.add(name(path) + " stays " + ours + ": " + e);
            }
          }
        });
    if (!values.isEmpty()) {
      var unnoted = note();
      if (!unnoted.isEmpty()) {
        problems.add(unnoted);
      }
    }
    return new PutBack(changes, problems);
  }

  private void save() throws IOException {
    if (notes == null) {
      return;
    }
    if (before.isEmpty()) {
      Files.deleteIfExists(notes);
      return;
    }
    var lines = new ArrayList<>(List.of(place));
    before.forEach(
        (path, value) -> {
          lines.add(name(path) + "=" + value);
          var ours = set.get(path);
          if (ours != null) {
            lines.add(name(path) + SET_TO + ours);
          }
        });
    NoteFile.replace(notes, String.join("\n", lines) + "\n");
  }

  /** The dotted name where that is clear: a device may have a dot in its own. */
  private static String name(String path) {
    return path.contains(".") ? path : path.replace('/', '.');
  }

  private static String path(String name) {
    return name.contains("/") ? name : name.replace('.', '/');
  }
}
