// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.directorconf;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.directorconf.DirectorConf.AddressHolder;
import org.lvsdirector.config.directorconf.DirectorConf.Adopt;
import org.lvsdirector.config.directorconf.DirectorConf.EngineChoice;
import org.lvsdirector.config.directorconf.DirectorConf.HostSettings;
import org.lvsdirector.config.directorconf.DirectorConf.Ipvs;
import org.lvsdirector.config.directorconf.DirectorConf.LogLevel;
import org.lvsdirector.config.directorconf.DirectorConf.NodeChoice;
import org.lvsdirector.config.directorconf.DirectorConf.Parsed;
import org.lvsdirector.config.directorconf.DirectorConf.Proxy;
import org.lvsdirector.config.file.Resource;
import org.lvsdirector.config.lvscf.directive.DurationText;
import org.lvsdirector.config.lvscf.syntax.Lines;
import org.lvsdirector.config.problem.Nearest;
import org.lvsdirector.config.problem.PrintableText;
import org.lvsdirector.config.problem.Problem.Place;
import org.lvsdirector.config.problem.ProblemCode;
import org.lvsdirector.config.problem.Problems;

/** Reads the text of director.conf: the settings of the reference file, and no others. */
public final class DirectorConfReader {
  private static final String REFERENCE = "director-reference.conf";
  private static final Pattern QUOTED = Pattern.compile("'([^'.]{1,60})'");
  private static final String A_PATH = "a path";
  private static final String A_PATH_OR_NONE = "a path, or none";
  private static final String NO_KEY = "none";
  private static final String OVERRIDE = "command line";

  private static final String BYTE_ORDER_MARK = "\ufeff";

  private final String file;
  private final String text;
  private final List<String> lines;
  private final int[] lineStarts;
  private final Problems problems;
  private final Map<String, ConfigValue> settings = new TreeMap<>();
  private final Map<String, SettingPlaces.Found> places = new HashMap<>();

  private DirectorConfReader(String file, String text) {
    this.file = file;
    this.text = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    this.lines = this.text.lines().toList();
    this.lineStarts = new int[lines.size()];
    for (var i = 1; i < lineStarts.length; i++) {
      var end = lineStarts[i - 1] + lines.get(i - 1).length();
      lineStarts[i] = end + (this.text.startsWith("\r\n", end) ? 2 : 1);
    }
    this.problems = new Problems(file);
  }

  /** Reads a text; settings that it leaves out have the defaults of the reference file. */
  public static Parsed read(String file, String text, Map<String, String> overrides) {
    var reader = new DirectorConfReader(file, text);
    var reference =
        reader.flatten(ConfigFactory.parseString(Resource.text(DirectorConf.class, REFERENCE)));
    reader.settings.putAll(reference);
    var known = List.copyOf(reference.keySet());
    reader.tellOfMark(text);
    var given = reader.parse();
    reader.findPlaces(given);
    given.forEach((name, value) -> reader.put(name, value, known));
    overrides.forEach((name, value) -> reader.put(name, override(value), known));
    var conf = reader.conf();
    return new Parsed(reader.problems.hasError() ? null : conf, reader.problems.inOrder());
  }

  private static ConfigValue override(String value) {
    return ConfigValueFactory.fromAnyRef(value, OVERRIDE);
  }

  private void tellOfMark(String whole) {
    if (whole.startsWith(BYTE_ORDER_MARK)) {
      problems.report(
          ProblemCode.BYTE_ORDER_MARK,
          new Place(file, 1, 1, 1, ""),
          "the file begins with a byte order mark",
          "it is ignored; save the file as plain UTF-8");
    }
  }

  private void findPlaces(Map<String, ConfigValue> given) {
    for (var found : given.isEmpty() ? List.<SettingPlaces.Found>of() : SettingPlaces.of(text)) {
      if (!given.containsKey(found.name())) {
        continue;
      }
      var earlier = places.put(found.name(), found);
      if (earlier != null) {
        problems.report(
            ProblemCode.DUPLICATE_DIRECTIVE,
            place(found.nameAt(), found.nameLength()),
            PrintableText.quoted(found.name())
                + " was given in line "
                + place(earlier.nameAt(), 1).line()
                + " already",
            "this one wins; remove the other");
      }
    }
  }

  private Map<String, ConfigValue> parse() {
    var options =
        ConfigParseOptions.defaults().setOriginDescription(file).setIncluder(new RefusedIncludes());
    try {
      return flatten(ConfigFactory.parseString(text, options));
    } catch (RefusedIncludes.Refused e) {
      problems.report(
          ProblemCode.SETTING_INDIRECT,
          place(includeLine(), "include"),
          "director.conf cannot include other files",
          "write the settings into this file");
    } catch (ConfigException e) {
      var line = e.origin() == null ? 0 : Math.max(0, e.origin().lineNumber());
      var sentence = sentence(e);
      problems.report(
          ProblemCode.SETTING_SYNTAX,
          syntaxPlace(Math.min(line, lines.size()), sentence),
          sentence,
          "the file is HOCON: name = value; director.conf(5) has every setting with its default");
    } catch (StackOverflowError e) {
      // The library's parser recurses; how deep is up to the file.
      problems.report(
          ProblemCode.SETTING_SYNTAX,
          "the braces are nested too deeply",
          "one level is enough for every setting");
    }
    return Map.of();
  }

  /** The word that the library complains of, or else the first of the line. */
  private Place syntaxPlace(int line, String sentence) {
    if (line < 1) {
      return new Place(file, 0, 0, 1, "");
    }
    var source = lines.get(line - 1);
    var match = QUOTED.matcher(sentence);
    while (match.find()) {
      if (source.contains(match.group(1)) && source.length() <= Lines.MAX_LENGTH) {
        return place(line, match.group(1));
      }
    }
    return place(line, source.strip().split("\\s", 2)[0]);
  }

  private int includeLine() {
    for (var i = 0; i < lines.size(); i++) {
      if (lines.get(i).strip().startsWith("include")) {
        return i + 1;
      }
    }
    return 0;
  }

  private static String sentence(ConfigException e) {
    var message = PrintableText.printable(String.valueOf(e.getMessage()).replaceAll("\\s+", " "));
    var afterOrigin = message.replaceFirst("^.*?: [0-9]+: ", "");
    return afterOrigin.length() > 200 ? afterOrigin.substring(0, 200) + "..." : afterOrigin;
  }

  private Map<String, ConfigValue> flatten(com.typesafe.config.Config config) {
    var flat = new TreeMap<String, ConfigValue>();
    if (!config.isResolved()) {
      problems.report(
          ProblemCode.SETTING_INDIRECT,
          place(substitutionLine(), "${"),
          "director.conf cannot refer to other settings or to the environment",
          "write the value itself");
      return flat;
    }
    collect("", config.root(), flat);
    return flat;
  }

  private int substitutionLine() {
    for (var i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains("${")) {
        return i + 1;
      }
    }
    return 0;
  }

  private static void collect(String prefix, ConfigValue value, Map<String, ConfigValue> flat) {
    if (value instanceof com.typesafe.config.ConfigObject object) {
      object.forEach(
          (key, child) -> collect(prefix.isEmpty() ? key : prefix + "." + key, child, flat));
    } else {
      flat.put(prefix, value);
    }
  }

  private void put(String name, ConfigValue value, List<String> known) {
    if (known.contains(name)) {
      settings.put(name, value);
      return;
    }
    problems.report(
        ProblemCode.SETTING_UNKNOWN,
        place(value.origin(), name),
        "unknown setting " + PrintableText.quoted(name),
        Nearest.advice(name, known, "the settings are " + String.join(", ", known)));
  }

  private @Nullable DirectorConf conf() {
    var node = choice("node", NodeChoice.class);
    var engine = choice("engine", EngineChoice.class);
    var addresses = choice("addresses", AddressHolder.class);
    var lvsCf = path("lvs-cf", A_PATH);
    var adminSocket = path("admin.socket", A_PATH);
    var stateDir = path("state-dir", A_PATH);
    var tableCheckInterval = time("table.check-interval", Duration.ofHours(1));
    var threads = number("proxy.threads", 1024);
    var connectTimeout = time("proxy.connect-timeout", Duration.ofHours(1));
    var udpFlowTimeout = time("proxy.udp-flow-timeout", Duration.ofHours(24));
    var adopt = choice("ipvs.adopt", Adopt.class);
    var hostSettings = choice("ipvs.host-settings", HostSettings.class);
    var hasNoKey = NO_KEY.equals(text("heartbeat.key-file", A_PATH_OR_NONE));
    var keyFile = hasNoKey ? null : path("heartbeat.key-file", A_PATH_OR_NONE);
    var acceptsUnsealed = choice("heartbeat.accept-unsealed", Answer.class);
    var realTimePriority = number("real-time.priority", DirectorConf.MOST_REAL_TIME);
    var logLevel = choice("log.level", LogLevel.class);
    if (node == null
        || engine == null
        || addresses == null
        || lvsCf == null
        || adminSocket == null
        || stateDir == null
        || tableCheckInterval == null
        || threads == null
        || connectTimeout == null
        || udpFlowTimeout == null
        || adopt == null
        || hostSettings == null
        || keyFile == null && !hasNoKey
        || acceptsUnsealed == null
        || realTimePriority == null
        || logLevel == null) {
      return null;
    }
    var proxy = new Proxy(threads, connectTimeout, udpFlowTimeout);
    return new DirectorConf(
        node,
        engine,
        addresses,
        lvsCf,
        adminSocket,
        stateDir,
        tableCheckInterval,
        proxy,
        new Ipvs(adopt, hostSettings),
        keyFile,
        acceptsUnsealed == Answer.TRUE,
        realTimePriority,
        logLevel);
  }

  private enum Answer {
    TRUE,
    FALSE
  }

  /** The text of a setting; null when it is a list or nothing. */
  private @Nullable String text(String name, String expected) {
    var value = settings.get(name);
    var plain = value == null ? null : value.unwrapped();
    if (plain instanceof String || plain instanceof Number || plain instanceof Boolean) {
      return plain.toString();
    }
    wrong(ProblemCode.SETTING_TYPE, name, "is not " + expected, "write " + expected);
    return null;
  }

  private <E extends Enum<E>> @Nullable E choice(String name, Class<E> type) {
    var words =
        Arrays.stream(type.getEnumConstants())
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .toList();
    var expected = "one of " + String.join(", ", words);
    var text = text(name, expected);
    if (text == null) {
      return null;
    }
    var index = words.indexOf(text);
    if (index < 0) {
      wrong(
          ProblemCode.SETTING_TYPE,
          name,
          "cannot be " + PrintableText.quoted(text),
          Nearest.advice(text, words, "write " + expected));
      return null;
    }
    return type.getEnumConstants()[index];
  }

  private @Nullable Path path(String name, String expected) {
    var text = text(name, expected);
    if (text == null) {
      return null;
    }
    if (text.isBlank()) {
      wrong(ProblemCode.SETTING_TYPE, name, "is empty", "write " + expected);
      return null;
    }
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      wrong(ProblemCode.SETTING_TYPE, name, "is not " + expected, "write " + expected);
      return null;
    }
  }

  private @Nullable Integer number(String name, int max) {
    var text = text(name, "a number");
    if (text == null) {
      return null;
    }
    if (!text.matches("-?[0-9]{1,9}")) {
      wrong(
          ProblemCode.SETTING_TYPE,
          name,
          "cannot be " + PrintableText.quoted(text),
          "write a whole number from 0 to " + max);
      return null;
    }
    var number = Integer.parseInt(text);
    if (number < 0 || number > max) {
      wrong(ProblemCode.SETTING_RANGE, name, "is " + number, "it can be 0 to " + max);
      return null;
    }
    return number;
  }

  private @Nullable Duration time(String name, Duration max) {
    var text = text(name, "a time");
    if (text == null) {
      return null;
    }
    var time = hasUnit(text) ? DurationText.parse(text.replaceAll("\\s+", "")) : null;
    if (time == null) {
      wrong(
          ProblemCode.SETTING_TYPE,
          name,
          "cannot be " + PrintableText.quoted(text),
          "write a time such as 500ms, 3s or 5m");
      return null;
    }
    if (time.compareTo(Duration.ofMillis(1)) < 0 || time.compareTo(max) > 0) {
      wrong(
          ProblemCode.SETTING_RANGE,
          name,
          "is " + DurationText.format(time),
          "it can be 1ms to " + DurationText.format(max));
      return null;
    }
    return time;
  }

  /**
   * A bare number is milliseconds elsewhere in HOCON and seconds in lvs.cf, so neither is taken.
   */
  private static boolean hasUnit(String text) {
    return !text.isEmpty() && Character.isLetter(text.charAt(text.length() - 1));
  }

  private void wrong(ProblemCode code, String name, String what, String advice) {
    var value = settings.get(name);
    var found = places.get(name);
    Place place;
    if (value == null) {
      place = place(0, name);
    } else if (found == null || value.origin().description().equals(OVERRIDE)) {
      place = place(value.origin(), name);
    } else {
      place = place(found.valueAt(), found.valueLength());
    }
    problems.report(code, place, PrintableText.quoted(name) + " " + what, advice);
  }

  /** The place of a part of the text, which does not go beyond the line that it begins in. */
  private Place place(int from, int length) {
    var index = Arrays.binarySearch(lineStarts, from);
    var line = Math.min(index < 0 ? -index - 1 : index + 1, lines.size());
    if (line < 1) {
      return new Place(file, 0, 0, 1, "");
    }
    var source = lines.get(line - 1);
    var at = from - lineStarts[line - 1];
    if (source.length() > Lines.MAX_LENGTH || at > source.length()) {
      return new Place(file, line, 0, 1, source.length() > 200 ? source.substring(0, 200) : source);
    }
    var end = Math.min(source.length(), at + length);
    var column = source.codePointCount(0, at) + 1;
    return new Place(file, line, column, Math.max(1, source.codePointCount(at, end)), source);
  }

  private Place place(ConfigOrigin origin, String name) {
    if (origin.description().equals(OVERRIDE)) {
      return new Place(OVERRIDE, 0, 0, 1, "");
    }
    return place(Math.max(0, origin.lineNumber()), name);
  }

  /** The place of the last part of a name in a line. */
  private Place place(int line, String name) {
    if (line < 1 || line > lines.size()) {
      return new Place(file, 0, 0, 1, "");
    }
    var source = lines.get(line - 1);
    var shown = source.length() > Lines.MAX_LENGTH ? source.substring(0, 200) : source;
    var word = name.substring(name.lastIndexOf('.') + 1);
    var at = word.isEmpty() ? -1 : shown.indexOf(word);
    if (at < 0) {
      return new Place(file, line, 0, 1, shown);
    }
    var column = shown.codePointCount(0, at) + 1;
    return new Place(file, line, column, Math.max(1, word.codePointCount(0, word.length())), shown);
  }
}
