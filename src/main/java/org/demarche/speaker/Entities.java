package org.demarche.speaker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.demarche.speaker.Entity.Role;
import org.demarche.speaker.Mention.Form;

/** Everybody and everything that one article names, with each mention laid to whom it means. */
final class Entities {

  /** Roles are read at most so many words before or behind a name. */
  private static final int REACH = 14;

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
    this.nations = new Nations(words, directory.countries());
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
    entities.tellThings();
    entities.gatherRoles();
    entities.gatherNations();
    entities.recognize(directory);
    entities.tellGender();
    return entities;
  }

  List<Entity> all() {
    return all;
  }

  /** Returns the countries that the article speaks of. */
  Nations nations() {
    return nations;
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
    return entity;
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

  /**
   * Tells names of countries and of things from those of people: whatever the article calls by
   * "the" only, as in "the Compact" and "the Two Sisters", is nobody.
   */
  private void tellThings() {
    for (Entity entity : all) {
      boolean open = entity.form() == Form.NAME || entity.form() == Form.SINGLE;
      if (!open
          || entity.gender() != Gender.OPEN
          || (lists.of(entity.name().first()) & WordLists.GIVEN) != 0) {
        continue;
      }
      if (entity.form() == Form.SINGLE && nations.isOwnName(entity.name().folded())) {
        entity.setPlace();
      } else if (isCalledByThe(entity)) {
        if (isPlural(entity.name().last())) {
          entity.setGroup();
        } else {
          entity.setBody();
        }
      }
    }
  }

  private static boolean isPlural(String word) {
    return word.length() > 3 && word.endsWith("s") && !word.endsWith("ss");
  }

  private boolean isCalledByThe(Entity entity) {
    boolean alone = false;
    for (Mention mention : entity.mentions()) {
      int before = mention.from() - 1;
      if (words.isHeadline(mention.from()) || words.isLabel(mention.from())) {
        continue;
      }
      while (before >= 0 && words.isUpper(before) && !words.is(before, "the")) {
        before--;
      }
      if (before < 0 || !words.is(before, "the") || !words.adjacent(before, mention.from())) {
        return false;
      }
      int behind = mention.to();
      alone |=
          behind >= words.size()
              || !words.adjacent(behind, mention.from())
              || words.isPunctuation(behind)
              || words.has(behind, WordLists.FUNCTION);
    }
    return alone;
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

  private void gatherRoles() {
    for (int m = 0; m < mentions.size(); m++) {
      Mention mention = mentions.get(m);
      Entity entity = entityOf[m];
      if (entity == null || words.isHeadline(mention.from())) {
        continue;
      }
      if (entity.form() != Form.PERSON) {
        sort(mention, entity);
      }
      if (entity.isBody()) {
        continue;
      }
      rolesBefore(mention, entity);
      roleBehind(mention, entity);
    }
  }

  /** Reads "the daily Vell Courier newspaper" and "Vell Courier, a newspaper that". */
  private void sort(Mention mention, Entity entity) {
    int before = mention.from() - 1;
    if (before > 0 && words.isComma(before)) {
      before--;
    }
    if (before >= 0
        && words.sentence(before) == words.sentence(mention.from())
        && words.isLower(before)
        && words.has(before, WordLists.SORT)) {
      entity.addSort(words.folded(before));
      return;
    }
    int limit = Math.min(words.size(), mention.to() + 8);
    boolean apposition =
        mention.to() + 1 < limit
            && words.isComma(mention.to())
            && words.has(mention.to() + 1, WordLists.DETERMINER);
    for (int i = apposition ? mention.to() + 1 : mention.to();
        i < limit && words.sentence(i) == words.sentence(mention.from());
        i++) {
      if (words.isLower(i) && words.has(i, WordLists.SORT)) {
        if (i + 1 < words.size() && words.isLower(i + 1) && words.has(i + 1, WordLists.ROLE)) {
          // "Okonjo, the union president": the noun says what she presides over.
          return;
        }
        entity.addSort(words.folded(i));
        return;
      }
      boolean goesOn =
          words.isLower(i)
              && (!words.has(i, WordLists.FUNCTION) || words.has(i, WordLists.DETERMINER))
              && !words.has(i, WordLists.ROLE);
      if (!goesOn || (!apposition && i > mention.to() + 1)) {
        return;
      }
    }
  }

  /** Tells to which countries people belong, by their roles and by "of Velland" behind the name. */
  private void gatherNations() {
    for (Entity entity : all) {
      if (entity.isBody()) {
        continue;
      }
      for (Role role : entity.roles()) {
        for (String modifier : role.modifiers()) {
          entity.addNation(nations.of(modifier));
        }
        if (role.affiliation() != null) {
          entity.addNation(nations.of(role.affiliation().toLowerCase(Locale.ROOT)));
        }
      }
      for (Mention mention : entity.mentions()) {
        int of = mention.to();
        if (of + 1 < words.size() && words.is(of, "of") && words.adjacent(of, of + 1)) {
          entity.addNation(nations.of(words.folded(of + 1)));
        }
      }
    }
  }

  /** Adds what the user knows of those whom the article names. */
  private void recognize(SpeakerDirectory directory) {
    if (directory.speakers().isEmpty()) {
      return;
    }
    for (Entity entity : all) {
      KnownSpeaker known = entity.isBody() ? null : directory.find(entity.printed()).orElse(null);
      if (known == null || known.kind() != SpeakerKind.PERSON) {
        continue;
      }
      entity.setPerson();
      if (known.country() != null) {
        String folded = Name.fold(known.country());
        String nation = nations.of(folded);
        entity.addNation(nation == null ? folded : nation);
      }
      Role role = role(known.role());
      if (role != null) {
        entity.add(role, Gender.OPEN);
      }
    }
  }

  /** Reads a role as the user wrote it: "foreign minister", "spokesman, Foreign Ministry". */
  private Role role(String written) {
    if (written == null) {
      return null;
    }
    Set<String> modifiers = new HashSet<>();
    String head = null;
    String before = "";
    for (String piece : written.split("[\\s,]+")) {
      String word = Name.fold(piece);
      String compound = lists.role(before, word);
      String role = compound == null ? lists.role(word) : compound;
      if (role != null && (head == null || modifiers.isEmpty() || compound != null)) {
        head = role;
      } else if (!word.isEmpty() && (lists.of(word) & WordLists.FUNCTION) == 0) {
        modifiers.add(word);
      }
      before = word;
    }
    return head == null ? null : new Role(head, modifiers, written, null);
  }

  private void rolesBefore(Mention mention, Entity entity) {
    int end = mention.from();
    while (end > mention.outerFrom() && isAddress(end - 1)) {
      end--;
    }
    int last = end - 1;
    boolean apposition = false;
    if (last >= 1 && words.isComma(last) && words.sentence(last) == words.sentence(end)) {
      // "the defence minister, Maria Okonjo, said": only where the name is set off on both sides.
      if (mention.to() >= words.size()
          || !words.isPunctuation(mention.to())
          || mention.size() < 2) {
        return;
      }
      last--;
      apposition = true;
    }
    if (last < 0
        || words.sentence(last) != words.sentence(end)
        || !words.has(last, WordLists.ROLE)) {
      return;
    }
    int from = last;
    while (from > 0 && last - from < REACH && isDescriptive(from - 1, from)) {
      from--;
    }
    boolean determined = from > 0 && words.has(from - 1, WordLists.DETERMINER);
    if (apposition && !determined && !words.isUpper(from)) {
      return;
    }
    addRole(entity, from, last + 1);
  }

  /** "Mr" and "Sister" before a name say nothing about what somebody does. */
  private boolean isAddress(int i) {
    if (!words.has(i, WordLists.TITLE)) {
      return false;
    }
    String role = lists.role(words.folded(i));
    return role == null || role.equals("father") || role.equals("sister") || role.equals("brother");
  }

  private boolean isDescriptive(int i, int next) {
    if (words.sentence(i) != words.sentence(next)) {
      return false;
    }
    if (words.isPunctuation(i)) {
      return words.isPossessive(i) || words.first(i) == '-';
    }
    if (words.isPossessive(i)) {
      return true;
    }
    int bits = words.bits(i);
    if (words.isUpper(next) && words.isLower(i)) {
      // "brought Senator Okonjo": only "former" and the like go before a title.
      return (bits & WordLists.MODIFIER) != 0;
    }
    if (words.is(i, "and")) {
      return i > 0 && words.has(i - 1, WordLists.ROLE) && words.has(next, WordLists.ROLE);
    }
    return (bits & (WordLists.FUNCTION | WordLists.CALENDAR)) == 0;
  }

  /** Reads ", 48, the mayor of Vell," and ", WHO's director of communications" behind a name. */
  private void roleBehind(Mention mention, Entity entity) {
    int i = mention.to();
    if (i + 1 >= words.size() || !words.isComma(i) || words.sentence(i) != words.sentence(i - 1)) {
      return;
    }
    i++;
    if (words.isNumber(i) && i + 2 < words.size() && words.isComma(i + 1)) {
      i += 2;
    }
    if (words.is(i, "who")
        && i + 2 < words.size()
        && (words.is(i + 1, "is") || words.is(i + 1, "was"))) {
      i += 2;
    }
    int from = words.has(i, WordLists.DETERMINER) ? i + 1 : i;
    int limit = Math.min(words.size(), from + REACH);
    int head = -1;
    for (int k = from; k < limit && words.sentence(k) == words.sentence(from); k++) {
      if (words.isComma(k) || words.has(k, WordLists.PREPOSITION) || words.is(k, "who")) {
        break;
      }
      if (words.isPunctuation(k) && !words.isPossessive(k)) {
        break;
      }
      if (words.has(k, WordLists.FUNCTION) && !words.is(k, "and")) {
        break;
      }
      Entity named = entity(k);
      if (named != null && !named.isBody() && named.form() == Form.PERSON && from == i) {
        // "Okonjo, Mayor Dray said": a list, not an apposition.
        return;
      }
      if (words.has(k, WordLists.ROLE)) {
        head = k;
      }
    }
    if (head >= 0 && (from > i || words.isLower(head) || head > from)) {
      int to = head + 1;
      while (to < limit
          && words.sentence(to) == words.sentence(head)
          && (!words.isPunctuation(to) || words.isPossessive(to))
          && !words.is(to, "who")
          && (words.is(to, "of")
              || words.is(to, "for")
              || words.is(to, "at")
              || words.is(to - 1, "of")
              || words.is(to - 1, "for")
              || words.is(to - 1, "at")
              || words.is(to, "the")
              || words.isUpper(to)
              || words.isPossessive(to)
              || (words.is(to - 1, "the")))) {
        to++;
      }
      addRole(entity, from, to, head);
    }
  }

  private void addRole(Entity entity, int from, int to) {
    addRole(entity, from, to, to - 1);
  }

  private void addRole(Entity entity, int from, int to, int head) {
    String role = roleHead(head);
    if (role == null) {
      return;
    }
    Set<String> modifiers = new HashSet<>();
    String affiliation = null;
    int end = to;
    for (int i = from; i < to; i++) {
      String folded = words.folded(i);
      if (i != head && !folded.isEmpty() && !words.has(i, WordLists.FUNCTION)) {
        modifiers.add(folded);
      }
      Entity named = entity(i);
      if (named != null && named.isBody()) {
        affiliation = named.printed();
        if (i > head && named.form() == Form.ORGANIZATION && mention(i).to() >= to) {
          // "economist at the School of Trade": the school is told apart from what she is.
          end = head + 1;
        }
      } else if (affiliation == null && lists.country(folded) != null && words.isUpper(i)) {
        affiliation = lists.country(folded);
      }
    }
    // "Velland's foreign minister": whose minister is told apart from what she is.
    int start = from;
    for (int i = from + 1; i < head; i++) {
      Entity owner = entity(i - 1);
      boolean owned = words.isPossessive(i) && words.isUpper(i - 1);
      if (owned && (owner == null || owner.form() != Form.PERSON)) {
        affiliation = owner == null ? clean(words.text(from, i)) : owner.printed();
        start = i + 1;
      }
    }
    String printedRole = clean(words.text(start, Math.max(end, start + 1)));
    entity.add(
        new Role(role, modifiers, printedRole, affiliation), WordLists.gender(words.bits(head)));
    // More than one role can stand there: "founder and chief executive".
    for (int i = from; i < head; i++) {
      if (words.has(i, WordLists.ROLE) && i + 1 < to && words.is(i + 1, "and")) {
        String other = roleHead(i);
        if (other != null) {
          entity.add(new Role(other, modifiers, printedRole, affiliation), Gender.OPEN);
        }
      }
    }
    if (entity.form() == Form.NAME || entity.form() == Form.SINGLE) {
      entity.setPerson();
    }
  }

  /** Returns the shared form of the role at word {@code i}, or null if it is none. */
  String roleHead(int i) {
    String word = words.folded(i);
    if (i > 0) {
      String compound = lists.role(words.folded(i - 1), word);
      if (compound != null) {
        return compound;
      }
    }
    return lists.role(word);
  }

  /**
   * Tells the gender of those whose name leaves it open by the pronouns behind them: where nobody
   * else is named in between, "he" and "she" vote; and "its" makes a body of a name that nothing
   * shows to be a person's.
   */
  private void tellGender() {
    Map<Entity, int[]> votes = new HashMap<>();
    Entity last = null;
    int lastSentence = -1;
    boolean alone = false;
    for (int i = 0; i < words.size(); i++) {
      Entity entity = entity(i);
      if (entity != null && !words.isHeadline(i)) {
        if (entity.canBePerson()) {
          if (entity != last) {
            alone = last == null || words.sentence(i) > lastSentence;
          }
          last = entity;
          lastSentence = words.sentence(i);
        }
        continue;
      }
      if (last == null || !alone || words.sentence(i) > lastSentence + 1 || words.length(i) > 3) {
        continue;
      }
      int vote =
          words.is(i, "he") || words.is(i, "his") || words.is(i, "him")
              ? 1
              : words.is(i, "she") || words.is(i, "her") ? -1 : 0;
      boolean its = vote == 0 && words.is(i, "its") && words.sentence(i) == lastSentence;
      if ((vote != 0 || its) && last.gender() == Gender.OPEN) {
        int[] count = votes.computeIfAbsent(last, k -> new int[3]);
        count[its ? 2 : vote > 0 ? 0 : 1]++;
      }
    }
    votes.forEach(
        (entity, count) -> {
          if (count[2] > count[0] + count[1] && entity.form() != Form.PERSON) {
            entity.setBody();
          } else if (count[0] >= 2 * count[1] && count[0] > 0) {
            entity.setGender(Gender.MALE);
          } else if (count[1] >= 2 * count[0] && count[1] > 0) {
            entity.setGender(Gender.FEMALE);
          }
        });
  }
}
