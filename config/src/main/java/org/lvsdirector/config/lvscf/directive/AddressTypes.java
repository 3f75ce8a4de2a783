// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.directive;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Endpoint;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.lvscf.syntax.Node.Statement;
import org.lvsdirector.config.lvscf.syntax.Token;
import org.lvsdirector.config.names.NameResolver.Answer;
import org.lvsdirector.config.problem.PrintableText;
import org.lvsdirector.config.problem.ProblemCode;
import org.lvsdirector.config.problem.Problems;

/** Values that are addresses. */
public final class AddressTypes {
  /** IFNAMSIZ of linux/if.h, less the terminating NUL. */
  private static final int MAX_DEVICE_LENGTH = 15;

  /** Of alternative names, linux/netdevice.h ALTIFNAMSIZ without the NUL. */
  private static final int MAX_OTHER_LENGTH = 127;

  /** RFC 1035 section 2.3.4, in text form. */
  private static final int LONGEST_NAME = 253;

  private static final Pattern HOST_NAME =
      Pattern.compile("[A-Za-z0-9_.-]*[A-Za-z][A-Za-z0-9_.-]*");

  private AddressTypes() {}

  /** An address with the alias device that carries it. */
  public record OnDevice(IpAddress address, String label) {
    /** The interface: the label without its number. */
    public String device() {
      var colon = label.indexOf(':');
      return colon < 0 ? label : label.substring(0, colon);
    }
  }

  /** An address with or without a port; -1 for none. */
  public record MaybePort(IpAddress address, int port) {}

  /** The address of one machine that needs no interface to be found. */
  static @Nullable IpAddress address(Token word, ValueType.Reading reading) {
    var address = anyAddress(word, reading);
    return address != null && address.needsInterface()
        ? wrong(
            word,
            address + " is a link-local address, which is of no use without an interface",
            "write another address of the machine; a real server's can have its interface: "
                + address
                + "%eth1",
            reading.problems())
        : address;
  }

  /** Whether this can be the name of an interface. */
  static boolean isInterface(String name) {
    return OnDeviceType.isDevice(name) && name.indexOf(':') < 0;
  }

  /** The address of one machine. */
  private static @Nullable IpAddress anyAddress(Token word, ValueType.Reading reading) {
    var address = read(word, reading);
    if (address == null || !address.isMulticast() && !address.isBroadcast()) {
      return address;
    }
    return wrong(
        word,
        address + (address.isBroadcast() ? " is every machine" : " is a multicast address"),
        "write the address of one machine",
        reading.problems());
  }

  private static @Nullable IpAddress read(Token word, ValueType.Reading reading) {
    var text = word.text();
    var literal = IpAddress.parse(text);
    if (literal != null) {
      return literal;
    }
    var problems = reading.problems();
    var old = OldIpv4.parse(text);
    if (old != null) {
      problems.report(
          ProblemCode.ODD_ADDRESS,
          word,
          PrintableText.quoted(text) + " means " + old,
          "write all four numbers, in decimal and without leading zeros");
      return old;
    }
    return isHostName(text)
        ? resolved(word, reading)
        : wrong(word, PrintableText.quoted(text) + " is not an address", advice(text), problems);
  }

  private static @Nullable IpAddress resolved(Token word, ValueType.Reading reading) {
    return switch (reading.names().address(word.text(), reading.preferred())) {
      case Answer.Found(var address) -> address;
      case Answer.Remembered(var address, var failure) -> {
        reading
            .problems()
            .report(
                ProblemCode.HOST_REMEMBERED,
                word,
                failure.message() + "; its last address is used: " + address,
                failure.advice());
        yield address;
      }
      case Answer.NotFound(var message, var advice) -> {
        reading.problems().report(ProblemCode.UNKNOWN_HOST, word, message, advice);
        yield null;
      }
    };
  }

  private static @Nullable IpAddress wrong(
      Token word, String message, String advice, Problems problems) {
    problems.report(ProblemCode.INVALID_ADDRESS, word, message, advice);
    return null;
  }

  /** A name has a letter; without one it is a mistyped address, which nobody need be asked for. */
  private static boolean isHostName(String text) {
    return text.length() <= LONGEST_NAME && HOST_NAME.matcher(text).matches();
  }

  private static String advice(String text) {
    if (text.contains("/")) {
      return "the mask has a directive of its own: vip_nmask or nat_nmask";
    }
    if (text.contains("%")) {
      return "only a real server's address has a zone: leave out % and what follows";
    }
    if (text.startsWith("[") || text.endsWith("]")) {
      return "brackets go around an IPv6 address with a port: [2001:db8::10]:8080";
    }
    if (text.matches("[0-9.]+")) {
      return "an IPv4 address is four numbers from 0 to 255";
    }
    return "write an address such as 192.0.2.10 or 2001:db8::10";
  }

  /** One address. */
  public record AddressType(boolean mayBeUnspecified) implements ValueType<IpAddress> {
    @Override
    public @Nullable IpAddress read(Statement statement, Reading reading) {
      var word = statement.value();
      var address = address(word, reading);
      if (address == null || mayBeUnspecified || !address.isUnspecified()) {
        return address;
      }
      reading
          .problems()
          .report(
              ProblemCode.INVALID_ADDRESS,
              word,
              address + " stands for no machine",
              "write the address of the director");
      return null;
    }

    @Override
    public String adviceForMore(Statement statement) {
      return "an address alone belongs here";
    }

    @Override
    public String print(IpAddress value) {
      return value.toString();
    }

    @Override
    public String form() {
      return "address";
    }
  }

  /** One or more addresses. */
  public record AddressListType() implements ValueType<List<IpAddress>> {
    @Override
    public @Nullable List<IpAddress> read(Statement statement, Reading reading) {
      var addresses = new ArrayList<IpAddress>();
      var isGood = true;
      for (var word : statement.values()) {
        var address = address(word, reading);
        isGood &= address != null;
        if (address != null && !addresses.contains(address)) {
          addresses.add(address);
        }
      }
      return isGood ? addresses : null;
    }

    @Override
    public int mostWords() {
      return Integer.MAX_VALUE;
    }

    @Override
    public String print(List<IpAddress> value) {
      return value.stream().map(IpAddress::toString).collect(Collectors.joining(" "));
    }

    @Override
    public String form() {
      return "address ...";
    }
  }

  /** An address and the device that carries it. */
  public record OnDeviceType() implements ValueType<OnDevice> {
    @Override
    public @Nullable OnDevice read(Statement statement, Reading reading) {
      var word = statement.value();
      var address = anyAddress(word, reading);
      if (statement.values().size() < 2) {
        reading
            .problems()
            .report(
                ProblemCode.MISSING_VALUE,
                word,
                "the device is missing",
                "write the interface behind the address: " + example(address) + " eth0:1");
        return null;
      }
      var label = device(statement.values().get(1), reading);
      return address == null || label == null ? null : new OnDevice(address, label);
    }

    private static String example(@Nullable IpAddress address) {
      return address == null ? "192.0.2.80" : address.toString();
    }

    private static @Nullable String device(Token word, Reading reading) {
      var name = word.text();
      if (isDevice(name)) {
        return name;
      }
      reading
          .problems()
          .report(
              ProblemCode.INVALID_DEVICE,
              word,
              PrintableText.quoted(name) + " is not an interface",
              name.length() > MAX_DEVICE_LENGTH
                  ? "a device such as eth0:1 has at most "
                      + MAX_DEVICE_LENGTH
                      + " characters, an alternative name (altname) at most "
                      + MAX_OTHER_LENGTH
                  : "a device has no slash, no blank and one colon at most, such as eth0:1");
      return null;
    }

    private static boolean isDevice(String name) {
      for (var i = 0; i < name.length(); i++) {
        if (name.charAt(i) <= ' ' || name.charAt(i) > '~' || name.charAt(i) == '/') {
          return false;
        }
      }
      var colon = name.indexOf(':');
      var device = colon < 0 ? name : name.substring(0, colon);
      var isOther = device.length() > MAX_DEVICE_LENGTH && device.length() <= MAX_OTHER_LENGTH;
      return !device.isEmpty() && (name.length() <= MAX_DEVICE_LENGTH || isOther);
    }

    @Override
    public int mostWords() {
      return 2;
    }

    @Override
    public String adviceForMore(Statement statement) {
      return "an address and a device belong here";
    }

    @Override
    public String print(OnDevice value) {
      return value.address() + " " + Quoting.quoted(value.label());
    }

    @Override
    public String form() {
      return "address device";
    }
  }

  /** The name of an interface. */
  public record DeviceType() implements ValueType<String> {
    @Override
    public @Nullable String read(Statement statement, Reading reading) {
      return OnDeviceType.device(statement.value(), reading);
    }

    @Override
    public String adviceForMore(Statement statement) {
      return "name one device";
    }

    @Override
    public String print(String value) {
      return Quoting.quoted(value);
    }

    @Override
    public String form() {
      return "device";
    }
  }

  /** An address with an optional port, as {@code ADDR} or {@code ADDR:PORT}. */
  public record MaybePortType() implements ValueType<MaybePort> {
    @Override
    public @Nullable MaybePort read(Statement statement, Reading reading) {
      var word = statement.value();
      var text = word.text();
      var colon = text.lastIndexOf(':');
      if (text.startsWith("[") && text.indexOf(']') == colon - 1) {
        return of(
            address(word.part(1, colon - 1), reading),
            word.part(colon + 1, text.length()),
            reading);
      }
      if (colon >= 0 && text.indexOf(':') == colon) {
        return of(
            address(word.part(0, colon), reading), word.part(colon + 1, text.length()), reading);
      }
      var address = address(word, reading);
      return address == null ? null : new MaybePort(address, -1);
    }

    private static final String EXAMPLE = "192.0.2.9:8080 or [2001:db8::9]:8080";

    private static @Nullable MaybePort of(
        @Nullable IpAddress address, Token portWord, Reading reading) {
      var port = NumberTypes.PortType.port(portWord, 1, reading);
      return address == null || port == null ? null : new MaybePort(address, port);
    }

    @Override
    public String adviceForMore(Statement statement) {
      return "write the port behind a colon: " + EXAMPLE;
    }

    @Override
    public String print(MaybePort value) {
      return value.port() < 0
          ? value.address().toString()
          : new Endpoint(value.address(), value.port()).toString();
    }

    @Override
    public String form() {
      return "address, address:port";
    }
  }

  /**
   * The leading bits of a network.
   *
   * @param prefix their number
   * @param isIpv4 whether it was written as an IPv4 mask
   */
  public record Mask(int prefix, boolean isIpv4) {
    /** Whether it can be applied to an address. */
    public boolean fits(IpAddress address) {
      return prefix <= address.family().bits() && (!isIpv4 || address.isIpv4());
    }

    /** The mask of an address's network. */
    public static Mask of(IpAddress.Family family, int prefix) {
      return new Mask(prefix, family == IpAddress.Family.IPV4);
    }
  }

  /** A dotted mask or a prefix length. */
  public record MaskType() implements ValueType<Mask> {
    @Override
    public @Nullable Mask read(Statement statement, Reading reading) {
      var word = statement.value();
      var text = word.text();
      var problems = reading.problems();
      var isAddress = text.indexOf('.') >= 0 || text.startsWith("0x") || text.startsWith("0X");
      var dotted = isAddress ? address(word, text, problems) : null;
      if (dotted != null) {
        return dotted(word, (int) dotted.low(), problems);
      }
      var hasSlash = text.startsWith("/");
      var number = Numbers.read(hasSlash ? text.substring(1) : text);
      if (number == null || number.isOctal() || number.value() < 0 || number.value() > 128) {
        problems.report(
            ProblemCode.INVALID_MASK,
            word,
            PrintableText.quoted(text) + " is not a mask",
            advice(text));
        return null;
      }
      if (!hasSlash) {
        problems.report(
            ProblemCode.BARE_PREFIX,
            word,
            PrintableText.quoted(text)
                + " is taken as a prefix length; Piranha read it as 0.0.0."
                + text,
            "write /" + text);
      }
      return new Mask((int) number.value(), false);
    }

    /** Piranha took all forms of inet_aton(3). */
    private static @Nullable IpAddress address(Token word, String text, Problems problems) {
      var dotted = IpAddress.parse(text);
      var old = dotted == null ? OldIpv4.parse(text) : null;
      if (old != null) {
        problems.report(
            ProblemCode.ODD_ADDRESS,
            word,
            PrintableText.quoted(text) + " means " + old,
            "write all four numbers in decimal, or a prefix such as /24");
      }
      return dotted == null ? old : dotted.isIpv4() ? dotted : null;
    }

    private static String advice(String text) {
      if (text.contains(":")) {
        return "write the length of an IPv6 prefix, such as /64";
      }
      return text.matches("/[0-9]+")
          ? "a prefix is /0 to /32 for IPv4 and /0 to /128 for IPv6"
          : "write it as 255.255.255.0 or as /24";
    }

    private static @Nullable Mask dotted(Token word, int bits, Problems problems) {
      var prefix = Integer.numberOfLeadingZeros(~bits);
      if (prefix == 32 || bits << prefix == 0) {
        return new Mask(prefix, true);
      }
      problems.report(
          ProblemCode.INVALID_MASK,
          word,
          PrintableText.quoted(word.text()) + " has holes",
          "a mask is ones, then zeros, such as 255.255.255.0");
      return null;
    }

    @Override
    public String print(Mask value) {
      if (!value.isIpv4()) {
        return "/" + value.prefix();
      }
      return IpAddress.ofIpv4(-1).masked(value.prefix()).toString();
    }

    @Override
    public String form() {
      return "mask, /prefix";
    }
  }
}
