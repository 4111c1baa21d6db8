package org.demarche.speaker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.demarche.language.english.AnnotatedText;
import org.demarche.language.english.Lexicon;
import org.demarche.speaker.Mention.Form;

/**
 * Groups the mentions of one article into entities: full names first, then surnames with a title,
 * then short names, which are assigned to the entities found before.
 */
final class EntityGrouping {

  private final AnnotatedText text;
  private final Entities entities;
  private final List<Mention> mentions;

  /** Of those with one short form, such as "J. Moor", only so many are compared with a name. */
  private static final int MOST_TRIED = 100;

  /** Entities by the kind and the folded name of their mentions. */
  private final Map<String, Entity> byKey = new HashMap<>();

  /** People by the shorter forms of their name, for {@link #fuller}. */
  private final Map<String, List<Entity>> byForm = new HashMap<>();

  /** Organizations by the last two or more words of their name, the whole name left out. */
  private final Map<String, List<Entity>> byEnd = new HashMap<>();

  /** For each entity whether it is a thing; filled when asked for. */
  private final Map<Entity, Boolean> things = new HashMap<>();

  EntityGrouping(AnnotatedText text, Entities entities) {
    this.text = text;
    this.entities = entities;
    this.mentions = entities.mentions();
  }

  /** Groups the mentions and returns how the entities are found by a single word. */
  NameIndex group() {
    groupFullNames();
    groupTitledNames();
    NameIndex index = new NameIndex(text, entities.all());
    assignShortNames(index);
    return index;
  }

  private void groupFullNames() {
    List<Integer> order = new ArrayList<>();
    for (int m = 0; m < mentions.size(); m++) {
      if (mentions.get(m).size() > 1 || mentions.get(m).isBody()) {
        order.add(m);
      }
    }
    Map<String, Integer> printed = new HashMap<>();
    order.forEach(m -> printed.merge(entities.name(m).folded(), 1, Integer::sum));
    // The longest forms first, so that shorter ones find them.
    order.sort(Comparator.comparingInt((Integer m) -> -mentions.get(m).size()));
    for (int m : order) {
      text.checkTime();
      Mention mention = mentions.get(m);
      Name name = entities.name(m);
      String key = key(mention.form()) + name.key();
      Entity entity = byKey.get(key);
      if (entity == null && mention.canBePerson()) {
        entity = byKey.get((mention.form() == Form.NAME ? 'p' : 'n') + name.key());
      }
      if (entity == null && mention.canBePerson() && isBare(mention)) {
        entity = fuller(name, mention.gender());
      }
      if (entity == null && mention.form() == Form.ORGANIZATION && mention.size() > 1) {
        entity = onlyLonger(name, printed);
      }
      if (entity == null) {
        entity = entities.create(m);
        if (mention.canBePerson()) {
          addForms(entity);
        } else if (mention.form() == Form.ORGANIZATION) {
          addEnds(entity);
        }
      }
      byKey.putIfAbsent(key, entity);
      entities.assign(m, entity);
    }
  }

  private static char key(Form form) {
    return switch (form) {
      case PERSON -> 'p';
      case NAME -> 'n';
      case ORGANIZATION, PLACE, SINGLE -> 'o';
    };
  }

  /** Returns the first person with a longer form of the name, or null. */
  private Entity fuller(Name name, Gender gender) {
    String first = name.first();
    String initial = first.substring(0, 1);
    List<String> forms =
        List.of(
            name.folded(),
            firstAndLast(first, name),
            firstAndLast(first.length() == 1 ? initial + "." : initial, name),
            firstAndLast(shortened(first), name));
    Entity fuller = null;
    for (String form : forms) {
      int tried = 0;
      for (Entity entity : byForm.getOrDefault(form, List.of())) {
        if (tried++ == MOST_TRIED || fuller != null && fuller.number() < entity.number()) {
          break;
        }
        if (entity.gender().agrees(gender)
            && (endsWith(entity.name(), name)
                || entity.name().agrees(name)
                || isShortened(entity.name(), name))) {
          fuller = entity;
          break;
        }
      }
    }
    return fuller;
  }

  /**
   * Returns the only organization with a longer name of the same end, or null. A name that the
   * article prints more often than the longer one is another organization's: the "Ardent Party"
   * beside the "Vell Ardent Party".
   */
  private Entity onlyLonger(Name name, Map<String, Integer> printed) {
    List<Entity> longer = byEnd.getOrDefault(name.folded(), List.of());
    return longer.size() == 1
            && printed.get(name.folded()) <= printed.get(longer.get(0).name().folded())
        ? longer.get(0)
        : null;
  }

  /** Notes the ends of an organization's name: the "Vell Courier" of the "Daily Vell Courier". */
  private void addEnds(Entity entity) {
    List<String> words = entity.name().words();
    for (int i = 1; i < words.size() - 1; i++) {
      String end = String.join(" ", words.subList(i, words.size()));
      byEnd.computeIfAbsent(end, k -> new ArrayList<>(1)).add(entity);
    }
  }

  private static boolean endsWith(Name longer, Name name) {
    List<String> theirs = longer.words();
    List<String> mine = name.words();
    return theirs.size() > mine.size()
        && theirs.subList(theirs.size() - mine.size(), theirs.size()).equals(mine);
  }

  /** Notes the forms by which {@link #fuller} finds a person. */
  private void addForms(Entity entity) {
    Name name = entity.name();
    int size = name.words().size();
    Set<String> forms = new LinkedHashSet<>();
    for (int i = 1; i < size; i++) {
      forms.add(String.join(" ", name.words().subList(i, size)));
    }
    forms.add(firstAndLast(name.first(), name));
    forms.add(firstAndLast(name.first().charAt(0) + ".", name));
    forms.add(firstAndLast(shortened(name.first()), name));
    for (String form : forms) {
      byForm.computeIfAbsent(form, k -> new ArrayList<>(1)).add(entity);
    }
  }

  /** Returns what "Ken" and "Kenneth" share. */
  private static String shortened(String first) {
    return first.substring(0, Math.min(first.length(), 3)) + "~";
  }

  /** Returns whether one given name is the start of the other: "Ken Marsh", "Kenneth Marsh". */
  private static boolean isShortened(Name name, Name other) {
    String mine = name.first();
    String theirs = other.first();
    return name.words().size() > 1
        && other.words().size() > 1
        && name.last().equals(other.last())
        && Math.min(mine.length(), theirs.length()) >= 3
        && name.gender().agrees(other.gender())
        && (mine.startsWith(theirs) || theirs.startsWith(mine));
  }

  private static String firstAndLast(String first, Name name) {
    return first + " … " + name.last();
  }

  /**
   * Makes an entity of a surname with a title that no full name in the article can bear: "Mr.
   * Quill" where only Edna Quill is named in full.
   */
  private void groupTitledNames() {
    Map<String, List<Entity>> known = new HashMap<>();
    for (Entity entity : entities.all()) {
      entity.settleName();
      for (String word : entity.name().words()) {
        known.computeIfAbsent(word, k -> new ArrayList<>()).add(entity);
      }
    }
    Map<String, List<Entity>> titled = new HashMap<>();
    for (int m = 0; m < mentions.size(); m++) {
      text.checkTime();
      Mention mention = mentions.get(m);
      Gender gender = mention.gender();
      if (mention.size() > 1 || mention.form() != Form.PERSON || gender == Gender.OPEN) {
        continue;
      }
      String word = text.folded(mention.from());
      List<Entity> bearers = titled.get(gender + word);
      if (bearers == null) {
        bearers = new ArrayList<>();
        boolean agrees = false;
        for (Entity entity : known.getOrDefault(word, List.of())) {
          agrees |= !entity.isBody() && entity.gender().agrees(gender);
          if (entity.name().words().size() == 1 && entity.gender() == gender) {
            bearers.add(entity);
          }
        }
        if (!agrees) {
          Entity entity = entities.create(m);
          entity.setGender(gender);
          bearers.add(entity);
        }
        titled.put(gender + word, bearers);
      }
      for (Entity bearer : bearers) {
        entities.assign(m, bearer);
      }
    }
  }

  private void assignShortNames(NameIndex index) {
    Map<String, Entity> singles = new HashMap<>();
    Set<String> trusted = trustedSingles();
    for (int m = 0; m < mentions.size(); m++) {
      text.checkTime();
      Mention mention = mentions.get(m);
      boolean titled = mention.form() == Form.PERSON;
      if (mention.size() > 1 || (titled && entities.entityOf(m) != null)) {
        continue;
      }
      String word = text.folded(mention.from());
      if (mention.isBody()) {
        // An acronym, unless its long form or a person of that surname is here.
        Entity spelled = index.spelledOut(word);
        if (spelled == null && mention.form() == Form.ORGANIZATION) {
          spelled = index.byLastWord(mention);
        }
        if (spelled == null && text.has(mention.from(), Lexicon.BODY)) {
          // "the Observatory" for the Vell Observatory of the Seas
          Entity longer = index.byOtherWord(mention);
          boolean whole = longer != null && longer.endsAsBody();
          spelled = whole || longer != null && !longer.name().first().equals(word) ? longer : null;
        }
        if (spelled != null && spelled != entities.entityOf(m)) {
          entities.reassign(m, spelled);
        }
        continue;
      }
      boolean single = mention.form() == Form.SINGLE;
      if (single && entities.nations().isOwnAdjective(word)) {
        continue;
      }
      Entity entity = index.byLastWord(mention);
      if (single && text.has(mention.from(), Lexicon.ROLE)) {
        // "Bishop said" can mean Ana Bishop; "the Bishop" and "Bishop of Vell" do not.
        if (entity != null && !entity.isBody() && isBare(mention)) {
          entities.assign(m, entity);
        }
        continue;
      }
      if (entity == null) {
        Entity longer = index.byOtherWord(mention);
        // "the Okonjo Line" is a thing, and "Okonjo" is not short for it.
        entity = single && longer != null && isThing(longer) ? null : longer;
      }
      if (entity == null && single) {
        entity = byKey.get("o" + word);
      }
      if (entity == null) {
        entity = singles.get(word);
        if (entity == null && (titled || trusted.contains(word))) {
          Entity misspelt = index.byMisspeltSurname(word);
          entity = misspelt == null ? entities.create(m) : misspelt;
          singles.put(word, entity);
        }
      }
      if (entity != null) {
        entities.assign(m, entity);
      }
    }
  }

  /** Returns whether no determiner stands before the mention and no "of" behind it. */
  private boolean isBare(Mention mention) {
    int before = mention.outerFrom() - 1;
    int behind = mention.to();
    return !(before >= 0 && text.sameSentence(before, behind - 1) && text.isDeterminer(before))
        && !(behind < text.size() && text.is(behind, "of"));
  }

  /** Returns whether a determiner stands before the name, as it does not before people. */
  private boolean isThing(Entity entity) {
    return things.computeIfAbsent(
        entity,
        named ->
            named.form() == Form.NAME
                && named.mentions().stream()
                    .anyMatch(
                        mention ->
                            mention.size() > 1
                                && mention.outerFrom() > 0
                                && text.isDeterminer(mention.outerFrom() - 1)));
  }

  /** Returns the single words that are names for certain, since they do not open a sentence. */
  private Set<String> trustedSingles() {
    Set<String> trusted = new HashSet<>();
    for (Mention mention : mentions) {
      if (mention.size() == 1
          && !text.has(mention.from(), Lexicon.ROLE)
          && !text.isHeadline(mention.from())
          && (!text.opens(mention.from())
              || text.has(mention.from(), Lexicon.GIVEN)
              || text.isLabel(mention.from())
              || isFollowedByRole(mention))) {
        trusted.add(text.folded(mention.from()));
      }
    }
    return trusted;
  }

  /** Returns whether a role follows, as in "Okonjo, the mayor of Vell, said". */
  private boolean isFollowedByRole(Mention mention) {
    int determiner = mention.to() + 1;
    if (determiner >= text.size()
        || !text.is(mention.to(), ',')
        || !text.isDeterminer(determiner)) {
      return false;
    }
    for (int k = determiner + 1; k < text.size() && k < determiner + 8; k++) {
      if (!text.sameSentence(k, mention.from())
          || text.isPunctuation(k) && !text.isPossessive(k)
          || text.has(k, Lexicon.FUNCTION)) {
        return false;
      }
      if (text.has(k, Lexicon.ROLE) && text.isLower(k)) {
        return true;
      }
    }
    return false;
  }
}
