package org.demarche.speaker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.demarche.speaker.Mention.Form;

/** Everybody and everything that one article names, with each mention laid to whom it means. */
final class Entities {

  /** More people of one surname, or more bodies of one word, are in no article worth the search. */
  private static final int MOST_BEARERS = 200;

  private static final TreeMap<Integer, Entity> NOWHERE = new TreeMap<>();

  private final Words words;
  private final WordLists lists = WordLists.bundled();
  private final Map<String, Entity> byKey = new LinkedHashMap<>();
  private final Map<String, List<Entity>> byLast = new HashMap<>();
  private final Map<String, List<Entity>> byOther = new HashMap<>();
  private final Map<String, Entity> byInitials = new HashMap<>();
  private final Map<String, List<Entity>> byForm = new HashMap<>();
  private final Set<Entity> all = new LinkedHashSet<>();
  private final List<Mention> mentions;
  private final Entity[] entityOf;
  private final Name[] names;
  private final String[] printed;
  private final int[] mentionAt;
  private final Nations nations;
  private int made;

  /** Mentions of one word that mean nobody so far, by that word; made when first asked for. */
  private Map<String, List<Integer>> nobodys;

  /** Where bodies are named, by the words of their names and sorts; made when first asked for. */
  private Map<String, TreeMap<Integer, Entity>> bodies;

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
    KindFinder kinds = new KindFinder(words, entities);
    kinds.tellThings();
    Roles roles = new Roles(words, entities);
    roles.gatherRoles();
    roles.gatherNations();
    roles.recognize(directory);
    kinds.tellGender();
    return entities;
  }

  /** Returns everybody and everything named, in the order in which it was gathered. */
  Collection<Entity> all() {
    return all;
  }

  private Entity gather(Form form, Name name, String printed) {
    Entity entity = new Entity(made++, form, name, printed);
    all.add(entity);
    return entity;
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
    Entity entity = gather(mention.form(), nameOf(mention), printed(mention));
    if (nobodys == null) {
      nobodys = new HashMap<>();
      for (int m = 0; m < mentions.size(); m++) {
        if (entityOf[m] == null && mentions.get(m).size() == 1) {
          nobodys.computeIfAbsent(nameOf(m).folded(), k -> new ArrayList<>()).add(m);
        }
      }
    }
    List<Integer> same = nobodys.remove(entity.name().folded());
    if (same != null) {
      same.forEach(m -> lay(m, entity));
    }
    tellNation(entity);
    if (bodies != null && entity.isBody()) {
      addBody(entity);
    }
    return entity;
  }

  /** Returns where bodies are named that have {@code word} in their name or are of that sort. */
  NavigableMap<Integer, Entity> bodiesCalled(String word) {
    if (bodies == null) {
      bodies = new HashMap<>();
      all.stream().filter(Entity::isBody).forEach(this::addBody);
    }
    return bodies.getOrDefault(word, NOWHERE);
  }

  private void addBody(Entity body) {
    Set<String> words = new HashSet<>(body.name().words());
    words.addAll(body.sorts());
    for (String word : words) {
      TreeMap<Integer, Entity> places = bodies.computeIfAbsent(word, k -> new TreeMap<>());
      body.mentions().forEach(mention -> places.put(mention.from(), body));
    }
  }

  /** Returns the number of mentions that start before word {@code at}. */
  int mentionsBefore(int at) {
    int low = 0;
    int high = mentions.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (mentions.get(middle).from() < at) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
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
        entity = fuller(name, mention.gender());
      }
      if (entity == null) {
        entity = gather(mention.form(), name, printed(m));
        if (canBePerson(mention)) {
          addForms(entity);
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
  private Entity fuller(Name name, Gender gender) {
    String first = name.first();
    String initial = first.substring(0, 1);
    List<String> forms = new ArrayList<>(List.of(name.folded(), ends(first, name)));
    if (first.length() == 1) {
      forms.add(ends(initial + ".", name));
    } else {
      forms.add(ends(initial, name));
    }
    Entity fuller = null;
    for (String form : forms) {
      for (Entity entity : byForm.getOrDefault(form, List.of())) {
        if (fuller != null && fuller.number() < entity.number()) {
          break;
        }
        if (entity.gender().agrees(gender)
            && (hasTail(entity.name(), name) || entity.name().agrees(name))) {
          fuller = entity;
          break;
        }
      }
    }
    return fuller;
  }

  private static boolean hasTail(Name longer, Name name) {
    List<String> theirs = longer.words();
    List<String> mine = name.words();
    return theirs.size() > mine.size()
        && theirs.subList(theirs.size() - mine.size(), theirs.size()).equals(mine);
  }

  /** Notes the forms by which {@link #fuller} finds somebody: tails, and both ends of the name. */
  private void addForms(Entity entity) {
    Name name = entity.name();
    int size = name.words().size();
    Set<String> forms = new LinkedHashSet<>();
    for (int i = 1; i < size; i++) {
      forms.add(String.join(" ", name.words().subList(i, size)));
    }
    forms.add(ends(name.first(), name));
    forms.add(ends(name.first().charAt(0) + ".", name));
    for (String form : forms) {
      byForm.computeIfAbsent(form, k -> new ArrayList<>(1)).add(entity);
    }
  }

  /** Returns what two names of one person share; the dots part it from a tail. */
  private static String ends(String first, Name name) {
    return first + " … " + name.last();
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
    Map<String, List<Entity>> titled = new HashMap<>();
    for (int m = 0; m < mentions.size(); m++) {
      Mention mention = mentions.get(m);
      Gender gender = mention.gender();
      if (mention.size() > 1 || mention.form() != Form.PERSON || gender == Gender.OPEN) {
        continue;
      }
      String word = words.folded(mention.from());
      List<Entity> bearers = titled.get(gender + word);
      if (bearers == null) {
        List<Entity> all = known.getOrDefault(word, List.of());
        bearers = new ArrayList<>();
        for (Entity entity : all) {
          if (entity.name().words().size() == 1 && entity.gender() == gender) {
            bearers.add(entity);
          }
        }
        if (all.stream().noneMatch(e -> !e.isBody() && e.gender().agrees(gender))) {
          Entity entity = gather(Form.PERSON, nameOf(m), printed(m));
          entity.setGender(gender);
          bearers.add(entity);
        }
        titled.put(gender + word, bearers);
      }
      for (Entity bearer : bearers) {
        lay(m, bearer);
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
          old.remove(mention);
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
          entity = gather(mention.form(), nameOf(m), printed(m));
          singles.put(word, entity);
        }
      }
      if (entity != null) {
        lay(m, entity);
      }
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
      for (Entity entity : known.subList(0, Math.min(known.size(), MOST_BEARERS))) {
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
