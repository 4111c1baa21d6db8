package org.demarche.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import java.util.regex.Pattern;

/** Hides the values of a configuration that nobody may read in a manifest. */
final class Secrets {

  private static final Pattern SECRET =
      Pattern.compile("(?i).*(password|passwd|secret|token|credential|api-?key).*");

  private Secrets() {}

  /** Returns the configuration as one line of JSON, with stars for its secrets. */
  static String masked(Config config) {
    Config masked = config;
    for (var entry : config.entrySet()) {
      if (SECRET.matcher(entry.getKey()).matches()) {
        masked = masked.withValue(entry.getKey(), ConfigValueFactory.fromAnyRef("***"));
      }
    }
    return masked.root().render(ConfigRenderOptions.concise());
  }
}
