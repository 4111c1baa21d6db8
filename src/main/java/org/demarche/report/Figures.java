package org.demarche.report;

import java.util.Locale;
import java.util.Objects;
import org.demarche.evaluation.Estimate;
import org.demarche.evaluation.ModelComparison.Contestant;

/** Writes numbers the way the comparison of models shows them, on its page and on the terminal. */
final class Figures {

  private Figures() {}

  /** Returns how far {@code one} is behind the best, marked where that is sure. */
  static String difference(Contestant one) {
    return (one.surelyBehind() ? "▼ " : "") + signed(one.macroF1Behind().value());
  }

  static String figure(double value) {
    return number("%.3f", value);
  }

  static String signed(double value) {
    String digits = figure(Math.abs(value));
    return (digits.equals("0.000") ? "±" : value < 0 ? "−" : "+") + digits;
  }

  static String range(Estimate estimate) {
    return figure(estimate.low()) + " to " + figure(estimate.high());
  }

  static String signedRange(Estimate estimate) {
    return signed(estimate.low()) + " to " + signed(estimate.high());
  }

  static String seconds(Double seconds) {
    return seconds == null ? "" : number(seconds < 10 ? "%.1f s" : "%,.0f s", seconds);
  }

  static String inHundred(double share) {
    return number("%.0f %%", 100 * share);
  }

  static String number(String format, Object value) {
    return String.format(Locale.ENGLISH, format, Objects.requireNonNull(value));
  }
}
