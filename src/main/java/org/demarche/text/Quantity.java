package org.demarche.text;

import java.util.Locale;

/** Numbers of things in messages: "1 file", "2,041 files". */
public final class Quantity {

  private Quantity() {}

  /** Returns {@code n} and the name of what is counted, whose plural has an s more. */
  public static String of(long n, String one) {
    return of(n, one, one + "s");
  }

  /** Returns {@code n} and the name of what is counted, in the singular or the plural. */
  public static String of(long n, String one, String many) {
    return String.format(Locale.ROOT, "%,d %s", n, n == 1 ? one : many);
  }
}
