// SPDX-License-Identifier: Apache-2.0
package org.lvsdirector.engine.proxy;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A list in order of arrival whose members leave in constant time. Single-threaded. */
final class Chain<T> {
  private @Nullable Place<T> first;
  private @Nullable Place<T> last;

  /** A member's place, which it gives up by {@link Chain#leave}. */
  static final class Place<T> {
    private final T member;
    private @Nullable Place<T> before;
    private @Nullable Place<T> after;
    private boolean isLeft;

    private Place(T member) {
      this.member = member;
    }
  }

  /** Puts a member at the end. */
  Place<T> join(T member) {
    var place = new Place<>(member);
    place.before = last;
    if (last == null) {
      first = place;
    } else {
      last.after = place;
    }
    last = place;
    return place;
  }

  /** Takes a member out. Repeating it is harmless. */
  void leave(Place<T> place) {
    if (place.isLeft) {
      return;
    }
    place.isLeft = true;
    if (place.before == null) {
      first = place.after;
    } else {
      place.before.after = place.after;
    }
    if (place.after == null) {
      last = place.before;
    } else {
      place.after.before = place.before;
    }
  }

  /** The member that has been here longest. */
  @Nullable T first() {
    return first == null ? null : first.member;
  }

  /** Visits the members in order; the visited one may leave. */
  void forEach(Consumer<T> visitor) {
    for (var place = first; place != null; ) {
      var next = place.after;
      visitor.accept(place.member);
      place = next;
    }
  }
}
