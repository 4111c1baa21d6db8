package org.demarche.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.demarche.stance.Scale;

/**
 * Reads the JSON file of {@code score.prior}, in which the user gives the shares of labels among
 * the statements to score: {@code {"stance": {"conciliatory": 0.1, "neutral": 0.6, "assertive":
 * 0.3}}}.
 */
public final class LabelShares {

  /** The sum of shares may differ from 1 by this much, because people round them. */
  private static final double ROUNDED = 0.005;

  private LabelShares() {}

  /**
   * Returns the shares of each scale in the file, in the order of the scale's labels and normalised
   * to the sum 1.
   *
   * @param name the name of the file, for messages
   * @param scales the defined scales by name
   * @throws ConfigurationException with every fault: an unknown scale or label, a missing label, a
   *     share outside (0, 1), shares whose sum is not 1
   */
  public static Map<String, double[]> parse(String name, String json, Map<String, Scale> scales) {
    List<String> faults = new ArrayList<>();
    Map<String, double[]> shares = new TreeMap<>();
    Config parsed;
    try {
      parsed =
          ConfigFactory.parseString(
              json,
              ConfigParseOptions.defaults()
                  .setOriginDescription(name)
                  .setSyntax(ConfigSyntax.JSON));
    } catch (ConfigException e) {
      String fault = e.getMessage();
      throw new ConfigurationException(
          List.of(fault.startsWith(name) ? fault : name + ": " + fault));
    }
    Node root = new Node("", parsed, faults);
    for (String key : root.keys()) {
      if (scales.containsKey(key)) {
        shares.put(key, shares(name, scales.get(key), root, faults));
      } else {
        root.fault(
            key, "is not a scale; there are " + String.join(", ", new TreeMap<>(scales).keySet()));
      }
    }
    if (shares.isEmpty() && faults.isEmpty()) {
      faults.add(
          "%s holds no shares: it may hold %s"
              .formatted(name, String.join(", ", new TreeMap<>(scales).keySet())));
    }
    if (!faults.isEmpty()) {
      throw new ConfigurationException(faults);
    }
    return shares;
  }

  private static double[] shares(String name, Scale scale, Node root, List<String> faults) {
    double[] shares = new double[scale.size()];
    double sum = 0;
    boolean whole = true;
    Node node = root.node(scale.name());
    for (int label = 0; label < shares.length; label++) {
      String key = scale.labelNames().get(label);
      if (!node.keys().contains(key)) {
        faults.add(
            "'%s.%s' is required: a share for every label (%s)".formatted(scale.name(), key, name));
        whole = false;
        continue;
      }
      shares[label] = node.share(key);
      whole &= shares[label] > 0;
      sum += shares[label];
    }
    for (String key : node.keys()) {
      if (!scale.labelNames().contains(key)) {
        node.fault(
            key, "is not a label of the scale; it has " + String.join(", ", scale.labelNames()));
      }
    }
    // A missing or wrong share was reported above.
    if (whole && Math.abs(sum - 1) > ROUNDED) {
      root.fault(scale.name(), "must sum to 1, but sums to %.4f".formatted(sum));
    }
    for (int label = 0; label < shares.length; label++) {
      shares[label] /= sum;
    }
    return shares;
  }
}
