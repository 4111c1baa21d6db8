package org.demarche.config;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.io.Serializable;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.demarche.ingest.ArticleFormats;
import org.demarche.ingest.Field;
import org.demarche.stance.Label;
import org.demarche.stance.Scale;
import org.demarche.stance.Target;

/**
 * All settings, read from HOCON and validated once.
 *
 * <p>{@code reference.conf} has every key with its meaning, range and default.
 *
 * @param warehouse folder of the tables, or null if not set
 * @param storage how the warehouse stores its tables
 * @param articles what to ingest and how
 * @param people the speaker directory: speakers known beforehand
 * @param extract how statements are found
 * @param targets what stances are about
 * @param scales every defined scale by name
 * @param score what to score
 * @param aggregate windows and statistics
 * @param gates what the gates of quality allow
 * @param metrics where a run tells its metrics
 * @param encoder directory of the encoder that accurate models use, or null for the bundled one
 * @param rendered the whole configuration as one line of JSON with secrets masked, for the manifest
 * @param own the settings that are not defaults
 */
public record Settings(
    String warehouse,
    StorageSettings storage,
    Articles articles,
    List<Person> people,
    Extract extract,
    List<Target> targets,
    Map<String, ScaleSettings> scales,
    Score score,
    Aggregate aggregate,
    GateSettings gates,
    MetricsSettings metrics,
    String encoder,
    String rendered,
    OwnSettings own)
    implements Serializable {

  /**
   * What to ingest.
   *
   * @param paths files or folders, on any file system that Hadoop knows
   * @param format one of {@link ArticleFormats#names}
   * @param fields for each field of an article, the names it may have in the input, best first
   * @param maxRecordBytes a larger record is rejected
   * @param encoding the encoding of files that have no byte order mark and are not UTF-8, or {@code
   *     auto}
   */
  public record Articles(
      List<String> paths,
      String format,
      Map<String, List<String>> fields,
      long maxRecordBytes,
      String encoding)
      implements Serializable {}

  /** A speaker known beforehand; see {@code speakers} in reference.conf. */
  public record Person(
      String id,
      String name,
      String kind,
      List<String> aliases,
      String role,
      String affiliation,
      String country,
      String wikidata)
      implements Serializable {}

  /**
   * How statements are found.
   *
   * @param model {@link #BUNDLED_MODEL}, {@link #NO_MODEL} or the file of a model of attribution
   * @param minConfidence statements less probable than this are left out, in [0, 1]
   * @param maxCharacters what the body of an article has beyond this is not read
   * @param maxSeconds an article that takes more processor time is read in part only
   */
  public record Extract(String model, double minConfidence, int maxCharacters, int maxSeconds)
      implements Serializable {

    /** The rules work with the model of attribution in the jar. */
    public static final String BUNDLED_MODEL = "bundled";

    /** The rules work alone. */
    public static final String NO_MODEL = "none";
  }

  /**
   * A scale and the model that scores on it.
   *
   * @param scale labels and values
   * @param model name of a bundled model, folder of a trained model, or null if there is none
   */
  public record ScaleSettings(Scale scale, String model) implements Serializable {}

  /**
   * What to score.
   *
   * @param scales names of the scales to score on
   * @param probabilities whether to write {@code statement_probabilities} as well
   * @param prior the label shares to which answers are adjusted: {@link #NO_PRIOR}, {@link
   *     #AUTO_PRIOR}, or the path of a file that {@link LabelShares} reads
   */
  public record Score(List<String> scales, boolean probabilities, String prior)
      implements Serializable {

    /** Returns whether the shares are estimated from the statements. */
    public boolean estimatesPrior() {
      return prior.equals(AUTO_PRIOR);
    }

    /** Returns whether the shares are given in a file. */
    public boolean givesPrior() {
      return !prior.equals(NO_PRIOR) && !prior.equals(AUTO_PRIOR);
    }
  }

  /** Answers are not adjusted. */
  public static final String NO_PRIOR = "none";

  /** Answers are adjusted to label shares that are estimated from the statements. */
  public static final String AUTO_PRIOR = "auto";

  /**
   * What to aggregate.
   *
   * @param windows kinds of time windows, a subset of {@link #WINDOWS}
   * @param lowN scores of fewer distinct statements than this are marked {@code low_n}
   */
  public record Aggregate(List<String> windows, int lowN) implements Serializable {}

  /** The kinds of time windows, longest first. */
  public static final List<String> WINDOWS =
      List.of("all", "year", "quarter", "month", "week", "day");

  /** What the library says where a closing brace is missing. */
  private static final String NO_BRACE = "expecting a close parentheses ')' here, not: end of file";

  private static final Set<String> PERSON_KINDS =
      new TreeSet<>(Set.of("person", "organization", "group"));

  /**
   * One source of settings.
   *
   * @param name the source, for messages: a file, {@code --set}
   * @param hocon the settings; keys may start with {@code demarche.} or not
   */
  public record Layer(String name, String hocon) {

    /** Returns the place of a value in the layer {@code name}; only a file has lines. */
    static String place(String name, int line) {
      return name.startsWith("--") || name.startsWith("Spark property") || line < 1
          ? name
          : name + ", line " + line;
    }

    /** Returns a layer that sets {@code key} to the text {@code value}. */
    public static Layer text(String name, String key, String value) {
      return new Layer(name, key + " = " + ConfigUtil.quoteString(value));
    }

    /** Returns a layer that sets {@code key} to the list {@code values}. */
    public static Layer texts(String name, String key, List<String> values) {
      return new Layer(
          name,
          key + " = [" + values.stream().map(ConfigUtil::quoteString).collect(joining(", ")) + "]");
    }
  }

  /**
   * Returns the folder of the warehouse.
   *
   * @throws ConfigurationException if none is set
   */
  public String requiredWarehouse() {
    if (warehouse == null) {
      throw new ConfigurationException(
          List.of("'warehouse' is required: give --warehouse DIR, or set it in the configuration"));
    }
    return warehouse;
  }

  /**
   * Returns the scale called {@code name} and its model.
   *
   * @throws ConfigurationException if no such scale is defined
   */
  public ScaleSettings scale(String name) {
    ScaleSettings found = scales.get(name);
    if (found == null) {
      throw new ConfigurationException(
          List.of(
              ("There is no scale '%s'; there are %s. Define it with"
                      + " --set 'scales.%s.labels={for:1,neither:0,against:-1}'")
                  .formatted(name, String.join(", ", scales.keySet()), name)));
    }
    return found;
  }

  /**
   * Returns the folder or name of the model of the scale {@code name}.
   *
   * @throws ConfigurationException if there is no such scale, or it has no model yet
   */
  public String modelOf(String name) {
    String model = scale(name).model();
    if (model == null) {
      throw new ConfigurationException(
          List.of("the scale '%1$s' has no model yet: set scales.%1$s.model".formatted(name)));
    }
    return model;
  }

  /**
   * Reads the settings of {@code layers} and the defaults of {@code reference.conf}. Earlier layers
   * override later ones.
   *
   * @throws ConfigurationException with every fault
   */
  public static Settings of(List<Layer> layers) {
    Config merged = merged(layers);
    List<String> faults = new ArrayList<>();
    Config defaults =
        ConfigFactory.parseResources(Settings.class.getClassLoader(), "reference.conf")
            .getConfig("demarche");
    Config all;
    Config set;
    try {
      all = merged.withFallback(defaults).resolve();
      set = merged.resolveWith(all);
    } catch (ConfigException e) {
      throw new ConfigurationException(List.of(e.getMessage()));
    }
    Settings settings;
    try (Node root = new Node("", all, faults)) {
      settings =
          read(
              root,
              Secrets.masked(all),
              new OwnSettings(set.root().render(ConfigRenderOptions.concise())));
    }
    if (!faults.isEmpty()) {
      throw new ConfigurationException(faults);
    }
    return settings;
  }

  /**
   * Returns the keys that {@code layers} set, such as {@code aggregate.windows}; a list is one key.
   *
   * @throws ConfigurationException if a layer has a syntax error
   */
  public static Set<String> keys(List<Layer> layers) {
    return merged(layers).entrySet().stream()
        .map(Map.Entry::getKey)
        .collect(toCollection(TreeSet::new));
  }

  private static Config merged(List<Layer> layers) {
    Config merged = ConfigFactory.empty();
    List<String> faults = new ArrayList<>();
    for (Layer layer : layers) {
      try {
        Config parsed =
            ConfigFactory.parseString(
                layer.hocon(),
                ConfigParseOptions.defaults()
                    .setOriginDescription(layer.name())
                    .setIncluder(new RefusedIncludes()));
        if (parsed.root().containsKey("demarche")) {
          parsed = parsed.getConfig("demarche").withFallback(parsed.withoutPath("demarche"));
        }
        merged = merged.withFallback(asWrittenNow(parsed));
      } catch (ConfigException e) {
        // The message of a syntax error already names the layer and the line.
        String fault = e.getMessage().replace(NO_BRACE, "a closing brace } is missing");
        faults.add(fault.startsWith(layer.name()) ? fault : layer.name() + ": " + fault);
      }
    }
    if (!faults.isEmpty()) {
      throw new ConfigurationException(faults);
    }
    return merged;
  }

  /** Returns {@code layer} with its short and earlier forms as they are written now. */
  private static Config asWrittenNow(Config layer) {
    Config now = layer;
    ConfigValue warehouse = layer.root().get("warehouse");
    if (warehouse != null && !isObject(warehouse)) {
      now = now.withoutPath("warehouse").withValue("warehouse.folder", warehouse);
    }
    // Scripts that are older than the gates have the share under its first name.
    if (layer.root().get("articles") instanceof ConfigObject articles
        && articles.containsKey("max-rejected-share")) {
      now =
          now.withoutPath("articles.max-rejected-share")
              .withValue("gates.rejected-share", articles.get("max-rejected-share"));
    }
    return now;
  }

  private static boolean isObject(ConfigValue value) {
    try {
      return value.valueType() == ConfigValueType.OBJECT;
    } catch (ConfigException.NotResolved e) { // such as ${HOME}/warehouse
      return false;
    }
  }

  private static Settings read(Node root, String rendered, OwnSettings own) {
    Articles articles;
    try (Node node = root.node("articles")) {
      Map<String, List<String>> fields = new TreeMap<>();
      try (Node names = node.node("fields")) {
        for (Field field : Field.values()) {
          fields.put(field.key(), names.texts(field.key()));
        }
      }
      articles =
          new Articles(
              node.paths("paths"),
              node.oneOf("format", ArticleFormats.names()),
              fields,
              node.bytes("max-record-size", 1024, 1L << 30),
              encoding(node));
    }
    List<Person> people =
        root.list(
            "speakers",
            node ->
                new Person(
                    node.optionalText("id"),
                    node.text("name"),
                    node.optionalText("kind") == null ? "person" : node.oneOf("kind", PERSON_KINDS),
                    node.optionalTexts("aliases"),
                    node.optionalText("role"),
                    node.optionalText("affiliation"),
                    node.optionalText("country"),
                    node.optionalText("wikidata")));
    Extract extract;
    try (Node node = root.node("extract")) {
      extract =
          new Extract(
              node.text("model"),
              node.number("min-confidence", 0, 1),
              node.count("max-characters-per-article", 1_000, 1 << 30),
              node.count("max-seconds-per-article", 1, 86_400));
    }
    List<Target> targets =
        root.list(
            "targets",
            node -> new Target(node.text("id"), node.text("name"), node.texts("aliases")));
    Set<String> seen = new HashSet<>(Set.of("all"));
    for (Target target : targets) {
      if (!seen.add(target.id())) {
        root.fault("targets", "has the id '%s', which is taken".formatted(target.id()));
      }
    }
    Map<String, ScaleSettings> scales = new TreeMap<>();
    try (Node node = root.node("scales")) {
      for (String name : node.keys()) {
        ScaleSettings scale = scale(name, node.node(name));
        if (scale != null) {
          scales.put(name, scale);
        }
      }
    }
    Score score;
    try (Node node = root.node("score")) {
      score =
          new Score(
              node.someOf("scales", new TreeSet<>(scales.keySet())),
              node.flag("probabilities"),
              node.text("prior"));
      if (score.prior().isBlank()) {
        node.fault("prior", "must be none, auto or a file, but is empty");
      }
      for (String name : score.scales()) {
        if (scales.containsKey(name) && scales.get(name).model() == null) {
          node.fault(
              "scales", "has '%s', but 'scales.%s.model' names no model".formatted(name, name));
        }
      }
    }
    Aggregate aggregate;
    try (Node node = root.node("aggregate")) {
      aggregate =
          new Aggregate(
              node.someOf("windows", new LinkedHashSet<>(WINDOWS)),
              node.count("low-n", 1, 1_000_000));
    }
    String encoder;
    try (Node node = root.node("encoder")) {
      encoder = node.optionalText("directory");
    }
    String warehouse;
    StorageSettings storage;
    try (Node node = root.node("warehouse")) {
      warehouse = node.optionalPath("folder");
      storage = StorageSettings.of(node);
    }
    return new Settings(
        warehouse,
        storage,
        articles,
        people,
        extract,
        targets,
        scales,
        score,
        aggregate,
        GateSettings.of(root.node("gates")),
        MetricsSettings.of(root.node("metrics")),
        encoder,
        rendered,
        own);
  }

  private static String encoding(Node node) {
    String name = node.text("encoding").strip();
    try {
      if (name.equals("auto") || Charset.isSupported(name)) {
        return name;
      }
    } catch (IllegalCharsetNameException e) {
      // The fault is recorded below.
    }
    node.fault(
        "encoding",
        "must be auto or the name of an encoding such as windows-1252, but was '%s'"
            .formatted(name));
    return "auto";
  }

  private static ScaleSettings scale(String name, Node node) {
    try (node) {
      String model = node.optionalText("model");
      List<Label> labels = new ArrayList<>();
      try (Node values = node.node("labels")) {
        for (String label : values.keys()) {
          labels.add(new Label(label, values.number(label, -1e6, 1e6)));
        }
      }
      labels.sort(Comparator.comparingDouble(Label::value).reversed().thenComparing(Label::name));
      return new ScaleSettings(new Scale(name, labels), model);
    } catch (IllegalArgumentException e) {
      node.fault("labels", e.getMessage());
      return null;
    }
  }
}
