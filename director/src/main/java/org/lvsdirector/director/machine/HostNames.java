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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.IpAddress;
import org.lvsdirector.config.IpAddress.Family;
import org.lvsdirector.config.names.NameResolver;
import org.lvsdirector.config.names.ServiceNames;

/**
 * Looks up the names in one lvs.cf as this machine knows them: hosts as the system resolver does,
 * services in /etc/services.
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
  private final Map<String, Addresses> known = new HashMap<>();
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
  private record Addresses(List<IpAddress> all, Answer.NotFound complaint) {}

  HostNames(Lookup lookup, Limits limits) {
    this.lookup = lookup;
    this.limits = limits;
    nanosLeft = limits.all().toNanos();
  }

  /** For one reading of an lvs.cf on this machine. */
  public static HostNames ofThisMachine() {
    return new HostNames(HostNames::ask, new Limits(ONE, Patience.NAMES));
  }

  private static List<IpAddress> ask(String hostName) throws UnknownHostException {
    return Arrays.stream(InetAddress.getAllByName(hostName))
        .map(address -> IpAddress.ofBytes(address.getAddress()))
        .toList();
  }

  @Override
  public Answer address(String hostName, Family preferred) {
    var addresses = known.computeIfAbsent(hostName, this::lookUp);
    for (var address : addresses.all) {
      if (address.family() == preferred) {
        return new Answer.Found(address);
      }
    }
    return addresses.all.isEmpty()
        ? addresses.complaint
        : new Answer.Found(addresses.all.getFirst());
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
