package org.demarche.pipeline;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.demarche.config.Gate;
import org.demarche.config.GateSettings;
import org.demarche.warehouse.Manifest;
import org.demarche.warehouse.Manifest.Verdict;

/** Judges what a run has measured by the gates of quality, and tells the manifest. */
final class QualityGates {

  private final GateSettings settings;
  private final Manifest manifest;

  private final List<Manifest.Gate> failed = new ArrayList<>();

  /** What to say of the gates that failed: two lines each, and examples. */
  private final List<String> failures = new ArrayList<>();

  QualityGates(GateSettings settings, Manifest manifest) {
    this.settings = settings;
    this.manifest = manifest;
  }

  /** Returns whether the gate can fail; if not, nothing costly need be measured for it. */
  boolean canFail(Gate gate) {
    return settings.thresholds().get(gate) < 1;
  }

  /**
   * Judges the share {@code part / whole}; nothing is judged if {@code whole} is 0.
   *
   * @param examples what to say below a failure
   */
  void share(Gate gate, long part, long whole, Detail examples) throws IOException {
    if (whole > 0) {
      measured(gate, null, (double) part / whole, whole, examples);
    }
  }

  /**
   * Judges a figure.
   *
   * @param scale the scale that it was measured on, or null if it has nothing to do with one
   * @param figure in [0, 1]
   * @param counted the number of rows that it was measured on
   * @param examples what to say below a failure
   */
  void measured(Gate gate, String scale, double figure, long counted, Detail examples)
      throws IOException {
    double threshold = settings.thresholds().get(gate);
    boolean isAccepted = settings.accepted().contains(gate);
    Verdict verdict =
        counted < gate.fewest()
            ? Verdict.TOO_FEW
            : figure <= threshold ? Verdict.PASSED : isAccepted ? Verdict.ACCEPTED : Verdict.FAILED;
    String shown = shown(figure);
    Manifest.Gate judged =
        new Manifest.Gate(
            gate.toString(), scale, new BigDecimal(shown), threshold, counted, verdict);
    manifest.gate(judged);
    if (verdict == Verdict.FAILED) {
      failed.add(judged);
      failures.add(
          "The gate %s failed%s: %s, more than gates.%1$s = %s allows; no table was changed"
              .formatted(
                  gate,
                  scale == null ? "" : " on scale " + scale,
                  gate.finding(shown, counted),
                  threshold));
      failures.add("  %s; to publish all the same: --accept %s".formatted(gate.advice(), gate));
      failures.addAll(examples.lines());
    }
  }

  /** Returns the figure with as many digits as say something, such as 0.034. */
  private static String shown(double figure) {
    BigDecimal rounded = BigDecimal.valueOf(figure).setScale(4, RoundingMode.HALF_UP);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  /** Tells more about a failure. */
  interface Detail {
    List<String> lines() throws IOException;
  }

  /**
   * Does nothing if no gate has failed so far.
   *
   * @param detail what to say below a failure
   * @throws GatesFailed if one has
   */
  void pass(Detail detail) throws IOException {
    if (!failures.isEmpty()) {
      failures.addAll(detail.lines());
      throw new GatesFailed(failed, String.join(System.lineSeparator(), failures));
    }
  }
}
