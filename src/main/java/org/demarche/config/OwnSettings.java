package org.demarche.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * The settings that are not defaults. A warehouse keeps them as its own configuration.
 *
 * @param json one line of JSON
 */
public record OwnSettings(String json) implements Serializable {

  private static final ConfigParseOptions DATA =
      ConfigParseOptions.defaults().setSyntax(ConfigSyntax.JSON).setAllowMissing(false);

  /** What a setting that can name a file may have instead of one. */
  private static final Map<String, Set<String>> WORDS =
      Map.of(
          "extract.model", Set.of(Settings.Extract.BUNDLED_MODEL, Settings.Extract.NO_MODEL),
          "score.prior", Set.of(Settings.NO_PRIOR, Settings.AUTO_PRIOR));

  /**
   * Returns the JSON object {@code before} with the values that {@code keys} have here.
   *
   * @param place turns the path or name of a model, an encoder or label shares into what is kept
   */
  public String replacing(String before, Set<String> keys, UnaryOperator<String> place) {
    Config kept = ConfigFactory.parseString(before, DATA);
    Config now = ConfigFactory.parseString(json, DATA);
    for (String key : keys) {
      kept = kept.withoutPath(key);
      if (now.hasPathOrNull(key)) {
        kept = kept.withValue(key, now.root().get(key));
      }
    }
    for (Map.Entry<String, ConfigValue> entry : kept.entrySet()) {
      String key = entry.getKey();
      boolean names =
          key.equals("encoder.directory")
              || key.equals("extract.model")
              || key.equals("score.prior")
              || key.startsWith("scales.") && key.endsWith(".model");
      // A file may have the same name as one of these words, which would be taken for it.
      boolean isWord = WORDS.getOrDefault(key, Set.of()).contains(entry.getValue().unwrapped());
      if (names && !isWord && entry.getValue().unwrapped() instanceof String value) {
        kept = kept.withValue(key, ConfigValueFactory.fromAnyRef(place.apply(value)));
      }
    }
    return kept.root().render(ConfigRenderOptions.concise());
  }

  /**
   * Returns the settings that a warehouse keeps, which are plain JSON without includes.
   *
   * @param name the name of the file, for messages
   * @param keys the keys to read; others are ignored
   * @throws ConfigurationException if {@code json} is no JSON object
   */
  public static Settings.Layer layer(String name, String json, Set<String> keys) {
    Config own = ConfigFactory.empty();
    try {
      Config read = ConfigFactory.parseString(json, DATA.setOriginDescription(name));
      for (String key : keys) {
        if (read.hasPathOrNull(key)) {
          own = own.withValue(key, read.root().get(key));
        }
      }
    } catch (ConfigException e) {
      throw new ConfigurationException(
          List.of(
              "%s is damaged (%s): restore it, or remove it and give the configuration by --config"
                  .formatted(name, e.getMessage())));
    }
    return new Settings.Layer(name, own.root().render(ConfigRenderOptions.concise()));
  }
}
