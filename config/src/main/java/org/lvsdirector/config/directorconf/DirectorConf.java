// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.config.directorconf;

import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.lvsdirector.config.Worded;
import org.lvsdirector.config.file.TextFile;
import org.lvsdirector.config.lvscf.directive.DurationText;
import org.lvsdirector.config.problem.Problem;

/**
 * director.conf: what differs from machine to machine.
 *
 * <p>{@code director-reference.conf} documents every setting and holds its default.
 *
 * @param node which of the two directors this machine is
 * @param engine what forwards packets
 * @param addresses what holds the virtual addresses
 * @param lvsCf the shared configuration
 * @param adminSocket where the admin API listens
 * @param stateDir what survives a restart
 * @param tableCheckInterval how often the engine's whole table is compared with what it must be
 * @param proxy settings of the proxy engine
 * @param ipvs settings of the ipvs engine
 * @param heartbeatKeyFile the key that seals heartbeats; null for none, which was written on
 *     purpose
 * @param acceptsUnsealed whether unsealed heartbeats are taken although there is a key
 * @param realTimePriority of the threads that must be on time, by SCHED_RR; 0 for none
 * @param logLevel how much is logged
 */
public record DirectorConf(
    NodeChoice node,
    EngineChoice engine,
    AddressHolder addresses,
    Path lvsCf,
    Path adminSocket,
    Path stateDir,
    Duration tableCheckInterval,
    Proxy proxy,
    Ipvs ipvs,
    @Nullable Path heartbeatKeyFile,
    boolean acceptsUnsealed,
    int realTimePriority,
    LogLevel logLevel) {

  /** The kernel's own threads for interrupts run with 50, and the first of ours with one more. */
  public static final int MOST_REAL_TIME = 48;

  /** Where the key is unless director.conf says otherwise. */
  public static final Path USUAL_KEY_FILE = Path.of("/etc/lvs-director/key");

  /** Which of the two directors this machine is. */
  public enum NodeChoice implements Worded {
    /** The one whose address in lvs.cf is an address of this machine. */
    AUTO("auto"),
    PRIMARY("primary"),
    BACKUP("backup");

    private final String word;

    NodeChoice(String word) {
      this.word = word;
    }

    @Override
    public String word() {
      return word;
    }
  }

  /** What forwards packets. */
  public enum EngineChoice implements Worded {
    /** The best that is usable and can serve lvs.cf. */
    AUTO("auto"),
    PROXY("proxy"),
    IPVS("ipvs");

    private final String word;

    EngineChoice(String word) {
      this.word = word;
    }

    @Override
    public String word() {
      return word;
    }
  }

  /** What holds the virtual addresses. */
  public enum AddressHolder implements Worded {
    /** The kernel where this process may change interfaces, else the engine. */
    AUTO("auto"),
    /** This machine's interfaces. */
    KERNEL("kernel"),
    /** Nothing but the engine's sockets: the addresses are expected to be there. */
    ENGINE("engine");

    private final String word;

    AddressHolder(String word) {
      this.word = word;
    }

    @Override
    public String word() {
      return word;
    }
  }

  /** How much is logged. */
  public enum LogLevel implements Worded {
    ERROR("error"),
    WARN("warn"),
    INFO("info"),
    DEBUG("debug"),
    TRACE("trace");

    private final String word;

    LogLevel(String word) {
      this.word = word;
    }

    @Override
    public String word() {
      return word;
    }
  }

  /**
   * Settings of the proxy engine.
   *
   * @param threads its event loops; 0 for one for each processor core
   * @param connectTimeout how long a connection to a real server may take
   * @param udpFlowTimeout silence after which a UDP flow is forgotten
   */
  public record Proxy(int threads, Duration connectTimeout, Duration udpFlowTimeout) {}

  /** Whose services of the kernel's table are in the director's hand. */
  public enum Adopt implements Worded {
    /** Those that it made, and those of lvs.cf. */
    OWN("own"),
    /** All of the network namespace; what lvs.cf does not name is deleted. */
    ALL("all");

    private final String word;

    Adopt(String word) {
      this.word = word;
    }

    @Override
    public String word() {
      return word;
    }
  }

  /** What is done about kernel settings that forwarding by the kernel needs. */
  public enum HostSettings implements Worded {
    /** Nothing; {@code director doctor} says what is wrong. */
    LEAVE("leave"),
    /** They are set at the start, and put back when the daemon stops. */
    SET("set");

    private final String word;

    HostSettings(String word) {
      this.word = word;
    }

    @Override
    public String word() {
      return word;
    }
  }

  /**
   * Settings of the ipvs engine.
   *
   * @param adopt whose services it takes for its own
   * @param hostSettings what it does about the kernel's settings
   */
  public record Ipvs(Adopt adopt, HostSettings hostSettings) {
    /** What no file says. */
    public static final Ipvs DEFAULT = new Ipvs(Adopt.OWN, HostSettings.LEAVE);
  }

  /** The same with another log level. */
  public DirectorConf with(LogLevel level) {
    return new DirectorConf(
        node,
        engine,
        addresses,
        lvsCf,
        adminSocket,
        stateDir,
        tableCheckInterval,
        proxy,
        ipvs,
        heartbeatKeyFile,
        acceptsUnsealed,
        realTimePriority,
        level);
  }

  /** Every setting by its name, as text. */
  public Map<String, String> settings() {
    var all = new LinkedHashMap<String, String>();
    all.put("node", node.word());
    all.put("engine", engine.word());
    all.put("addresses", addresses.word());
    all.put("lvs-cf", lvsCf.toString());
    all.put("admin.socket", adminSocket.toString());
    all.put("state-dir", stateDir.toString());
    all.put("table.check-interval", DurationText.format(tableCheckInterval));
    all.put("proxy.threads", Integer.toString(proxy.threads()));
    all.put("proxy.connect-timeout", DurationText.format(proxy.connectTimeout()));
    all.put("proxy.udp-flow-timeout", DurationText.format(proxy.udpFlowTimeout()));
    all.put("ipvs.adopt", ipvs.adopt().word());
    all.put("ipvs.host-settings", ipvs.hostSettings().word());
    all.put("heartbeat.key-file", heartbeatKeyFile == null ? "" : heartbeatKeyFile.toString());
    all.put("heartbeat.accept-unsealed", Boolean.toString(acceptsUnsealed));
    all.put("real-time.priority", Integer.toString(realTimePriority));
    all.put("log.level", logLevel.word());
    return all;
  }

  /**
   * What came of reading.
   *
   * @param conf the settings; null if and only if one of the problems is an error
   * @param problems everything that is wrong, in the order of the file
   */
  public record Parsed(@Nullable DirectorConf conf, List<Problem> problems) {
    public Parsed {
      problems = List.copyOf(problems);
    }
  }

  /**
   * Reads the settings of this machine.
   *
   * @param file the file; null for defaults alone. A file that is named must exist
   * @param overrides settings that win over the file, by their full names such as {@code
   *     proxy.threads}
   */
  public static Parsed read(@Nullable Path file, Map<String, String> overrides) {
    if (file == null) {
      return DirectorConfReader.read("defaults", "", overrides);
    }
    var content = TextFile.read(file);
    var text = content.text();
    return text == null
        ? new Parsed(null, content.problems())
        : DirectorConfReader.read(file.toString(), text, overrides);
  }
}
