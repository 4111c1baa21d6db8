package org.demarche.stance;

import java.util.List;

/** The bundled scales, for tests. */
public final class Scales {

  /** The stance of a statement towards another party, from assertive to conciliatory. */
  public static final Scale STANCE =
      new Scale(
          "stance",
          List.of(
              new Label("conciliatory", 1), new Label("neutral", 0), new Label("assertive", -1)));

  /** The tone of a statement towards its subject, from negative to positive. */
  public static final Scale SENTIMENT =
      new Scale(
          "sentiment",
          List.of(new Label("positive", 1), new Label("neutral", 0), new Label("negative", -1)));

  private Scales() {}
}
