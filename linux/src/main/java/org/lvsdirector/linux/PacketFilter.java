// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Which frames a packet socket wants: a program of the classic packet filter, run by the kernel for
 * each frame before it is copied; linux/filter.h, Documentation/networking/filter.rst.
 *
 * @param etherType the frames that the program sees at all
 * @param program its instructions; the frame is taken if the last one reached returns more than 0
 */
public record PacketFilter(int etherType, List<Instruction> program) {
  private static final int LOAD_HALF = 0x28; // BPF_LD | BPF_H | BPF_ABS
  private static final int LOAD_BYTE = 0x30; // BPF_LD | BPF_B | BPF_ABS
  private static final int LOAD_WORD = 0x20; // BPF_LD | BPF_W | BPF_ABS
  private static final int MOVE_TO_X = 0x07; // BPF_MISC | BPF_TAX
  private static final int JUMP_EQUAL = 0x15; // BPF_JMP | BPF_JEQ | BPF_K
  private static final int JUMP_EQUAL_X = 0x1d; // BPF_JMP | BPF_JEQ | BPF_X
  private static final int RETURN = 0x06; // BPF_RET | BPF_K
  private static final Instruction TAKE = new Instruction(RETURN, 0, 0, 0xffff);
  private static final Instruction LEAVE = new Instruction(RETURN, 0, 0, 0);

  /** ARP answers, whoever asked. */
  public static final PacketFilter ARP_REPLIES =
      new PacketFilter(
          ArpFrame.ETHER_TYPE,
          List.of(
              new Instruction(LOAD_HALF, 0, 0, 20),
              new Instruction(JUMP_EQUAL, 0, 1, ArpFrame.REPLY),
              TAKE,
              LEAVE));

  /** ARP in which a machine tells where its own address is. */
  public static final PacketFilter GRATUITOUS_ARP =
      new PacketFilter(
          ArpFrame.ETHER_TYPE,
          List.of(
              new Instruction(LOAD_WORD, 0, 0, 28),
              new Instruction(MOVE_TO_X, 0, 0, 0),
              new Instruction(LOAD_WORD, 0, 0, 38),
              new Instruction(JUMP_EQUAL_X, 0, 1, 0),
              TAKE,
              LEAVE));

  /** All ARP. */
  public static final PacketFilter ARP = new PacketFilter(ArpFrame.ETHER_TYPE, List.of(TAKE));

  /** IPv6 neighbour advertisements. */
  public static final PacketFilter ADVERTISEMENTS =
      new PacketFilter(
          NeighbourFrame.ETHER_TYPE,
          List.of(
              new Instruction(LOAD_BYTE, 0, 0, 20),
              new Instruction(JUMP_EQUAL, 0, 3, NeighbourFrame.ICMPV6),
              new Instruction(LOAD_BYTE, 0, 0, 54),
              new Instruction(JUMP_EQUAL, 0, 1, NeighbourFrame.ADVERTISEMENT),
              TAKE,
              LEAVE));

  /** No frame: for a socket that only sends. */
  public static final PacketFilter NOTHING = new PacketFilter(0, List.of(LEAVE));

  private static final int INSTRUCTION_BYTES = 8; // sizeof(struct sock_filter)

  /**
   * An instruction; struct sock_filter.
   *
   * @param code what it does
   * @param jumpTrue how many instructions to skip when it is true
   * @param jumpFalse how many instructions to skip when it is not
   * @param operand what it is done with
   */
  public record Instruction(int code, int jumpTrue, int jumpFalse, int operand) {}

  public PacketFilter {
    program = List.copyOf(program);
  }

  /** The instructions as the kernel takes them. */
  ByteBuffer encode() {
    var bytes =
        ByteBuffer.allocate(INSTRUCTION_BYTES * program.size()).order(ByteOrder.nativeOrder());
    for (var instruction : program) {
      bytes
          .putShort((short) instruction.code)
          .put((byte) instruction.jumpTrue)
          .put((byte) instruction.jumpFalse)
          .putInt(instruction.operand);
    }
    return bytes.flip();
  }
}
