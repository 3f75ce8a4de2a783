// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.director.machine;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.IpAddress.Family;
import org.lvsdirector.config.names.NameResolver;
import org.lvsdirector.config.names.ServiceNames;
import org.lvsdirector.director.machine.NameMemory.Asked;

/**
 * Looks up the names in one lvs.cf as this machine knows them: hosts as the system resolver does,
 * services in /etc/services. A host that is not found is where the memory has it; one with several
 * addresses keeps the one that the memory has, as long as it is among them.
 *
 * <p>For one reading of the file: each name is looked up once, and all lookups together take no
 * longer than their limit, whatever the name servers do. Not for several threads.
 */
public final class HostNames implements NameResolver {
  private static final Path SERVICES = Path.of("/etc/services");
  private static final long MAX_SERVICES_BYTES = 4 << 20;
  private static final Duration ONE = Duration.ofSeconds(3);

  static {
    // An operator who has mended the name servers reads the file again, and must not be told what
    // held before.
    Security.setProperty("networkaddress.cache.ttl", "0");
    Security.setProperty("networkaddress.cache.negative.ttl", "0");
  }

  private final Lookup lookup;
  private final Limits limits;
  private final NameMemory memory;
  private final Map<String, Addresses> known = new HashMap<>();
  private final Map<Asked, IpAddress> answers = new HashMap<>();
  private @Nullable ServiceNames services;
  private long nanosLeft;

  /** Asks the system; may take long. */
  interface Lookup {
    List<IpAddress> addresses(String hostName) throws UnknownHostException;
  }

  /**
   * How long lookups may take.
   *
   * @param one a single name
   * @param all the names of a file together
   */
  record Limits(Duration one, Duration all) {}

  /**
   * What a lookup led to.
   *
   * @param all every address; empty when there is none
   * @param complaint why there is none
   */
  private record Addresses(List<IpAddress> all, Answer.NotFound complaint) {
    @Nullable IpAddress choose(Family preferred, @Nullable IpAddress remembered) {
      if (remembered != null && all.contains(remembered)) {
        return remembered;
      }
      var first = all.isEmpty() ? null : all.getFirst();
      return all.stream()
          .filter(address -> address.family() == preferred)
          .findFirst()
          .orElse(first);
    }
  }

  HostNames(Lookup lookup, Limits limits, NameMemory memory) {
    this.lookup = lookup;
    this.limits = limits;
    this.memory = memory;
    nanosLeft = limits.all().toNanos();
  }

  /** For one reading of an lvs.cf on this machine. */
  public static HostNames ofThisMachine() {
    return ofThisMachine(NameMemory.NONE);
  }

  /** For one reading of an lvs.cf on this machine. */
  public static HostNames ofThisMachine(NameMemory memory) {
    return new HostNames(HostNames::ask, new Limits(ONE, Patience.NAMES), memory);
  }

  private static List<IpAddress> ask(String hostName) throws UnknownHostException {
    return Arrays.stream(InetAddress.getAllByName(hostName))
        .map(address -> IpAddress.ofBytes(address.getAddress()))
        .toList();
  }

  @Override
  public Answer address(String hostName, Family preferred) {
    var addresses = known.computeIfAbsent(hostName, this::lookUp);
    var asked = new Asked(hostName, preferred);
    var remembered = memory.address(asked);
    var address = addresses.choose(preferred, remembered);
    if (address != null) {
      answers.put(asked, address);
      return new Answer.Found(address);
    }
    if (remembered != null) {
      answers.put(asked, remembered);
      return new Answer.Remembered(remembered, addresses.complaint);
    }
    return addresses.complaint;
  }

  /** The file that was read with this is in force: what was answered is remembered. */
  public void keep() {
    memory.keep(answers);
  }

  /** For another reading. */
  public HostNames again() {
    return new HostNames(lookup, limits, memory);
  }

  /** Gives the answers once more that were given here, and asks nobody. */
  public NameResolver repeated() {
    return new Repeated();
  }

  /** What another reading is told differently, a sentence for each name. */
  public List<String> changes(HostNames other) {
    var changes = new TreeSet<String>();
    answers.forEach(
        (asked, before) -> {
          if (other.address(asked.host(), asked.preferred()) instanceof Answer.Found(var now)
              && !now.equals(before)) {
            changes.add("%s was %s and is %s now".formatted(asked.host(), before, now));
          }
        });
    return List.copyOf(changes);
  }

  private final class Repeated implements NameResolver {
    @Override
    public Answer address(String hostName, Family preferred) {
      var address = answers.get(new Asked(hostName, preferred));
      return address == null
          ? new Answer.NotFound("the host '" + hostName + "' was not in the file before", "")
          : new Answer.Found(address);
    }

    @Override
    public int port(String serviceName) {
      return HostNames.this.port(serviceName);
    }
  }

  private Addresses lookUp(String hostName) {
    var limitNanos = Math.min(limits.one().toNanos(), nanosLeft);
    if (limitNanos <= 0) {
      return notFound(
          "the host '%s' was not looked up: other names took %ds already"
              .formatted(hostName, limits.all().toSeconds()),
          "do the name servers answer? Addresses, and names in /etc/hosts, need none");
    }
    var answer = new CompletableFuture<List<IpAddress>>();
    // A thread of the platform: the system's resolver would hold up virtual ones.
    Thread.ofPlatform().daemon().name("lookup of " + hostName).start(() -> ask(hostName, answer));
    var begin = System.nanoTime();
    try {
      return new Addresses(
          answer.get(limitNanos, TimeUnit.NANOSECONDS), new Answer.NotFound("", ""));
    } catch (ExecutionException _) {
      return notFound(
          "no address is known for the host '" + hostName + "'",
          "is it mistyped? 'getent ahosts " + hostName + "' shows what this machine knows");
    } catch (TimeoutException _) {
      return notFound(
          "the host '%s' was not found within %dms".formatted(hostName, limitNanos / 1_000_000),
          "do the name servers answer? Addresses, and names in /etc/hosts, need none");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return notFound("the host '" + hostName + "' was not looked up: it was interrupted", "");
    } finally {
      nanosLeft -= System.nanoTime() - begin;
    }
  }

  private void ask(String hostName, CompletableFuture<List<IpAddress>> answer) {
    try {
      answer.complete(lookup.addresses(hostName));
    } catch (UnknownHostException | RuntimeException unknown) {
      answer.completeExceptionally(unknown);
    }
  }

  private static Addresses notFound(String message, String advice) {
    return new Addresses(List.of(), new Answer.NotFound(message, advice));
  }

  @Override
  public int port(String serviceName) {
    var names = services;
    if (names == null) {
      names = ServiceNames.parse(servicesText());
      services = names;
    }
    return names.port(serviceName);
  }

  /** The text of /etc/services; empty where it cannot be read, as then the built-in names hold. */
  private static String servicesText() {
    try {
      return Files.isRegularFile(SERVICES) && Files.size(SERVICES) <= MAX_SERVICES_BYTES
          ? new String(Files.readAllBytes(SERVICES), StandardCharsets.UTF_8)
          : "";
    } catch (IOException _) {
      return "";
    }
  }
}
