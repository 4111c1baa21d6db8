package org.demarche.config;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.io.File;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * One object of the configuration, read key by key.
 *
 * <p>If a value is wrong, a reading method records the fault and returns a default, so that all
 * faults are reported together. {@link #close} records a fault for each key that was not read.
 */
final class Node implements AutoCloseable {

  private static final Pattern WINDOWS = Pattern.compile("[A-Za-z]:\\\\.*|\\\\\\\\.*");

  private final String path;
  private final Config config;
  private final List<String> faults;
  private final Set<String> read = new HashSet<>();

  Node(String path, Config config, List<String> faults) {
    this.path = path;
    this.config = config;
    this.faults = faults;
  }

  String text(String key) {
    return value(key, Config::getString, "text", "?");
  }

  /** Returns the text, or null if the key is null or missing. */
  String optionalText(String key) {
    read.add(key);
    return config.root().containsKey(key) && !config.getIsNull(at(key)) ? text(key) : null;
  }

  boolean flag(String key) {
    return value(key, Config::getBoolean, "true or false", false);
  }

  int count(String key, int low, int high) {
    int n = value(key, Config::getInt, "a whole number in " + range(low, high), low);
    return inRange(key, n, low, high) ? n : low;
  }

  double number(String key, double low, double high) {
    double x = value(key, Config::getDouble, "a number in " + range(low, high), low);
    return inRange(key, x, low, high) ? x : low;
  }

  /** Returns a number above 0 and below 1; on a fault, 0. */
  double share(String key) {
    double x = value(key, Config::getDouble, "a number above 0 and below 1", Double.NaN);
    if (x > 0 && x < 1) {
      return x;
    }
    if (!Double.isNaN(x)) {
      fault(key, "must be above 0 and below 1, but was " + plain(x));
    }
    return 0;
  }

  /** Returns a size in bytes, which is written as in {@code 16 MiB}. */
  long bytes(String key, long low, long high) {
    long n = value(key, Config::getBytes, "a size such as 16 MiB", low);
    return inRange(key, n, low, high) ? n : low;
  }

  List<String> texts(String key) {
    return value(
        key,
        (c, k) ->
            c.getValue(k).valueType() == ConfigValueType.LIST
                ? c.getStringList(k)
                : List.of(c.getString(k)),
        "a list of texts",
        List.of());
  }

  /** Returns the texts, or none if the key is null or missing. */
  List<String> optionalTexts(String key) {
    read.add(key);
    return config.root().containsKey(key) && !config.getIsNull(at(key)) ? texts(key) : List.of();
  }

  /** Returns the path of a file or folder, or null if the key is null or missing. */
  String optionalPath(String key) {
    String path = optionalText(key);
    if (path != null) {
      checkPath(key, path);
    }
    return path;
  }

  List<String> paths(String key) {
    List<String> paths = texts(key);
    paths.forEach(path -> checkPath(key, path));
    return paths;
  }

  private void checkPath(String key, String path) {
    if (path.isBlank()) {
      fault(key, "must name a file or folder, but is empty");
    } else if (File.separatorChar == '/' && WINDOWS.matcher(path).matches()) {
      fault(
          key,
          "has the Windows path '%s', but this is not Windows: give the path as this system sees it, such as %s"
              .formatted(path, "/mnt/c/news"));
    }
  }

  String oneOf(String key, Set<String> allowed) {
    String text = text(key);
    if (!text.equals("?") && !allowed.contains(text)) {
      fault(key, "must be one of " + String.join(", ", allowed) + ", but was '" + text + "'");
    }
    return text;
  }

  List<String> someOf(String key, Set<String> allowed) {
    List<String> texts = anyOf(key, allowed);
    if (texts.isEmpty()) {
      fault(key, "must hold one or more of " + String.join(", ", allowed) + ", but is empty");
    }
    return texts;
  }

  /** Returns a list of texts that may be empty. */
  List<String> anyOf(String key, Set<String> allowed) {
    List<String> texts = texts(key);
    for (String text : texts) {
      if (!allowed.contains(text)) {
        fault(key, "may hold " + String.join(", ", allowed) + ", but has '" + text + "'");
      }
    }
    return texts;
  }

  Node node(String key) {
    ConfigObject object =
        value(
            key, Config::getObject, "an object", com.typesafe.config.ConfigFactory.empty().root());
    return new Node(path + key + ".", object.toConfig(), faults);
  }

  /** Returns the keys of this object, sorted. */
  List<String> keys() {
    return config.root().keySet().stream().sorted().toList();
  }

  /** Reads every element of a list of objects. */
  <T> List<T> list(String key, Function<Node, T> reader) {
    List<? extends ConfigObject> objects =
        value(key, (c, k) -> c.getObjectList(k), "a list of objects", List.of());
    List<T> values = new ArrayList<>();
    for (int i = 0; i < objects.size(); i++) {
      int before = faults.size();
      try (Node node =
          new Node("%s%s[%d].".formatted(path, key, i), objects.get(i).toConfig(), faults)) {
        values.add(reader.apply(node));
      } catch (IllegalArgumentException e) {
        // The value type rejected the values; a fault of a key explains it better.
        if (faults.size() == before) {
          faults.add("'%s%s[%d]': %s".formatted(path, key, i, e.getMessage()));
        }
      }
    }
    return values;
  }

  void fault(String key, String what) {
    faults.add("'%s%s' %s%s".formatted(path, key, what, place(key)));
  }

  /** Records a fault whose value must not be shown, neither here nor as the place it comes from. */
  void secretFault(String key, String what) {
    faults.add("'%s%s' %s".formatted(path, key, what));
  }

  @Override
  public void close() {
    for (String key : keys()) {
      if (!read.contains(key)) {
        fault(
            key,
            "is not a setting; here are: " + String.join(", ", read.stream().sorted().toList()));
      }
    }
  }

  private boolean inRange(String key, double x, double low, double high) {
    if (x >= low && x <= high) {
      return true;
    }
    fault(key, "must be in %s, but was %s".formatted(range(low, high), plain(x)));
    return false;
  }

  private static String range(double low, double high) {
    return "[%s, %s]".formatted(plain(low), plain(high));
  }

  private static String plain(double x) {
    return x == Math.rint(x) && Math.abs(x) < 1e15 ? Long.toString((long) x) : Double.toString(x);
  }

  private interface Getter<T> {
    T get(Config config, String key);
  }

  private <T> T value(String key, Getter<T> getter, String wanted, T standIn) {
    read.add(key);
    try {
      return getter.get(config, at(key));
    } catch (ConfigException.Missing e) {
      fault(key, "is required");
    } catch (ConfigException e) {
      fault(key, "must be %s, but was %s".formatted(wanted, shown(key)));
    }
    return standIn;
  }

  private String shown(String key) {
    ConfigValue value = config.root().get(key);
    return value == null ? "missing" : "'" + value.unwrapped() + "'";
  }

  private String place(String key) {
    ConfigValue value = config.root().get(key);
    if (value == null) {
      return "";
    }
    if (value.origin().resource() != null) {
      return ""; // a default, which the user has not written anywhere
    }
    String name = value.origin().withLineNumber(-1).description();
    return " (" + Settings.Layer.place(name, value.origin().lineNumber()) + ")";
  }

  private static String at(String key) {
    return ConfigUtil.joinPath(key);
  }
}
