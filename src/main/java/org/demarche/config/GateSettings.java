package org.demarche.config;

import java.io.Serializable;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the gates of quality allow.
 *
 * @param thresholds the largest figure that each gate allows, in [0, 1]; with 1 it never fails
 * @param accepted the gates that this run need not pass
 */
public record GateSettings(Map<Gate, Double> thresholds, Set<Gate> accepted)
    implements Serializable {

  /** Allows everything. */
  public static final GateSettings NONE =
      new GateSettings(
          Arrays.stream(Gate.values()).collect(Collectors.toMap(gate -> gate, gate -> 1.0)),
          Set.of());

  static GateSettings of(Node gates) {
    try (gates) {
      Map<Gate, Double> thresholds = new EnumMap<>(Gate.class);
      Map<String, Gate> named = new TreeMap<>();
      for (Gate gate : Gate.values()) {
        thresholds.put(gate, gates.number(gate.toString(), 0, 1));
        named.put(gate.toString(), gate);
      }
      return new GateSettings(
          thresholds,
          gates.anyOf("accept", named.keySet()).stream()
              .filter(named::containsKey)
              .map(named::get)
              .collect(Collectors.toSet()));
    }
  }
}
