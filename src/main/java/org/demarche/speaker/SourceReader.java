package org.demarche.speaker;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.demarche.attribution.Kind;
import org.demarche.attribution.Statement;
import org.demarche.speaker.Entity.Role;
import org.demarche.text.Span;

/**
 * Reads sources in the order of the article and remembers who spoke, so that pronouns and
 * descriptions can lean on it.
 */
final class SourceReader {

  /** Pronouns and descriptions mean nobody farther back than so many sentences. */
  private static final int SENTENCES_BACK = 8;

  /** How the plurals of those who do something end. */
  private static final List<String> PEOPLE_IN_PLURAL =
      List.of("ers", "ors", "ists", "ants", "ents", "ians", "ees", "ies", "ives", "ates", "ains");

  /** A joint subject and a plural pronoun are joined so. */
  private static final String JOINT = "; ";

  /**
   * Somebody credited before.
   *
   * @param at word at which the source stood
   * @param speaker who was credited
   * @param entity the same as an entity of the article, or null for those without a name
   * @param head shared form of the role in the source, or null
   * @param plural whether "they" can mean this speaker
   */
  private record Credit(int at, Speaker speaker, Entity entity, String head, boolean plural) {}

  private final Words words;
  private final Entities entities;
  private final List<Credit> credits = new ArrayList<>();
  private final Set<Entity> credited = new HashSet<>();

  /** Those whom the statement at hand names in the third person: none of them makes it. */
  private final Set<Entity> spokenOf = new HashSet<>();

  SourceReader(Words words, Entities entities) {
    this.words = words;
    this.entities = entities;
  }

  /** Returns who is credited with {@code statement}. */
  Speaker read(Statement statement) {
    Span source = statement.source();
    if (source == null) {
      return Speaker.UNKNOWN;
    }
    int from = words.at(source.start());
    int to = words.at(source.end());
    if (from > 0 && words.end(from - 1) > source.start()) {
      from--;
    }
    while (from < to && isEdge(from)) {
      from++;
    }
    while (to > from && words.isPunctuation(to - 1) && !words.isPossessive(to - 1)) {
      to--;
    }
    if (to > from + 1 && words.isPossessive(to - 1)) {
      to--;
    }
    if (from >= to) {
      return Speaker.UNKNOWN;
    }
    gatherSpokenOf(statement, to);
    boolean label =
        to < words.size()
            && words.first(to) == ':'
            && (words.isLabel(to - 1) || to - from == 1 && words.length(from) == 1);
    Credit credit = label ? label(from, to) : phrase(from, to);
    if (credit.speaker().kind() != SpeakerKind.UNKNOWN) {
      credits.add(credit);
      if (credit.entity() != null) {
        credited.add(credit.entity());
      }
    }
    return credit.speaker();
  }

  /**
   * Gathers whom the content names: its speaker would say "I". What is reported before its source
   * ("Okonjo would go, she said") can name the speaker, if it is no quotation.
   */
  private void gatherSpokenOf(Statement statement, int sourceEnd) {
    spokenOf.clear();
    boolean direct = statement.kind() == Kind.DIRECT;
    for (Span span : statement.content()) {
      int end = words.at(span.end());
      for (int i = words.at(span.start()); i < end; i++) {
        Entity entity = entities.entity(i);
        if (entity != null && !entity.isBody() && (words.isQuoted(i) || !direct && i > sourceEnd)) {
          spokenOf.add(entity);
        }
      }
    }
  }

  /** "MOOR:" in a transcript; whoever asks for the paper ("Q", "GAZETTE") is no speaker. */
  private Credit label(int from, int to) {
    if (words.length(from) == 1 || words.is(from, "question") || words.is(from, "answer")) {
      return unknown(from);
    }
    Entity named = head(from, to);
    if (named != null) {
      return named.isBody() ? unknown(from) : credit(from, named);
    }
    int start = words.is(from, "the") && to - from > 1 ? from + 1 : from;
    String called = Entities.lowered(Entities.clean(words.text(start, to)));
    Speaker speaker = new Speaker(SpeakerKind.UNNAMED, called, null, null, List.of());
    return new Credit(from, speaker, null, words.folded(to - 1), false);
  }

  private boolean isEdge(int i) {
    return words.isPunctuation(i)
        || words.has(i, WordLists.PREPOSITION) && words.isLower(i)
        || words.is(i, "according");
  }

  private Credit phrase(int first, int to) {
    // "which Ardents call the shoal": the speaker is behind the pronoun.
    boolean relative = to - first > 1 && words.is(first, "which") && isNoun(first + 1);
    int from = relative ? first + 1 : first;
    if (to - from == 1) {
      Credit pronoun = pronoun(from, to);
      if (pronoun != null) {
        return pronoun;
      }
    }
    Credit joint = joint(from, to);
    if (joint != null) {
      return joint;
    }
    Entity named = head(from, to);
    if (named == null) {
      named = apposition(from, to);
    }
    return named == null ? description(from, to) : credit(from, named);
  }

  private boolean isNoun(int i) {
    return words.isUpper(i) || (words.isLower(i) && looksPlural(i));
  }

  private Credit credit(int at, Entity entity) {
    return new Credit(at, entity.speaker(), entity, null, entity.isBody());
  }

  private Credit unknown(int at) {
    return new Credit(at, Speaker.UNKNOWN, null, null, false);
  }

  // Names

  /** Returns whom a named phrase means, where the name is its head and not a part of it. */
  private Entity head(int from, int to) {
    Entity body = null;
    Entity person = null;
    boolean appositionOpen = false;
    for (int i = from; i < to; i++) {
      Mention mention = entities.mention(i);
      if (mention == null || mention.from() != i && i != from) {
        continue;
      }
      Entity entity = entity(i, from, to, mention);
      if (entity == null) {
        i = Math.max(i, mention.to() - 1);
        continue;
      }
      int end = Math.min(mention.to(), to);
      boolean sorted = entity.form() != Mention.Form.PERSON && sortFollows(end, to);
      if (sorted || standsAsHead(from, to, Math.max(from, mention.outerFrom()), end)) {
        if (!entity.isBody()) {
          if (person == null) {
            person = entity;
          }
        } else if (body == null && person == null) {
          body = entity;
          appositionOpen = end < to && words.isComma(end);
        } else if (appositionOpen && body != null && body.form() == Mention.Form.PLACE) {
          body = entity;
        }
      }
      i = end - 1;
    }
    return person != null ? person : body;
  }

  /** "Okonjo, [the mayor of Vell]," and "[the mayor of Vell], Maria Okonjo," or null. */
  private Entity apposition(int from, int to) {
    boolean opens = words.has(from, WordLists.DETERMINER) || words.isNumber(from);
    if (!opens || words.is(from, "his") || words.is(from, "her")) {
      return null;
    }
    if (from >= 2 && words.isComma(from - 1) && words.sentence(from - 2) == words.sentence(from)) {
      Entity before = entities.entity(from - 2);
      if (before != null && isPersonal(before) && to < words.size() && words.isPunctuation(to)) {
        return before;
      }
    }
    if (to + 1 < words.size() && words.isComma(to) && words.has(to - 1, WordLists.ROLE)) {
      Mention behind = entities.mention(to + 1);
      Entity named = entities.entity(to + 1);
      if (named != null
          && !named.isBody()
          && behind.to() < words.size()
          && words.isPunctuation(behind.to())) {
        return named;
      }
    }
    return null;
  }

  /** A single word at the opening of a sentence is a name at last when it is a source. */
  private Entity entity(int i, int from, int to, Mention mention) {
    Entity entity = entities.entity(i);
    if (entity != null) {
      return entity;
    }
    boolean whole = from == mention.outerFrom() && to == mention.to();
    if (!whole || mention.size() > 1 || looksPlural(i)) {
      return null;
    }
    int bits = words.bits(i);
    if ((bits
            & (WordLists.GROUP
                | WordLists.ROLE
                | WordLists.BODY_NOUN
                | WordLists.DOCUMENT
                | WordLists.NATIONALITY))
        != 0) {
      return null;
    }
    return entities.name(mention);
  }

  private boolean looksPlural(int i) {
    String folded = words.folded(i);
    if (folded.length() <= 3 || !folded.endsWith("s") || folded.endsWith("ss")) {
      return false;
    }
    // "Lopes" opens a sentence as "Skippers" does: the plural is known, or ends as those of doers.
    return !words.isUpper(i)
        || words.isHeadline(i)
        || words.bits(i) != 0
        || PEOPLE_IN_PLURAL.stream().anyMatch(folded::endsWith)
        || words.hasLower(folded);
  }

  private boolean standsAsHead(int from, int to, int start, int end) {
    // What goes before: nothing, or words that describe the name.
    if (start > from) {
      int before = start - 1;
      if (words.has(before, WordLists.PREPOSITION) && words.isLower(before)) {
        return false;
      }
      for (int i = from; i < start; i++) {
        if (words.is(i, "who") || words.is(i, "which") || words.is(i, "that")) {
          return false;
        }
        if (words.has(i, WordLists.PREPOSITION)
            && words.isLower(i)
            && !commaBetween(i, start)
            && !isTitleWithPreposition(from, i, start)) {
          return false;
        }
      }
    }
    if (end >= to) {
      return true;
    }
    if (words.isPossessive(end)) {
      // "Okonjo's" alone means her; "Okonjo's letter" speaks for her; her aide is somebody else.
      return end + 1 >= to || words.isPunctuation(end + 1) || documentFollows(end + 1, to);
    }
    if (words.isPunctuation(end)) {
      return words.first(end) != '-' && words.first(end) != '/';
    }
    int bits = words.bits(end);
    return (bits & WordLists.PREPOSITION) != 0
        || words.is(end, "who")
        || words.is(end, "whose")
        || words.is(end, "which")
        || words.is(end, "that")
        || words.is(end, "and")
        || words.is(end, "himself")
        || words.is(end, "herself")
        || words.is(end, "itself")
        || words.has(end, WordLists.FUNCTION)
        || documentFollows(end, to);
  }

  /** "chief of defence staff Alma Quill": a role without article that runs up to the name. */
  private boolean isTitleWithPreposition(int from, int preposition, int start) {
    if (words.has(from, WordLists.DETERMINER) || !words.has(preposition - 1, WordLists.ROLE)) {
      return false;
    }
    for (int i = preposition + 1; i < start; i++) {
      if (!words.isLower(i) || words.has(i, WordLists.ROLE | WordLists.FUNCTION)) {
        return false;
      }
    }
    return start > preposition + 1;
  }

  /** "the Vell Courier newspaper": the noun behind only says what sort of body the name is. */
  private boolean sortFollows(int from, int to) {
    int head = from < to && words.isLower(from) ? nounAt(from, to) : -1;
    return head >= 0 && head - from <= 1 && words.has(head, WordLists.SORT);
  }

  private boolean commaBetween(int from, int to) {
    for (int i = from; i < to; i++) {
      if (words.isComma(i)) {
        return true;
      }
    }
    return false;
  }

  private boolean documentFollows(int from, int to) {
    int head = nounAt(from, to);
    return head >= 0 && words.has(head, WordLists.DOCUMENT);
  }

  /** Returns the head of the noun phrase that opens at {@code from}: its last word, or -1. */
  private int nounAt(int from, int to) {
    int head = -1;
    for (int i = from; i < to; i++) {
      if (words.isPossessive(i)) {
        head = -1;
        continue;
      }
      if (words.isPunctuation(i) && words.first(i) != '-') {
        if (head >= 0 || words.isComma(i)) {
          break;
        }
        continue;
      }
      int bits = words.bits(i);
      if (words.isLower(i) && (bits & WordLists.PREPOSITION) != 0
          || words.is(i, "who")
          || words.is(i, "that")
          || words.is(i, "which")) {
        break;
      }
      if ((bits & (WordLists.ROLE | WordLists.GROUP | WordLists.BODY_NOUN | WordLists.DOCUMENT))
              == 0
          && head >= 0
          && words.isLower(i)
          && words.has(head, WordLists.DOCUMENT | WordLists.GROUP)
          && !looksPlural(i)) {
        // "a report released last week": the noun is behind us.
        break;
      }
      head = i;
    }
    return head;
  }

  // Joint subjects

  private Credit joint(int from, int to) {
    int and = -1;
    for (int i = from + 1; i < to - 1; i++) {
      if (words.is(i, "and") && entities.mention(i) == null) {
        if (isMember(i + 1, to) && entities.mention(i) == null) {
          and = i;
        }
        break;
      }
    }
    if (and < 0) {
      return null;
    }
    List<Speaker> members = new ArrayList<>();
    Entity first = null;
    int start = from;
    for (int i = from; i <= and; i++) {
      if (i == and || words.isComma(i)) {
        Entity member = start < i ? head(start, i) : null;
        if (member == null && members.isEmpty()) {
          return null;
        }
        if (member != null && members.stream().noneMatch(member.speaker()::equals)) {
          members.add(member.speaker());
          first = first == null ? member : first;
        }
        start = i + 1;
      }
    }
    Entity last = head(and + 1, to);
    if (last == null) {
      return null;
    }
    if (last == first) {
      return null;
    }
    members.add(last.speaker());
    if (members.size() < 2) {
      return null;
    }
    String name = members.stream().map(Speaker::name).distinct().collect(Collectors.joining(JOINT));
    Speaker group = new Speaker(SpeakerKind.GROUP, name, null, null, List.of());
    return new Credit(from, group, null, null, true);
  }

  /**
   * Returns whether what follows "and" is somebody named, and no second role of the same person.
   */
  private boolean isMember(int from, int to) {
    int i = from;
    while (i < to
        && entities.mention(i) == null
        && !words.isPunctuation(i)
        && !words.has(i, WordLists.PREPOSITION)) {
      i++;
    }
    if (i >= to || entities.mention(i) == null) {
      return false;
    }
    return head(from, to) != null;
  }

  // Pronouns

  private Credit pronoun(int at, int to) {
    String word = words.folded(at);
    if (words.isCapitals(at) && words.length(at) > 1 && !words.isHeadline(at)) {
      return null;
    }
    if (isQuantity(at)) {
      return new Credit(at, described(SpeakerKind.GROUP, at, to), null, null, true);
    }
    return switch (word) {
      case "he", "his", "him", "himself" -> person(at, Gender.MALE);
      case "she", "her", "hers", "herself" -> person(at, Gender.FEMALE);
      case "they", "their", "them", "both" -> plural(at);
      case "it", "its", "itself" -> body(at);
      case "who", "that", "which", "whom", "whose" -> relative(at);
      case "i", "we", "my", "our", "me", "us" -> speaking(at);
      case "you", "your" -> unknown(at);
      default -> null;
    };
  }

  /** "I" and "we" inside a quotation are whoever the quotation is credited to. */
  private Credit speaking(int at) {
    if (words.isQuoted(at) && !credits.isEmpty()) {
      Credit last = credits.get(credits.size() - 1);
      if (words.sentence(at) - words.sentence(last.at()) <= 2) {
        return new Credit(at, last.speaker(), last.entity(), last.head(), last.plural());
      }
    }
    return unknown(at);
  }

  private Credit plural(int at) {
    for (int c = credits.size() - 1; c >= 0; c--) {
      Credit credit = credits.get(c);
      if (words.sentence(at) - words.sentence(credit.at()) > 5) {
        break;
      }
      boolean place = credit.entity() != null && credit.entity().form() == Mention.Form.PLACE;
      if (credit.plural() && !place) {
        return new Credit(at, credit.speaker(), credit.entity(), credit.head(), true);
      }
    }
    return unknown(at);
  }

  private Credit body(int at) {
    int sentence = words.sentence(at);
    Credit last = credits.isEmpty() ? null : credits.get(credits.size() - 1);
    if (last != null && !isSingular(last)) {
      last = null;
    }
    Entity named = null;
    for (int i = at - 1; i >= 0 && sentence - words.sentence(i) <= 2; i--) {
      if (last != null && i <= last.at()) {
        break;
      }
      Entity entity = entities.entity(i);
      Mention mention = entities.mention(i);
      if (entity == null || !entity.isBody()) {
        continue;
      }
      if (isSubject(mention)) {
        return credit(at, entity);
      }
      if (named == null && entity.form() == Mention.Form.ORGANIZATION) {
        named = entity;
      }
      i = mention.from();
    }
    if (last != null && sentence - words.sentence(last.at()) <= 2) {
      return new Credit(at, last.speaker(), last.entity(), last.head(), last.plural());
    }
    return named == null ? unknown(at) : credit(at, named);
  }

  /** Returns whether "it" can mean who was credited. */
  private static boolean isSingular(Credit credit) {
    return switch (credit.speaker().kind()) {
      case ORGANIZATION, UNNAMED -> true;
      case PERSON, GROUP, UNKNOWN -> false;
    };
  }

  private Credit relative(int at) {
    int i = at - 1;
    while (i >= 0 && words.sentence(i) == words.sentence(at) && words.isPunctuation(i)) {
      i--;
    }
    if (i < 0 || words.sentence(i) != words.sentence(at)) {
      return unknown(at);
    }
    Entity before = entities.entity(i);
    if (before != null) {
      return credit(at, before);
    }
    if (words.length(i) > 2 && isQuantity(i)) {
      return new Credit(at, described(SpeakerKind.GROUP, i, i + 1), null, null, true);
    }
    // "the minister of trade, who": back to the opening of the noun phrase.
    int from = i;
    while (from > 0
        && i - from < 12
        && words.sentence(from - 1) == words.sentence(at)
        && !words.isComma(from - 1)
        && (!words.has(from - 1, WordLists.FUNCTION)
            || words.has(from - 1, WordLists.DETERMINER)
            || words.is(from - 1, "of"))
        && !words.has(from, WordLists.DETERMINER)) {
      from--;
    }
    int head = nounAt(from, i + 1);
    boolean person =
        head >= 0
            && (words.has(head, WordLists.GROUP | WordLists.ROLE | WordLists.BODY_NOUN)
                || (words.is(at, "who") && looksPlural(head)));
    if (person) {
      return description(from, i + 1);
    }
    for (int k = i; k >= 0 && at - k < 20 && words.sentence(k) == words.sentence(at); k--) {
      Entity entity = entities.entity(k);
      if (entity != null && !entity.isBody() && words.is(at, "who")) {
        return credit(at, entity);
      }
    }
    return unknown(at);
  }

  private boolean isQuantity(int i) {
    return switch (words.folded(i)) {
      case "many", "some", "others", "several", "few", "everyone", "those", "most" -> true;
      default -> false;
    };
  }

  private Credit person(int at, Gender gender) {
    return person(at, gender, Set.of());
  }

  /**
   * Returns whom a pronoun or a description at {@code at} means.
   *
   * @param nations countries that the description tells, to which the person has to belong
   */
  private Credit person(int at, Gender gender, Set<String> nations) {
    Entity best = null;
    double bestScore = 0;
    int sentence = words.sentence(at);
    Credit last = credits.isEmpty() ? null : credits.get(credits.size() - 1);
    for (Entity entity : entities.all()) {
      if (!isPersonal(entity)
          || !entity.gender().agrees(gender)
          || spokenOf.contains(entity)
          || entity.isForeignTo(nations)) {
        continue;
      }
      double score = closeness(entity, at, sentence);
      if (score == Double.NEGATIVE_INFINITY) {
        continue;
      }
      if (entity.gender() == gender) {
        score += 1;
      } else {
        score -= entity.form() == Mention.Form.PERSON ? 0.5 : 1.5;
      }
      if (last != null
          && last.entity() == entity
          && (entity.form() == Mention.Form.PERSON || entity.gender() == gender)
          && sentence - words.sentence(last.at()) <= SENTENCES_BACK) {
        score += 1.5;
      }
      if (best == null || score > bestScore) {
        best = entity;
        bestScore = score;
      }
    }
    Credit unnamed = lastUnnamed(at, gender);
    if (unnamed != null && (best == null || best.lastMention(at) < unnamed.at())) {
      return new Credit(at, unnamed.speaker(), null, unnamed.head(), false);
    }
    if (best == null) {
      return unknown(at);
    }
    if (best.gender() == Gender.OPEN) {
      best.setGender(gender);
    }
    if (best.form() != Mention.Form.PERSON) {
      best.setPerson();
    }
    return credit(at, best);
  }

  /** Returns whether more than its capitals says that {@code entity} is somebody. */
  private boolean isPersonal(Entity entity) {
    if (entity.isBody()) {
      return false;
    }
    if (entity.form() == Mention.Form.PERSON || entity.gender() != Gender.OPEN) {
      return true;
    }
    int bits = WordLists.bundled().of(entity.name().last());
    if ((bits & (WordLists.ROLE | WordLists.BODY_NOUN | WordLists.GROUP)) != 0) {
      // "The President" is written with a capital, but is no name.
      return false;
    }
    if (credited.contains(entity)) {
      return true;
    }
    return switch (entity.form()) {
      case NAME -> entity.mentions().stream().anyMatch(mention -> isShortFor(entity, mention));
      case SINGLE ->
          entity.mentions().size() > 1 && entity.mentions().stream().anyMatch(this::isSubject);
      case PERSON, ORGANIZATION, PLACE -> false;
    };
  }

  /** Returns whether the surname stands alone, outside quotations and with a telling capital. */
  private boolean isShortFor(Entity entity, Mention mention) {
    return mention.size() == 1
        && !words.isQuoted(mention.from())
        && words.folded(mention.from()).equals(entity.name().last());
  }

  /** Somebody without a name who spoke in this sentence or the one before, most recently. */
  private Credit lastUnnamed(int at, Gender gender) {
    if (credits.isEmpty()) {
      return null;
    }
    Credit last = credits.get(credits.size() - 1);
    boolean near = words.sentence(at) - words.sentence(last.at()) <= 2;
    boolean single = last.speaker().kind() == SpeakerKind.UNNAMED && last.head() != null;
    return near && single && headGender(last.head()).agrees(gender) ? last : null;
  }

  /** Returns what the words of a source tell about the gender of who spoke. */
  private Gender genderAt(Credit credit) {
    for (int i = credit.at(); i < words.size() && i < credit.at() + 6; i++) {
      if (words.has(i, WordLists.ROLE)) {
        return WordLists.gender(words.bits(i));
      }
    }
    return Gender.OPEN;
  }

  private static Gender headGender(String head) {
    return WordLists.gender(WordLists.bundled().of(head));
  }

  /**
   * How well the mentions of {@code entity} and the pronouns laid to it fit a pronoun at {@code
   * at}.
   */
  private double closeness(Entity entity, int at, int sentence) {
    double best = Double.NEGATIVE_INFINITY;
    List<Mention> mentions = entity.mentions();
    for (int m = mentions.size() - 1; m >= 0; m--) {
      Mention mention = mentions.get(m);
      if (mention.from() >= at) {
        continue;
      }
      int distance = sentence - words.sentence(mention.from());
      if (distance > SENTENCES_BACK) {
        break;
      }
      double score = -1.2 * distance;
      if (isSubject(mention)) {
        score += isFirstPerson(mention) ? 2 : 1.5;
      }
      if (mention.to() < words.size() && words.isPossessive(mention.to())) {
        score -= 0.5;
      }
      if (words.isQuoted(mention.from()) && !words.isQuoted(at)) {
        score -= 2;
      }
      if (words.isHeadline(mention.from())) {
        score -= 1;
      }
      best = Math.max(best, score);
    }
    for (int c = credits.size() - 1; c >= 0; c--) {
      Credit credit = credits.get(c);
      int distance = sentence - words.sentence(credit.at());
      if (distance > SENTENCES_BACK) {
        break;
      }
      if (credit.entity() == entity && credit.at() < at) {
        best = Math.max(best, 1.5 - 1.2 * distance);
        break;
      }
    }
    return best;
  }

  /** Returns whether the mention opens its sentence or clause and a verb can follow it. */
  private boolean isSubject(Mention mention) {
    int before = mention.outerFrom() - 1;
    if (before >= 0 && words.sentence(before) == words.sentence(mention.from())) {
      if (words.has(before, WordLists.PREPOSITION)) {
        return false;
      }
    }
    if (mention.to() < words.size()) {
      int after = mention.to();
      if (words.isPossessive(after)) {
        return false;
      }
      if (words.sentence(after) != words.sentence(mention.from())) {
        return words.first(after) == '.';
      }
      if (words.isPunctuation(after)) {
        return words.isComma(after) && isEarly(mention);
      }
      return words.isLower(after)
          && !words.has(after, WordLists.PREPOSITION)
          && !words.is(after, "and");
    }
    return false;
  }

  /** Returns whether nobody else is named before in the sentence. */
  private boolean isFirstPerson(Mention mention) {
    for (int i = mention.outerFrom() - 1;
        i >= 0 && words.sentence(i) == words.sentence(mention.from());
        i--) {
      Entity entity = entities.entity(i);
      if (entity != null && !entity.isBody()) {
        return false;
      }
    }
    return true;
  }

  private boolean isEarly(Mention mention) {
    int i = mention.outerFrom();
    int first = i;
    while (first > 0 && words.sentence(first - 1) == words.sentence(i) && i - first < 8) {
      first--;
    }
    return i - first < 8;
  }

  // Descriptions

  private Credit description(int from, int to) {
    int start = from;
    boolean definite = false;
    boolean indefinite = false;
    Gender owner = null;
    if (words.has(start, WordLists.DETERMINER) && to - start > 1) {
      String determiner = words.folded(start);
      definite = determiner.equals("the") || determiner.equals("that") || determiner.equals("this");
      indefinite =
          determiner.equals("a")
              || determiner.equals("an")
              || determiner.equals("one")
              || determiner.equals("another");
      if (determiner.equals("his")) {
        owner = Gender.MALE;
      } else if (determiner.equals("her")) {
        owner = Gender.FEMALE;
      }
    }
    // "the", "more than 100", "at least two": the noun comes behind.
    while (start < to - 1
        && (words.isNumber(start)
            || (words.has(start, WordLists.FUNCTION) && !words.is(start, "who")))) {
      start++;
    }
    int head = nounAt(start, to);
    if (head < 0) {
      return unknown(from);
    }
    int bits = words.bits(head);
    if ((bits & WordLists.DOCUMENT) != 0) {
      return document(from, to, head, owner, definite);
    }
    String role = entities.roleHead(head);
    boolean plural = isPlural(head, bits);
    if (role != null && !plural) {
      return holder(from, start, to, head, role, definite, indefinite);
    }
    if ((bits & (WordLists.BODY_NOUN | WordLists.BODY)) != 0 && !plural) {
      return bodyDescription(from, start, to, head, definite, indefinite);
    }
    if (plural) {
      Credit two = theTwo(from, to);
      return two != null
          ? two
          : new Credit(from, described(SpeakerKind.GROUP, from, to), null, null, true);
    }
    if (to - from == 1 && words.isUpper(from)) {
      Entity called = entities.called(words.folded(from));
      if (called != null) {
        return credit(from, called);
      }
    }
    return new Credit(from, unnamed(from, to), null, null, false);
  }

  /** "The two men" are the only two people named in the sentences just before. */
  private Credit theTwo(int from, int to) {
    if (to - from < 2 || to - from > 4 || !words.is(from, "the") || !words.is(from + 1, "two")) {
      return null;
    }
    String noun = words.folded(to - 1);
    String one = noun.endsWith("s") ? noun.substring(0, noun.length() - 1) : noun;
    boolean people =
        noun.equals("two")
            || noun.equals("men")
            || noun.equals("women")
            || WordLists.bundled().role(one) != null;
    if (!people) {
      return null;
    }
    Set<Entity> pair = new LinkedHashSet<>();
    int sentence = words.sentence(from);
    for (int i = from - 1; i >= 0 && sentence - words.sentence(i) <= 2; i--) {
      Entity entity = entities.entity(i);
      if (entity != null && isPersonal(entity)) {
        pair.add(entity);
      }
    }
    if (pair.size() != 2) {
      return null;
    }
    List<String> names = new ArrayList<>();
    pair.forEach(person -> names.add(0, person.printed()));
    Speaker both = new Speaker(SpeakerKind.GROUP, String.join(JOINT, names), null, null, List.of());
    return new Credit(from, both, null, null, true);
  }

  private Credit holder(
      int from, int start, int to, int head, String role, boolean definite, boolean indefinite) {
    if (indefinite) {
      return new Credit(from, unnamed(from, to), null, role, false);
    }
    Gender gender = WordLists.gender(words.bits(head));
    Entity holder = holder(role, start, to, head);
    if (holder != null && !holder.gender().agrees(gender)) {
      holder = null;
    }
    Credit same = sameUnnamed(role);
    if (same != null
        && same.entity() == null
        && !isForeign(same, nations(start, to))
        && genderAt(same).agrees(gender)
        && (holder == null || holder.lastMention(from) < same.at())) {
      return new Credit(from, same.speaker(), null, role, false);
    }
    if (holder != null) {
      return new Credit(from, holder.speaker(), holder, role, false);
    }
    if (definite && !isNeverNamed(role) && !hasComplement(head, to)) {
      // "The Vell governor" behind a sentence about somebody: what else they are, told on the way.
      Credit meant = person(from, gender, nations(start, to));
      int last = meant.entity() == null ? -1 : meant.entity().lastMention(from);
      if (last >= 0
          && words.sentence(from) - words.sentence(last) <= 3
          && (meant.entity().roles().isEmpty() || isMainSpeaker(meant.entity()))) {
        return meant;
      }
    }
    return new Credit(from, unnamed(from, to), null, role, false);
  }

  /** Returns whether the description of somebody without a name tells other countries. */
  private boolean isForeign(Credit unnamed, Set<String> said) {
    Set<String> nations = new HashSet<>();
    for (String word : unnamed.speaker().name().split(" ")) {
      String nation = entities.nations().of(Name.fold(word));
      if (nation != null && Character.isUpperCase(word.charAt(0))) {
        nations.add(nation);
      }
    }
    return !nations.isEmpty() && !said.isEmpty() && Collections.disjoint(nations, said);
  }

  /** "The captain of the Two Sisters" and "the wife of a man" bring somebody new. */
  private boolean hasComplement(int head, int to) {
    int named = head + 2 < to && words.is(head + 2, "the") ? head + 3 : head + 2;
    return named < to
        && words.is(head + 1, "of")
        && (words.isUpper(named) || words.is(head + 2, "a"));
  }

  /** Returns whether two in five statements so far, and three at least, are this person's. */
  private boolean isMainSpeaker(Entity entity) {
    long own = credits.stream().filter(credit -> credit.entity() == entity).count();
    return own >= 3 && own * 5 >= credits.size() * 2L;
  }

  /** Roles which the news gives to those whose names it keeps back. */
  private static boolean isNeverNamed(String role) {
    return switch (role) {
      case "source", "official", "witness", "resident", "insider", "narrator", "announcer" -> true;
      default -> false;
    };
  }

  private boolean isPlural(int head, int bits) {
    if ((bits & WordLists.GROUP) != 0) {
      return true;
    }
    if ((bits & (WordLists.ROLE | WordLists.BODY_NOUN | WordLists.BODY)) != 0) {
      return (bits & WordLists.ROLE) != 0 && looksPlural(head) && !words.is(head, "boss");
    }
    return looksPlural(head);
  }

  private Credit document(int from, int to, int head, Gender owner, boolean definite) {
    if (owner != null) {
      return person(from, owner);
    }
    // "a report by", "the letter from": whoever is named behind speaks through it.
    for (int i = head + 1; i < to - 1; i++) {
      if (words.is(i, "by") || words.is(i, "from") || words.is(i, "of")) {
        Credit author = phrase(i + 1, to);
        if (author.speaker().kind() == SpeakerKind.PERSON
            || author.speaker().kind() == SpeakerKind.ORGANIZATION
            || (author.speaker().kind() == SpeakerKind.GROUP
                && author.speaker().name().contains(JOINT))) {
          return new Credit(
              from, author.speaker(), author.entity(), words.folded(head), author.plural());
        }
      }
    }
    Credit same = definite ? sameUnnamed(words.folded(head)) : null;
    if (same != null) {
      return new Credit(from, same.speaker(), same.entity(), same.head(), same.plural());
    }
    return new Credit(from, unnamed(from, to), null, words.folded(head), false);
  }

  private Credit bodyDescription(
      int from, int start, int to, int head, boolean definite, boolean indefinite) {
    String noun = words.folded(head);
    boolean bare = head == start;
    if (indefinite) {
      return new Credit(from, unnamed(from, to), null, noun, true);
    }
    if (bare || definite) {
      Entity meant = meantBody(noun, start, head, from);
      if (meant != null) {
        return credit(from, meant);
      }
    }
    int nameEnd = head + 1;
    if (head + 2 < to + 1
        && words.is(head + 1, "of")
        && entities.mention(Math.min(head + 2, words.size() - 1)) != null) {
      nameEnd = Math.min(to, entities.mention(head + 2).to());
    }
    if (bare && nameEnd == head + 1) {
      Credit same = sameUnnamed(noun);
      if (same == null) {
        same = ownedBefore(noun, from);
      }
      return same == null
          ? new Credit(from, unnamed(from, to), null, noun, true)
          : new Credit(from, same.speaker(), same.entity(), noun, true);
    }
    // "the Velland government", "Ferry police", "city of Vell": named by the words around the noun.
    Credit owned = owned(from, start, head);
    if (owned != null) {
      return owned;
    }
    boolean named = nameEnd > head + 1;
    for (int i = start; i < head; i++) {
      named |= words.isUpper(i);
    }
    SpeakerKind kind = named ? SpeakerKind.ORGANIZATION : SpeakerKind.UNNAMED;
    Speaker speaker = new Speaker(kind, name(start, nameEnd), null, null, List.of());
    return new Credit(from, speaker, null, noun, true);
  }

  /**
   * "Okonjo's presidential campaign" and "the Okonjo campaign" are the campaign of Maria Okonjo.
   */
  private Credit owned(int at, int start, int head) {
    for (int i = start; i < head; i++) {
      Entity entity = entities.entity(i);
      if (entity != null && !entity.isBody()) {
        int own = entities.mention(i).to();
        boolean possessive = own < head && words.isPossessive(own);
        boolean named = own + 1 < head && possessive && words.isUpper(own + 1);
        if (named) {
          // "Okonjo's New Harbour party" has a name of its own.
          Speaker party =
              new Speaker(SpeakerKind.ORGANIZATION, name(own + 1, head + 1), null, null, List.of());
          return new Credit(at, party, null, words.folded(head), true);
        }
        boolean body = isBodyOfOne(head);
        String name = entity.printed() + (body ? " " : "’s ") + words.text(head, head + 1);
        Speaker speaker =
            new Speaker(
                body ? SpeakerKind.ORGANIZATION : SpeakerKind.GROUP,
                name,
                null,
                null,
                List.of(name(start, head + 1)));
        return new Credit(at, speaker, null, words.folded(head), true);
      }
    }
    return null;
  }

  /** Returns whether what belongs to one person is a body, and not those around them. */
  private boolean isBodyOfOne(int noun) {
    return !(words.is(noun, "office")
        || words.is(noun, "party")
        || words.is(noun, "team")
        || words.is(noun, "camp")
        || words.is(noun, "cabinet")
        || words.is(noun, "staff"));
  }

  /** "the campaign" behind a sentence that speaks of Okonjo's campaign. */
  private Credit ownedBefore(String noun, int at) {
    int sentence = words.sentence(at);
    for (int i = at - 1; i >= 2 && sentence - words.sentence(i) <= SENTENCES_BACK; i--) {
      if (words.isLower(i) && words.is(i, noun)) {
        Credit owned = owned(at, Math.max(0, i - 3), i);
        if (owned != null && words.sentence(i - 2) == words.sentence(i)) {
          return owned;
        }
      }
    }
    return null;
  }

  /** Returns the organization most recently named that "the ministry" or "the paper" can mean. */
  private Entity meantBody(String noun, int start, int head, int at) {
    Set<String> called = new HashSet<>(WordLists.bundled().bodiesCalled(noun));
    called.add(noun);
    Entity best = null;
    int bestAt = -1;
    for (Entity entity : entities.all()) {
      if (!entity.isBody()) {
        continue;
      }
      boolean fits = false;
      for (String word : entity.name().words()) {
        fits |= called.contains(word);
      }
      for (String sort : entity.sorts()) {
        fits |= sort.equals(noun) || called.contains(sort);
      }
      for (int i = start; i < head && fits; i++) {
        fits = entity.name().words().contains(words.folded(i));
      }
      int last = entity.lastMention(at);
      if (fits && last > bestAt) {
        best = entity;
        bestAt = last;
      }
    }
    return best;
  }

  /** Returns who was introduced with this role: the best fit of modifiers, then the most recent. */
  private Entity holder(String role, int start, int to, int head) {
    Set<String> modifiers = new HashSet<>();
    for (int i = start; i < to; i++) {
      if (i != head && !words.isPunctuation(i) && !words.has(i, WordLists.FUNCTION)) {
        modifiers.add(party(words.folded(i)));
      }
    }
    Set<String> nations = nations(start, to);
    Entity best = null;
    double bestScore = 0;
    for (Entity entity : entities.all()) {
      if (entity.isBody()
          || entity.mentions().isEmpty()
          || spokenOf.contains(entity)
          || entity.isForeignTo(nations)) {
        continue;
      }
      double fit = fit(entity, role, modifiers);
      if (fit < 0) {
        continue;
      }
      int last = entity.lastMention(start);
      double score =
          fit + (last < 0 ? -1 : 1.0 / (1 + words.sentence(start) - words.sentence(last)));
      if (best == null || score > bestScore) {
        best = entity;
        bestScore = score;
      }
    }
    return best;
  }

  /** Returns the countries that a description tells. */
  private Set<String> nations(int from, int to) {
    Set<String> nations = new HashSet<>();
    for (int i = from; i < to; i++) {
      String nation = words.isUpper(i) ? entities.nations().of(words.folded(i)) : null;
      if (nation != null) {
        nations.add(nation);
      }
    }
    return nations;
  }

  /** Returns one word for a party, however the article calls it. */
  private static String party(String word) {
    return switch (word) {
      case "gop" -> "republican";
      case "democrat" -> "democratic";
      default -> word;
    };
  }

  private double fit(Entity entity, String role, Set<String> modifiers) {
    if (isNeverNamed(role)) {
      return -1;
    }
    double best = -1;
    for (Role held : entity.roles()) {
      boolean same = held.head().equals(role);
      // "the Republican": a party stands for whoever was introduced with it.
      boolean asModifier = held.modifiers().contains(role);
      // "the Republican nominee" can be whom the article calls "Republican Okonjo".
      boolean asParty = modifiers.contains(party(held.head()));
      if (!same && !asModifier && !asParty) {
        continue;
      }
      if (contradicts(modifiers, held.modifiers())) {
        continue;
      }
      double score = 0;
      boolean any = modifiers.isEmpty();
      for (String modifier : modifiers) {
        if (held.modifiers().contains(modifier)
            || entity.name().words().contains(modifier)
            || entity.belongsTo(entities.nations().of(modifier))) {
          score += 1;
          any = true;
        } else {
          score -= 0.3;
        }
      }
      for (String modifier : held.modifiers()) {
        if (modifier.equals("vice") || modifier.equals("deputy") || modifier.equals("former")) {
          score -= modifiers.contains(modifier) ? 0 : 1;
        }
      }
      if (any || held.modifiers().isEmpty()) {
        best = Math.max(best, Math.max(0, score) + (same ? 0.5 : 0));
      }
    }
    return best;
  }

  /** Returns whether both tell a country or party, and not the same. */
  private static boolean contradicts(Set<String> said, Set<String> held) {
    boolean saidSome = false;
    boolean heldSome = false;
    for (String word : said) {
      if ((WordLists.bundled().of(word) & WordLists.NATIONALITY) != 0) {
        if (held.contains(word)) {
          return false;
        }
        saidSome = true;
      }
    }
    for (String word : held) {
      heldSome |= (WordLists.bundled().of(word) & WordLists.NATIONALITY) != 0;
    }
    return saidSome && heldSome;
  }

  /** Returns the last credit whose source had the noun {@code head}. */
  private Credit sameUnnamed(String head) {
    for (int c = credits.size() - 1; c >= 0; c--) {
      if (head.equals(credits.get(c).head())) {
        return credits.get(c);
      }
    }
    return null;
  }

  private Speaker unnamed(int from, int to) {
    return described(SpeakerKind.UNNAMED, from, to);
  }

  private Speaker described(SpeakerKind kind, int from, int to) {
    return new Speaker(kind, name(from, to), null, null, List.of());
  }

  /** Returns the description up to a comma or relative clause, without a leading "the". */
  private String name(int from, int to) {
    int end = from;
    while (end < to
        && !words.isComma(end)
        && !words.is(end, "who")
        && !words.is(end, "which")
        && !words.is(end, "that")) {
      end++;
    }
    int start = words.is(from, "the") && end - from > 1 ? from + 1 : from;
    return Entities.clean(words.text(start, Math.max(end, start + 1)));
  }
}
