package org.demarche.ingest;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.lang3.StringUtils;
import org.jsoup.nodes.Element;

/**
 * What a page says of its article in JSON-LD, by the words of schema.org. Values of a wrong type
 * count as missing, since every site has its own ideas.
 */
final class JsonLd {

  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
          .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
          .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
          .enable(JsonParser.Feature.IGNORE_UNDEFINED)
          .build();

  /** So many objects of a page are looked at; no page needs more. */
  private static final int MOST_OBJECTS = 2000;

  private static final int MOST_AUTHORS = 50;

  /** A longer value is no headline or name. */
  private static final int LONGEST = 4_000;

  private final JsonNode article;

  private JsonLd(JsonNode article) {
    this.article = article;
  }

  /**
   * Returns the data about the article of a page; empty if there are none. A page may have data
   * about other articles, such as those it links to; those with its title count. Data without a
   * headline count if there are no others.
   *
   * @param titles what the page shows and states as its title
   */
  static Optional<JsonLd> of(Element page, List<String> titles) {
    Deque<JsonNode> roots = new ArrayDeque<>();
    for (Element script : page.getElementsByTag("script")) {
      if (script.attr("type").contains("ld+json") && roots.size() < MOST_OBJECTS) {
        root(script.data()).ifPresent(roots::add);
      }
    }
    List<JsonNode> articles = articles(roots);
    List<Set<String>> titleWords = titles.stream().map(Headlines::words).toList();
    JsonNode best = null;
    double most = 0;
    for (JsonNode each : articles) {
      double likeness = likeness(text(each.get("headline")), titleWords);
      if (likeness > most) {
        most = likeness;
        best = each;
      }
    }
    boolean isOnly = articles.size() == 1 && (titles.isEmpty() || headlineOf(articles) == null);
    return Optional.ofNullable(best == null && isOnly ? articles.get(0) : best).map(JsonLd::new);
  }

  private static String headlineOf(List<JsonNode> articles) {
    return text(articles.get(0).get("headline"));
  }

  private static double likeness(String headline, List<Set<String>> titles) {
    if (headline == null || headline.length() > Headlines.LONGEST) {
      return 0;
    }
    Set<String> words = Headlines.words(headline);
    double most =
        titles.stream().mapToDouble(title -> Headlines.likeness(words, title)).max().orElse(0);
    return most < Headlines.LEAST_LIKENESS ? 0 : most;
  }

  private static Optional<JsonNode> root(String script) {
    try {
      return Optional.ofNullable(JSON.readTree(StringUtils.strip(script, " \t\r\n;")));
    } catch (JsonProcessingException e) {
      // A page without readable data is read by what it shows.
      return Optional.empty();
    }
  }

  /** Returns the articles among values and what is inside them. */
  private static List<JsonNode> articles(Deque<JsonNode> open) {
    List<JsonNode> found = new ArrayList<>();
    for (int i = 0; i < MOST_OBJECTS && !open.isEmpty(); i++) {
      JsonNode node = open.remove();
      if (node.isObject() && isArticle(node.get("@type"))) {
        found.add(node);
      }
      node.forEach(
          child -> {
            if (child.isContainerNode() && open.size() < MOST_OBJECTS) {
              open.add(child);
            }
          });
    }
    return found;
  }

  private static boolean isArticle(JsonNode type) {
    if (type != null && type.isArray()) {
      for (JsonNode each : type) {
        if (isArticle(each)) {
          return true;
        }
      }
    }
    String name = text(type);
    return name != null
        && (name.endsWith("Article") || name.endsWith("BlogPosting") || name.endsWith("Report"));
  }

  String headline() {
    return text(article.get("headline"));
  }

  String published() {
    return text(article.get("datePublished"));
  }

  String language() {
    JsonNode language = article.get("inLanguage");
    String name = text(language);
    return name != null || language == null ? name : text(language.get("alternateName"));
  }

  String section() {
    return first(article.get("articleSection"));
  }

  String outlet() {
    return name(article.get("publisher"));
  }

  String url() {
    String url = text(article.get("url"));
    JsonNode main = article.get("mainEntityOfPage");
    if (url == null && main != null) {
      url = main.isObject() ? text(main.get("@id")) : text(main);
    }
    return url;
  }

  /** Returns the names of the authors, joined by commas, or null. */
  String authors() {
    List<String> names = new ArrayList<>();
    names(article.get("author"), names);
    if (names.isEmpty()) {
      names(article.get("creator"), names);
    }
    return names.isEmpty() ? null : String.join(", ", names);
  }

  private static void names(JsonNode node, List<String> names) {
    if (names.size() >= MOST_AUTHORS) {
      return;
    }
    if (node != null && node.isArray()) {
      node.forEach(each -> names(each, names));
    } else {
      String name = Bylines.names(name(node));
      if (name != null && !name.contains("://") && !names.contains(name)) {
        names.add(name);
      }
    }
  }

  private static String name(JsonNode node) {
    if (node != null && node.isArray()) {
      return name(node.get(0));
    }
    if (node == null || !node.isObject()) {
      return text(node);
    }
    String name = first(node.get("name"));
    return name != null
        ? name
        : StringUtils.trimToNull(
            StringUtils.defaultString(text(node.get("givenName")))
                + " "
                + StringUtils.defaultString(text(node.get("familyName"))));
  }

  private static String first(JsonNode node) {
    return node != null && node.isArray() ? text(node.get(0)) : text(node);
  }

  private static String text(JsonNode node) {
    return node != null && node.isTextual() && node.textValue().length() <= LONGEST
        ? StringUtils.trimToNull(node.textValue())
        : null;
  }
}
