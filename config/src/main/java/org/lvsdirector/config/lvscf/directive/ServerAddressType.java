// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.lvscf.directive;

import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.lvscf.syntax.Node.Statement;
import org.lvsdirector.config.problem.PrintableText;
import org.lvsdirector.config.problem.ProblemCode;

/** The address of a real server: a link-local one with its zone, RFC 4007 section 11. */
public record ServerAddressType() implements ValueType<IpAddress> {
  @Override
  public @Nullable IpAddress read(Statement statement, Reading reading) {
    var word = statement.value();
    var percent = word.text().indexOf('%');
    var literal = percent < 0 ? null : IpAddress.parse(word.text().substring(0, percent));
    if (literal == null) {
      return AddressTypes.address(word, reading);
    }
    var zone = word.text().substring(percent + 1);
    if (literal.needsInterface() && AddressTypes.isInterface(zone)) {
      return literal.on(zone);
    }
    reading
        .problems()
        .report(
            ProblemCode.INVALID_ADDRESS,
            word,
            literal.needsInterface()
                ? PrintableText.quoted(zone) + " is not an interface"
                : literal + " has no zone: it is not link-local",
            literal.needsInterface()
                ? "write the interface by which the server is reached: " + literal + "%eth1"
                : "leave out % and what follows");
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
