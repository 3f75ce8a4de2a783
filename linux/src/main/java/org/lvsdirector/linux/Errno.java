// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.linux;

import java.util.Map;

/** Error numbers of Linux (asm-generic/errno-base.h, asm-generic/errno.h) and their names. */
public final class Errno {
  public static final int EPERM = 1;
  public static final int ENOENT = 2;
  public static final int ESRCH = 3;
  public static final int EINTR = 4;
  public static final int ENOEXEC = 8;
  public static final int EBADF = 9;
  public static final int EAGAIN = 11;
  public static final int ENOMEM = 12;
  public static final int EACCES = 13;
  public static final int EEXIST = 17;
  public static final int ENODEV = 19;
  public static final int EINVAL = 22;
  public static final int ENFILE = 23;
  public static final int EMFILE = 24;
  public static final int ENOSPC = 28;
  public static final int ERANGE = 34;
  public static final int ENOSYS = 38;
  public static final int EBADMSG = 74;
  public static final int EAFNOSUPPORT = 97;
  public static final int EADDRINUSE = 98;
  public static final int EADDRNOTAVAIL = 99;
  public static final int ENETDOWN = 100;
  public static final int ENOBUFS = 105;

  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(EPERM, "EPERM"),
          Map.entry(ENOENT, "ENOENT"),
          Map.entry(ESRCH, "ESRCH"),
          Map.entry(EINTR, "EINTR"),
          Map.entry(5, "EIO"),
          Map.entry(6, "ENXIO"),
          Map.entry(7, "E2BIG"),
          Map.entry(ENOEXEC, "ENOEXEC"),
          Map.entry(EBADF, "EBADF"),
          Map.entry(EAGAIN, "EAGAIN"),
          Map.entry(ENOMEM, "ENOMEM"),
          Map.entry(EACCES, "EACCES"),
          Map.entry(14, "EFAULT"),
          Map.entry(16, "EBUSY"),
          Map.entry(EEXIST, "EEXIST"),
          Map.entry(ENODEV, "ENODEV"),
          Map.entry(EINVAL, "EINVAL"),
          Map.entry(ENFILE, "ENFILE"),
          Map.entry(EMFILE, "EMFILE"),
          Map.entry(26, "ETXTBSY"),
          Map.entry(ENOSPC, "ENOSPC"),
          Map.entry(32, "EPIPE"),
          Map.entry(ERANGE, "ERANGE"),
          Map.entry(ENOSYS, "ENOSYS"),
          Map.entry(EBADMSG, "EBADMSG"),
          Map.entry(88, "ENOTSOCK"),
          Map.entry(90, "EMSGSIZE"),
          Map.entry(92, "ENOPROTOOPT"),
          Map.entry(93, "EPROTONOSUPPORT"),
          Map.entry(95, "EOPNOTSUPP"),
          Map.entry(EAFNOSUPPORT, "EAFNOSUPPORT"),
          Map.entry(EADDRINUSE, "EADDRINUSE"),
          Map.entry(EADDRNOTAVAIL, "EADDRNOTAVAIL"),
          Map.entry(ENETDOWN, "ENETDOWN"),
          Map.entry(101, "ENETUNREACH"),
          Map.entry(ENOBUFS, "ENOBUFS"),
          Map.entry(110, "ETIMEDOUT"),
          Map.entry(111, "ECONNREFUSED"),
          Map.entry(113, "EHOSTUNREACH"));

  private static final Map<Integer, String> WORDS =
      Map.ofEntries(
          Map.entry(EPERM, "not permitted"),
          Map.entry(EACCES, "not permitted"),
          Map.entry(ENOENT, "there is no such thing"),
          Map.entry(EEXIST, "it exists already"),
          Map.entry(7, "too many or too long arguments"),
          Map.entry(ENOEXEC, "it is no program for this machine"),
          Map.entry(26, "somebody is writing it"),
          Map.entry(ENODEV, "there is no such device"),
          Map.entry(EINVAL, "the kernel does not accept these values"),
          Map.entry(ENOMEM, "out of memory"),
          Map.entry(16, "it is busy"),
          Map.entry(EMFILE, "too many open files"),
          Map.entry(ENOSYS, "this kernel does not have it"),
          Map.entry(95, "this device does not support it"),
          Map.entry(EAFNOSUPPORT, "this machine does not have this address family"),
          Map.entry(EADDRNOTAVAIL, "the address is not there"),
          Map.entry(ENETDOWN, "the device is down"),
          Map.entry(101, "there is no route"),
          Map.entry(ENOBUFS, "the kernel's buffer is full"),
          Map.entry(113, "nobody there answers"));

  private Errno() {}

  /** The name of an error number, such as {@code ENOENT}, or {@code errno 4711}. */
  public static String name(int errno) {
    return NAMES.getOrDefault(errno, "errno " + errno);
  }

  /** What an error number means, for people, with its name. */
  public static String words(int errno) {
    var words = WORDS.get(errno);
    return words == null ? name(errno) : words + " (" + name(errno) + ")";
  }
}
