package org.demarche.speaker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.demarche.speaker.Mention.Form;

/** Everybody and everything that one article names, with each mention laid to whom it means. */
final class Entities {

  private final Words words;
  private final WordLists lists = WordLists.bundled();
  private final Map<String, Entity> byKey = new LinkedHashMap<>();
  private final Map<String, List<Entity>> byLast = new HashMap<>();
  private final Map<String, List<Entity>> byOther = new HashMap<>();
  private final Map<String, Entity> byInitials = new HashMap<>();
  private final List<Entity> all = new ArrayList<>();
  private final List<Mention> mentions;
  private final Entity[] entityOf;
  private final Name[] names;
  private final String[] printed;
  private final int[] mentionAt;
  private final Nations nations;

  private Entities(Words words, List<Mention> mentions, SpeakerDirectory directory) {
    this.words = words;
    this.nations = new Nations(words, mentions, directory.countries());
    this.mentions = mentions;
    this.entityOf = new Entity[mentions.size()];
    this.names = new Name[mentions.size()];
    this.printed = new String[mentions.size()];
    this.mentionAt = new int[words.size()];
    Arrays.fill(mentionAt, -1);
    for (int m = 0; m < mentions.size(); m++) {
      for (int i = mentions.get(m).from(); i < mentions.get(m).to(); i++) {
        mentionAt[i] = m;
      }
    }
  }

  /** Reads the names of an article and who bears them. */
  static Entities of(Words words, SpeakerDirectory directory) {
    Entities entities = new Entities(words, MentionFinder.find(words), directory);
    entities.gatherFullNames();
    entities.gatherTitledNames();
    entities.index();
    entities.layShortNames();
    Kinds kinds = new Kinds(words, entities);
    kinds.tellThings();
    Roles roles = new Roles(words, entities);
    roles.gatherRoles();
    roles.gatherNations();
    roles.recognize(directory);
    kinds.tellGender();
    return entities;
  }

  List<Entity> all() {
    return all;
  }

  /** Returns the countries that the article speaks of. */
  Nations nations() {
    return nations;
  }

  /** Returns every mention, in reading order. */
  List<Mention> mentions() {
    return mentions;
  }

  /** Returns whom the {@code m}-th mention means, or null. */
  Entity entityOf(int m) {
    return entityOf[m];
  }

  /** Returns the mention that covers word {@code i}, or null. */
  Mention mention(int i) {
    return mentionAt[i] < 0 ? null : mentions.get(mentionAt[i]);
  }

  /** Returns whom the mention that covers word {@code i} means, or null. */
  Entity entity(int i) {
    return mentionAt[i] < 0 ? null : entityOf[mentionAt[i]];
  }

  /** Returns somebody of whom nothing is known but that {@code mention} names them. */
  Entity name(Mention mention) {
    Entity entity = new Entity(mention.form(), nameOf(mention), printed(mention));
    String word = entity.name().folded();
    all.add(entity);
    for (int m = 0; m < mentions.size(); m++) {
      if (entityOf[m] == null && mentions.get(m).size() == 1 && nameOf(m).folded().equals(word)) {
        lay(m, entity);
      }
    }
    tellNation(entity);
    return entity;
  }

  /** Tells a country or its people of one word, whatever gender the word would have as a name. */
  void tellNation(Entity entity) {
    if (entity.form() == Mention.Form.SINGLE) {
      String folded = entity.name().folded();
      if (nations.isOwnName(folded)) {
        entity.setPlace();
      } else if (nations.isOwnAdjective(folded)) {
        entity.setGroup();
      }
    }
  }

  /** Returns whom a single folded word means, or null. */
  Entity called(String word) {
    List<Entity> known = byLast.getOrDefault(word, byOther.getOrDefault(word, List.of()));
    return known.isEmpty() ? null : known.get(0);
  }

  private void gatherFullNames() {
    List<Integer> order = new ArrayList<>();
    for (int m = 0; m < mentions.size(); m++) {
      Mention mention = mentions.get(m);
      if (mention.size() > 1
          || mention.form() == Form.ORGANIZATION
          || mention.form() == Form.PLACE) {
        order.add(m);
      }
    }
    // The longest forms first, so that shorter ones find them.
    order.sort(Comparator.comparingInt((Integer m) -> -mentions.get(m).size()));
    Map<String, List<Entity>> longer = new HashMap<>();
    Set<String> titled = titledSurnames();
    for (int m : order) {
      Mention mention = mentions.get(m);
      Name name = nameOf(m);
      if (mention.form() == Form.NAME
          && mention.size() == 2
          && words.opens(mention.from())
          && titled.contains(name.last())) {
        // "Embattled Okonjo" opens a sentence; elsewhere she is "Mayor Okonjo".
        continue;
      }
      String key = key(mention.form()) + name.key();
      Entity entity = byKey.get(key);
      if (entity == null && canBePerson(mention)) {
        entity = byKey.get((mention.form() == Form.NAME ? 'p' : 'n') + name.key());
      }
      if (entity == null && canBePerson(mention)) {
        entity = fuller(longer.get(name.last()), name, mention.gender());
      }
      if (entity == null) {
        entity = new Entity(mention.form(), name, printed(m));
        all.add(entity);
        if (canBePerson(mention)) {
          longer.computeIfAbsent(name.last(), k -> new ArrayList<>()).add(entity);
        }
      }
      byKey.putIfAbsent(key, entity);
      lay(m, entity);
    }
  }

  private Set<String> titledSurnames() {
    Set<String> titled = new HashSet<>();
    for (Mention mention : mentions) {
      if (mention.size() == 1 && mention.form() == Form.PERSON) {
        titled.add(words.folded(mention.from()));
      }
    }
    return titled;
  }

  private static char key(Form form) {
    return switch (form) {
      case PERSON -> 'p';
      case NAME -> 'n';
      case ORGANIZATION, PLACE, SINGLE -> 'o';
    };
  }

  private static boolean canBePerson(Mention mention) {
    return mention.form() == Form.PERSON || mention.form() == Form.NAME;
  }

  /**
   * Returns who has a longer form of {@code name}: the same ends, or words of which it is the tail.
   */
  private static Entity fuller(List<Entity> known, Name name, Gender gender) {
    if (known == null) {
      return null;
    }
    for (Entity entity : known) {
      List<String> theirs = entity.name().words();
      List<String> mine = name.words();
      boolean tail =
          theirs.size() > mine.size()
              && theirs.subList(theirs.size() - mine.size(), theirs.size()).equals(mine);
      if (entity.gender().agrees(gender) && (tail || entity.name().agrees(name))) {
        return entity;
      }
    }
    return null;
  }

  /**
   * Makes somebody of a surname that stands with a title which no full name in the article can
   * bear: "Mr. Quill" where only Edna Quill is named in full.
   */
  private void gatherTitledNames() {
    Map<String, List<Entity>> known = new HashMap<>();
    for (Entity entity : all) {
      entity.settleName();
      for (String word : entity.name().words()) {
        known.computeIfAbsent(word, k -> new ArrayList<>()).add(entity);
      }
    }
    for (int m = 0; m < mentions.size(); m++) {
      Mention mention = mentions.get(m);
      if (mention.size() > 1 || mention.form() != Form.PERSON || mention.gender() == Gender.OPEN) {
        continue;
      }
      List<Entity> bearers =
          known.computeIfAbsent(words.folded(mention.from()), k -> new ArrayList<>());
      boolean borne =
          bearers.stream().anyMatch(e -> !e.isBody() && e.gender().agrees(mention.gender()));
      if (!borne) {
        Entity entity = new Entity(Form.PERSON, nameOf(m), printed(m));
        entity.setGender(mention.gender());
        all.add(entity);
        bearers.add(entity);
      }
      for (Entity bearer : bearers) {
        if (bearer.name().words().size() == 1 && bearer.gender() == mention.gender()) {
          lay(m, bearer);
        }
      }
    }
  }

  private void index() {
    for (Entity entity : all) {
      List<String> name = entity.name().words();
      if (name.size() > 1) {
        byLast.computeIfAbsent(entity.name().last(), k -> new ArrayList<>()).add(entity);
        for (int i = 0; i < name.size() - 1; i++) {
          if (name.get(i).length() > 1) {
            byOther.computeIfAbsent(name.get(i), k -> new ArrayList<>()).add(entity);
          }
        }
        if (entity.form() == Form.ORGANIZATION || entity.form() == Form.NAME) {
          byInitials.putIfAbsent(initials(name), entity);
        }
      } else if (entity.form() == Form.PERSON) {
        byLast.computeIfAbsent(entity.name().last(), k -> new ArrayList<>()).add(entity);
      }
      String last = entity.name().last();
      if (last.length() > 4 && last.charAt(2) == '-') {
        // "Baghdadi" for "al-Baghdadi".
        byOther.computeIfAbsent(last.substring(3), k -> new ArrayList<>()).add(entity);
      }
    }
  }

  private String initials(List<String> name) {
    StringBuilder initials = new StringBuilder();
    for (String word : name) {
      if ((lists.of(word) & WordLists.FUNCTION) == 0) {
        initials.append(word.charAt(0));
      }
    }
    return initials.toString();
  }

  private void layShortNames() {
    Map<String, Entity> singles = new HashMap<>();
    Set<String> trusted = trustedSingles();
    for (int m = 0; m < mentions.size(); m++) {
      Mention mention = mentions.get(m);
      if (mention.size() > 1 || (entityOf[m] != null && mention.form() == Form.PERSON)) {
        continue;
      }
      String word = words.folded(mention.from());
      if (mention.form() == Form.ORGANIZATION || mention.form() == Form.PLACE) {
        // An acronym, unless its long form or a person of that surname is here.
        Entity spelled = word.length() > 1 ? byInitials.get(word) : null;
        if (spelled == null && mention.form() == Form.ORGANIZATION) {
          spelled = best(byLast.get(word), mention);
        }
        if (spelled != null && spelled != entityOf[m]) {
          Entity old = entityOf[m];
          old.mentions().remove(mention);
          if (old.mentions().isEmpty()) {
            all.remove(old);
          }
          lay(m, spelled);
        }
        continue;
      }
      if (mention.form() == Form.SINGLE && nations.isOwnAdjective(word)) {
        continue;
      }
      Entity entity = best(byLast.get(word), mention);
      if (entity == null) {
        entity = best(byOther.get(word), mention);
        if (entity != null && entity.isBody() && !startsWith(entity, word)) {
          entity = null;
        }
      }
      if (entity == null && mention.form() == Form.SINGLE) {
        entity = byKey.get("o" + word);
      }
      if (entity == null) {
        entity = singles.get(word);
        boolean titled = mention.form() == Form.PERSON;
        if (entity == null && (titled || trusted.contains(word))) {
          entity = new Entity(mention.form(), nameOf(m), printed(m));
          singles.put(word, entity);
          all.add(entity);
        }
      }
      if (entity != null) {
        lay(m, entity);
      }
    }
    for (Entity entity : all) {
      entity.sortMentions();
    }
  }

  private static boolean startsWith(Entity entity, String word) {
    return entity.name().first().equals(word);
  }

  /** Single words written with a capital where no sentence opens: the capital means something. */
  private Set<String> trustedSingles() {
    Set<String> trusted = new HashSet<>();
    for (Mention mention : mentions) {
      if (mention.size() == 1
          && !words.isHeadline(mention.from())
          && (!words.opens(mention.from())
              || words.has(mention.from(), WordLists.GIVEN)
              || words.isLabel(mention.from())
              || roleStandsBehind(mention))) {
        trusted.add(words.folded(mention.from()));
      }
    }
    return trusted;
  }

  /** "Okonjo, the mayor of Vell, said": what opens the sentence is a name. */
  private boolean roleStandsBehind(Mention mention) {
    int i = mention.to();
    if (i + 1 >= words.size() || !words.isComma(i)) {
      return false;
    }
    i++;
    if (!words.has(i, WordLists.DETERMINER)) {
      return false;
    }
    for (int k = i + 1; k < words.size() && k < i + 8; k++) {
      if (words.sentence(k) != words.sentence(mention.from())
          || words.isPunctuation(k) && !words.isPossessive(k)
          || words.has(k, WordLists.FUNCTION)) {
        return false;
      }
      if (words.has(k, WordLists.ROLE) && words.isLower(k)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the likeliest of several bearers: the one most often named in full. */
  private Entity best(List<Entity> known, Mention mention) {
    Entity best = null;
    if (known != null) {
      for (Entity entity : known) {
        boolean fits =
            entity.gender().agrees(mention.gender())
                && !(entity.isBody() && mention.form() == Form.PERSON);
        if (fits && (best == null || better(entity, best, mention.from()))) {
          best = entity;
        }
      }
    }
    return best;
  }

  /**
   * Of two bearers of a surname the one is meant who is named in full much more often, else the one
   * of whom the talk is, else the one named in full more often.
   */
  private boolean better(Entity a, Entity b, int at) {
    if (a.isBody() != b.isBody()) {
      return b.isBody();
    }
    if (a.fullMentions() >= 3 * b.fullMentions() || b.fullMentions() >= 3 * a.fullMentions()) {
      return a.fullMentions() > b.fullMentions();
    }
    boolean activeA = isActive(a, at);
    boolean activeB = isActive(b, at);
    return activeA != activeB ? activeA : a.fullMentions() > b.fullMentions();
  }

  /** Returns whether a title introduced the entity and the talk has been of it since. */
  private boolean isActive(Entity entity, int at) {
    return entity.lastIntroduction(at) >= 0
        && words.sentence(at) - words.sentence(entity.lastMention(at)) <= 3;
  }

  private void lay(int m, Entity entity) {
    entityOf[m] = entity;
    Mention mention = mentions.get(m);
    entity.add(mention, printed(m), nameOf(m));
    if (entity.gender() == Gender.OPEN && canBePerson(mention)) {
      entity.setGender(entity.name().gender());
    }
    if (entity.form() == Form.SINGLE && words.has(mention.from(), WordLists.GIVEN)) {
      entity.setPerson();
      entity.setGender(WordLists.gender(words.bits(mention.from())));
    }
  }

  private Name nameOf(int m) {
    if (names[m] == null) {
      names[m] = nameOf(mentions.get(m));
    }
    return names[m];
  }

  private String printed(int m) {
    if (printed[m] == null) {
      printed[m] = printed(mentions.get(m));
    }
    return printed[m];
  }

  private Name nameOf(Mention mention) {
    List<String> folded = new ArrayList<>(mention.size());
    for (int i = mention.from(); i < mention.to(); i++) {
      String word = words.folded(i);
      if (!word.isEmpty() && !words.is(i, "the")) {
        folded.add(word);
      }
    }
    return folded.isEmpty() ? new Name(List.of("?")) : new Name(folded);
  }

  private String printed(Mention mention) {
    String printed = clean(words.text(mention.from(), mention.to()));
    boolean shouted =
        mention.form() == Form.PERSON
            || mention.form() == Form.NAME
            || (mention.form() == Form.SINGLE && words.isLabel(mention.from()));
    for (int i = mention.from(); i < mention.to() && shouted; i++) {
      shouted = words.isCapitals(i);
    }
    return shouted ? lowered(printed) : printed;
  }

  /** Writes a name that a transcript prints in capitals as others print it. */
  static String lowered(String name) {
    StringBuilder lowered = new StringBuilder(name.length());
    for (int i = 0; i < name.length(); i++) {
      boolean inside = i > 0 && Character.isLetter(name.charAt(i - 1));
      lowered.append(inside ? Character.toLowerCase(name.charAt(i)) : name.charAt(i));
    }
    return lowered.toString();
  }

  /** Returns {@code text} with single blanks and without a possessive at its end. */
  static String clean(String text) {
    return isClean(text) ? text : cleaned(text);
  }

  /** Most names are printed as they are wanted. */
  private static boolean isClean(String text) {
    int length = text.length();
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 0x80 || (c == ' ' ? i == 0 || text.charAt(i - 1) == ' ' : c < ' ')) {
        return false;
      }
    }
    return length > 0
        && text.charAt(length - 1) != ' '
        && !(text.charAt(length - 1) == 's' && length > 2 && text.charAt(length - 2) == '\'');
  }

  private static String cleaned(String text) {
    StringBuilder joined = new StringBuilder(text.length());
    boolean gap = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (Character.isWhitespace(c)) {
        gap = !joined.isEmpty();
      } else {
        if (gap) {
          joined.append(' ');
          gap = false;
        }
        joined.append(c);
      }
    }
    int end = joined.length();
    boolean possessive =
        end > 2
            && joined.charAt(end - 1) == 's'
            && (joined.charAt(end - 2) == '\'' || joined.charAt(end - 2) == '’');
    return possessive ? joined.substring(0, end - 2) : joined.toString();
  }
}
