// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.packaging;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * Manual pages of a command and each of its subcommands, of what the command line says of itself;
 * man(7).
 *
 * @param date what the pages are dated
 * @param version whose pages these are
 */
record ManualPages(String date, String version) {

  /** Writes a page for the command and one for each subcommand that is not hidden. */
  void write(CommandLine root, Path folder) throws IOException {
    for (var command : withSubcommands(root)) {
      var name = pageName(command.getCommandSpec());
      Tree.write(
          folder.resolve(name + ".8"),
          page(command.getCommandSpec()).getBytes(StandardCharsets.UTF_8));
    }
  }

  /** A command and what is below it, without hidden ones and without help. */
  static List<CommandLine> withSubcommands(CommandLine root) {
    var all = new ArrayList<CommandLine>();
    all.add(root);
    for (var sub : root.getSubcommands().values()) {
      var isHelp = sub.getCommandSpec().helpCommand();
      if (!isHelp && !sub.getCommandSpec().usageMessage().hidden()) {
        all.addAll(withSubcommands(sub));
      }
    }
    return all;
  }

  private static String pageName(CommandSpec spec) {
    return spec.qualifiedName("-");
  }

  private String page(CommandSpec spec) {
    var usage = spec.usageMessage();
    var text = new StringBuilder();
    text.append(".\\\" Made from the command itself.\n");
    text.append(".TH \"").append(pageName(spec).toUpperCase(java.util.Locale.ROOT));
    text.append("\" 8 \"").append(date).append("\" \"lvs-director ").append(version);
    text.append("\" \"LVS director\"\n.nh\n.ad l\n");
    text.append(".SH NAME\n").append(escaped(pageName(spec))).append(" \\- ");
    text.append(escaped(summary(usage.description()))).append('\n');
    text.append(".SH SYNOPSIS\n").append(synopsis(spec));
    text.append(".SH DESCRIPTION\n");
    paragraphs(usage.description(), text);
    parameters(spec, text);
    options(spec, text);
    subcommands(spec, text);
    footer(spec, text);
    seeAlso(spec, text);
    return text.toString();
  }

  /** The first sentence, without its full stop. */
  private static String summary(String[] description) {
    var first = description.length == 0 ? "" : description[0].formatted();
    var end = first.indexOf(". ");
    var sentence = end < 0 ? first : first.substring(0, end);
    return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
  }

  private static String synopsis(CommandSpec spec) {
    var help = new Help(spec, Help.defaultColorScheme(Help.Ansi.OFF));
    var line = help.synopsis(0).strip().replaceAll("\\s+", " ");
    var name = spec.qualifiedName(" ");
    return "\\fB%s\\fR%s%n".formatted(escaped(name), escaped(line.substring(name.length())));
  }

  private static void paragraphs(String[] lines, StringBuilder text) {
    for (var line : lines) {
      text.append(".PP\n").append(escaped(line.formatted())).append('\n');
    }
  }

  private static void parameters(CommandSpec spec, StringBuilder text) {
    var shown = spec.positionalParameters().stream().filter(one -> !one.hidden()).toList();
    if (shown.isEmpty()) {
      return;
    }
    text.append(".SH ARGUMENTS\n");
    for (PositionalParamSpec parameter : shown) {
      text.append(".TP\n\\fI").append(escaped(parameter.paramLabel())).append("\\fR\n");
      described(parameter, text);
    }
  }

  private static void options(CommandSpec spec, StringBuilder text) {
    text.append(".SH OPTIONS\n");
    for (OptionSpec option : spec.options()) {
      if (!option.hidden()) {
        text.append(".TP\n\\fB").append(escaped(String.join(", ", option.names()))).append("\\fR");
        if (option.arity().max() > 0) {
          text.append(" \\fI").append(escaped(option.paramLabel())).append("\\fR");
        }
        text.append('\n');
        described(option, text);
      }
    }
  }

  private static void described(ArgSpec argument, StringBuilder text) {
    var words = new ArrayList<String>();
    for (var line : argument.description()) {
      words.add(escaped(line.formatted()));
    }
    text.append(String.join("\n.br\n", words)).append('\n');
  }

  private static void subcommands(CommandSpec spec, StringBuilder text) {
    var below = withSubcommands(spec.commandLine());
    if (below.size() == 1) {
      return;
    }
    text.append(".SH COMMANDS\nEach has a page of its own, such as ");
    text.append(reference(pageName(below.get(1).getCommandSpec()), 8)).append(".\n");
    for (var command : below.subList(1, below.size())) {
      var sub = command.getCommandSpec();
      text.append(".TP\n\\fB").append(escaped(sub.qualifiedName(" "))).append("\\fR\n");
      text.append(escaped(summary(sub.usageMessage().description()))).append(".\n");
    }
  }

  private static void footer(CommandSpec spec, StringBuilder text) {
    var lines = spec.usageMessage().footer();
    if (lines.length > 0) {
      text.append(".SH NOTES\n");
      for (var line : lines) {
        text.append(escaped(line.formatted())).append(line.isEmpty() ? "" : "\n.br\n");
      }
    }
    if (spec.parent() == null) {
      text.append(".SH FILES\n");
      file("/etc/lvs-director/lvs.cf", "The configuration that both directors share.", text);
      file("/etc/lvs-director/director.conf", "What is particular to this machine.", text);
      file("/run/lvs-director/admin.sock", "Where the daemon takes orders.", text);
      file("/var/lib/lvs-director", "What the daemon keeps over a restart.", text);
    }
  }

  private static void file(String name, String what, StringBuilder text) {
    text.append(".TP\n\\fI").append(escaped(name)).append("\\fR\n").append(what).append('\n');
  }

  private static void seeAlso(CommandSpec spec, StringBuilder text) {
    var parent = spec.parent();
    text.append(".SH SEE ALSO\n");
    text.append(parent == null ? "" : reference(pageName(parent), 8) + ",\n");
    text.append(reference("lvs.cf", 5)).append(",\n");
    text.append(reference("director.conf", 5)).append('\n');
  }

  private static String reference(String page, int section) {
    return "\\fB" + escaped(page) + "\\fR(" + section + ")";
  }

  /** A text in which man(7) finds no command. */
  private static String escaped(String text) {
    var escaped = text.replace("\\", "\\e").replace("-", "\\-");
    var isCommand = escaped.startsWith(".") || escaped.startsWith("'");
    return (isCommand ? "\\&" : "") + escaped.replace("\n.", "\n\\&.");
  }
}
