package org.demarche.speaker;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.demarche.language.english.AnnotatedText;
import org.demarche.language.english.Lexicon;
import org.demarche.language.english.Nouns;

/** Finds whom a source without a name means: "the minister", "a report by the ministry". */
final class Descriptions {

  /** The last sentence of a headline and lead; the first has the number 0. */
  private static final int LEAD = 2;

  /** "The report" can be one of which so many sentences before tell. */
  private static final int ISSUED_BEFORE = 5;

  /** Words that describe who speaks. */
  private static final long NAMING =
      Lexicon.ROLE | Lexicon.GROUP | Lexicon.BODY | Lexicon.BODY_NOUN | Lexicon.NATIONALITY;

  private static final List<String> PEOPLE_ENDINGS =
      List.of("er", "or", "ist", "ian", "man", "woman", "ee", "ess", "eon", "smith", "old");

  private final AnnotatedText text;
  private final Entities entities;
  private final Nouns nouns;
  private final Credits credits;
  private final Antecedents antecedents;
  private final OrganizationReferences organizations;
  private final OfficeHolders holders;
  private final LaterNames later;
  private final SourceReader reader;

  Descriptions(
      AnnotatedText text,
      Entities entities,
      Nouns nouns,
      Credits credits,
      Antecedents antecedents,
      LaterNames later,
      SourceReader reader) {
    this.text = text;
    this.entities = entities;
    this.nouns = nouns;
    this.credits = credits;
    this.antecedents = antecedents;
    this.later = later;
    this.reader = reader;
    this.organizations = new OrganizationReferences(text, entities, nouns, credits);
    this.holders = new OfficeHolders(text, entities, antecedents);
  }

  /** Returns whom the description from word {@code from} to before {@code to} means. */
  Credit description(int from, int to) {
    Credit described = described(from, to);
    String role = described.head();
    if (described.speaker().kind() != SpeakerKind.UNNAMED
        || Lexicon.english().role(role) == null
        || LaterNames.isSeldomNamed(role)) {
      return described;
    }
    boolean relation = Entity.RELATIONS.contains(role) && text.is(from, "his", "her", "their");
    // "The judge" is somebody whom readers need no name for.
    boolean lead =
        text.sentence(from) <= LEAD
            && (to - from > 2 || !text.is(from, "the") || Entity.RELATIONS.contains(role));
    Entity named =
        relation || lead
            ? later.introducedAfter(from, role, Gender.of(Lexicon.english().of(role)))
            : null;
    return named == null ? described : new Credit(from, named.speaker(), named, role, false);
  }

  private Credit described(int from, int to) {
    int start = from;
    boolean definite = false;
    boolean indefinite = false;
    boolean owned = false;
    if (text.isDeterminer(start) && to - start > 1) {
      String determiner = text.folded(start);
      definite = determiner.equals("the") || determiner.equals("that") || determiner.equals("this");
      indefinite =
          determiner.equals("a")
              || determiner.equals("an")
              || determiner.equals("one")
              || determiner.equals("another");
      owned = text.is(start, "his", "her", "its", "their");
    }
    // The noun comes behind "the", "more than 100", "at least two".
    while (start < to - 1
        && (text.isNumber(start)
            || (text.has(start, Lexicon.FUNCTION) && !text.is(start, "who")))) {
      start++;
    }
    int head = nouns.nounAt(start, to);
    if (head < 0) {
      return Credit.unknown(from);
    }
    if (definite && to - from == 2 && text.folded(head).endsWith("year-old")) {
      return ofAge(from, to);
    }
    long bits = text.classes(head);
    // "the paper" can be a newspaper.
    boolean outlet =
        definite && (to - from == 2 || text.is(from + 1, "local")) && (bits & Lexicon.SORT) != 0;
    if ((bits & Lexicon.DOCUMENT) != 0 && !outlet) {
      return owned ? reader.phrase(from, from + 1) : document(from, to, head, definite);
    }
    String role = text.roleHead(head);
    boolean plural = nouns.isPlural(head);
    if (role != null && !plural) {
      return holder(from, start, to, head, role, definite, indefinite);
    }
    if ((bits & (Lexicon.BODY_NOUN | Lexicon.BODY | Lexicon.SORT)) != 0 && !plural) {
      return organizations.find(from, start, to, head, definite, indefinite);
    }
    if (plural) {
      Credit two = theTwo(from, to);
      return two != null
          ? two
          : new Credit(
              from, PrintedNames.described(SpeakerKind.GROUP, text, from, to), null, null, true);
    }
    if (to - from == 1 && text.isUpper(from)) {
      Entity called = entities.called(text.folded(from));
      if (called != null) {
        return Credit.of(from, called);
      }
    }
    return role != null
            || (bits & NAMING) != 0
            || looksLikePerson(head)
            || looksLikeName(start, head)
        ? new Credit(
            from, PrintedNames.described(SpeakerKind.UNNAMED, text, from, to), null, null, false)
        : Credit.unknown(from);
  }

  /** Returns whether this is a name with a number or a dot: "Channel 10", "9to5Vell". */
  private boolean looksLikeName(int from, int head) {
    boolean capitals = text.isUpper(from) && (text.isUpper(head) || text.isNumber(head));
    String word = text.string(from, from + 1);
    boolean address = word.indexOf('.') > 0 || word.chars().anyMatch(Character::isUpperCase);
    return capitals || head == from && address;
  }

  /** Returns whether the noun has the ending of a word for what somebody does: "welder". */
  private boolean looksLikePerson(int head) {
    String noun = text.folded(head);
    return noun.length() > 4 && PEOPLE_ENDINGS.stream().anyMatch(noun::endsWith);
  }

  /** Returns whom "the 41-year-old" means: the person of the sentences before. */
  private Credit ofAge(int from, int to) {
    Credit meant = antecedents.person(from, Gender.OPEN, Set.of());
    return meant.entity() == null
        ? new Credit(
            from, PrintedNames.described(SpeakerKind.UNNAMED, text, from, to), null, null, false)
        : meant;
  }

  /** Returns the only two people in the last sentences for "the two men", or null. */
  private Credit theTwo(int from, int to) {
    if (to - from < 2 || to - from > 4 || !text.is(from, "the") || !text.is(from + 1, "two")) {
      return null;
    }
    String noun = text.folded(to - 1);
    String one = noun.endsWith("s") ? noun.substring(0, noun.length() - 1) : noun;
    boolean people =
        noun.equals("two")
            || noun.equals("men")
            || noun.equals("women")
            || Lexicon.english().role(one) != null;
    if (!people) {
      return null;
    }
    Set<Entity> pair = new LinkedHashSet<>();
    int sentence = text.sentence(from);
    for (int i = from - 1; i >= 0 && sentence - text.sentence(i) <= 2; i--) {
      Entity entity = entities.entity(i);
      if (entity != null && antecedents.isPersonal(entity)) {
        pair.add(entity);
      }
    }
    if (pair.size() != 2) {
      return null;
    }
    List<String> names = new ArrayList<>();
    pair.forEach(person -> names.add(0, person.printed()));
    Speaker both = Speaker.of(SpeakerKind.GROUP, String.join(Credit.JOINT, names));
    return new Credit(from, both, null, null, true);
  }

  /** Returns whom a role means: somebody named with it, somebody without a name, or a new one. */
  private Credit holder(
      int from, int start, int to, int head, String role, boolean definite, boolean indefinite) {
    Entity holder = holders.find(role, start, to, head);
    if (indefinite) {
      return new Credit(
          from, PrintedNames.described(SpeakerKind.UNNAMED, text, from, to), null, role, false);
    }
    Gender gender = Gender.of(text.classes(head));
    if (holder != null && !holder.gender().agrees(gender)) {
      holder = null;
    }
    Credit same = credits.lastWithHead(role);
    if (same != null
        && (same.entity() == null || holder == null)
        && !isOfAnotherPlace(same, head, to)
        && !holders.isForeign(same, holders.nations(start, to))
        && genderAt(same).agrees(gender)
        && (holder == null || holder.lastMention(from) < same.at())) {
      return new Credit(from, same.speaker(), same.entity(), role, false);
    }
    if (holder != null) {
      return new Credit(from, holder.speaker(), holder, role, false);
    }
    if (definite && !OfficeHolders.isNeverNamed(role) && !hasComplement(head, to)) {
      // "The Vell governor" can be the person of the sentences before, whose role is new; "the
      // driver" is somebody else.
      Set<String> nations = holders.nations(start, to);
      Entity meant = antecedents.likeliest(from, gender, nations).entity();
      boolean told = head > start || OfficeHolders.isOffice(role);
      int last = meant == null ? -1 : meant.lastMention(from);
      if (last >= 0
          && text.sentence(from) - text.sentence(last) <= 3
          && (gender == Gender.OPEN || meant.gender() == gender)
          && (meant.roles().isEmpty() && told || credits.isMainSpeaker(meant))) {
        return antecedents.person(from, gender, nations);
      }
    }
    return new Credit(
        from, PrintedNames.described(SpeakerKind.UNNAMED, text, from, to), null, role, false);
  }

  /** Returns whether an unnamed speaker was described as of a place, and this one of another. */
  private boolean isOfAnotherPlace(Credit unnamed, int head, int to) {
    String said = unnamed.speaker().name();
    int of = said == null ? -1 : said.indexOf(" of ");
    return unnamed.entity() == null
        && of >= 0
        && hasComplement(head, to)
        && !said.substring(of + 4).equals(PrintedNames.clean(text.string(head + 2, to)));
  }

  /** Returns whether the source introduces somebody new: "the captain of the Two Sisters". */
  private boolean hasComplement(int head, int to) {
    int named = head + 2 < to && text.is(head + 2, "the") ? head + 3 : head + 2;
    return named < to && text.is(head + 1, "of") && (text.isUpper(named) || text.is(head + 2, "a"));
  }

  /** Returns the gender that the role in an earlier source tells. */
  private Gender genderAt(Credit credit) {
    for (int i = credit.at(); i < text.size() && i < credit.at() + 6; i++) {
      if (text.has(i, Lexicon.ROLE)) {
        return Gender.of(text.classes(i));
      }
    }
    return Gender.OPEN;
  }

  /** Returns whom a document speaks for: its author, or itself. */
  private Credit document(int from, int to, int head, boolean definite) {
    Credit issuer = issuer(from, to, head);
    if (issuer != null) {
      return issuer;
    }
    Credit same = definite ? credits.lastWithHead(text.folded(head)) : null;
    if (same != null) {
      return same.again(from);
    }
    boolean complement = head + 1 < to && !text.is(head + 1, ',');
    Entity owner = definite && !complement ? ownerBefore(from, text.folded(head)) : null;
    if (owner != null) {
      return new Credit(from, owner.speaker(), owner, text.folded(head), owner.isBody());
    }
    Credit last = credits.last();
    if (definite
        && to - from == 2
        && last != null
        && last.speaker().kind() == SpeakerKind.ORGANIZATION
        && text.sentence(from) - text.sentence(last.at()) <= 2) {
      return new Credit(from, last.speaker(), last.entity(), text.folded(head), last.plural());
    }
    return new Credit(
        from,
        PrintedNames.described(SpeakerKind.UNNAMED, text, from, to),
        null,
        text.folded(head),
        false);
  }

  /**
   * Returns whose document the last sentences tell of: "the Vellnet study", "Okonjo released a
   * statement", or null.
   */
  private Entity ownerBefore(int from, String noun) {
    int i = from - 1;
    while (i > 0
        && text.sentence(from) - text.sentence(i) <= ISSUED_BEFORE
        && !(text.isLower(i) && text.is(i, noun))) {
      i--;
    }
    if (i <= 0 || !text.is(i, noun)) {
      return null;
    }
    int owner = text.isPossessive(i - 1) ? i - 2 : i - 1;
    boolean issued = false;
    for (int k = i - 1; k > 0 && entities.entity(owner) == null && text.sameSentence(k, i); k--) {
      issued |= text.is(k, "released", "issued", "published", "posted", "wrote", "sent");
      owner = issued ? k : owner;
    }
    Entity entity = entities.entity(owner);
    return entity == null || entity.form() == Mention.Form.PLACE ? null : entity;
  }

  /** Returns who issued a document: "a report by Vellnet", "an article in the Courier", or null. */
  private Credit issuer(int from, int to, int head) {
    for (int i = head + 1; i < to - 1; i++) {
      if (!text.is(i, "by", "from", "of", "in", "on")) {
        continue;
      }
      Credit author = reader.phrase(i + 1, to);
      boolean named = Speaker.isNamed(author.speaker().kind(), author.speaker().name());
      if (named && (text.is(i, "by", "from", "of") || publishes(author.entity(), i, to))) {
        return new Credit(
            from, author.speaker(), author.entity(), text.folded(head), author.plural());
      }
    }
    return null;
  }

  /**
   * Returns whether what stands in or on an organization is its own: "an article in the Courier",
   * "a notice on the ministry's website". A report on the ministry is about it.
   */
  private boolean publishes(Entity body, int preposition, int to) {
    if (body == null || body.form() != Mention.Form.ORGANIZATION) {
      return false;
    }
    if (text.is(preposition, "in")) {
      return true;
    }
    for (int i = preposition + 1; i < to; i++) {
      if (text.is(i, "website", "site", "page", "blog", "channel")) {
        return true;
      }
    }
    return body.sorts().contains("website") || body.sorts().contains("site");
  }

  /** Returns the two people whom "and" joins in the last sentences, for "they", or null. */
  Credit joinedBefore(int at) {
    for (int i = at - 1; i > 0 && text.sentence(at) - text.sentence(i) <= 2; i--) {
      Entity first = entities.entity(i - 1);
      Entity second = text.is(i, "and") ? entities.entity(i + 1) : null;
      if (first != null
          && second != null
          && antecedents.isPersonal(first)
          && antecedents.isPersonal(second)) {
        return reader.phrase(entities.mention(i - 1).outerFrom(), entities.mention(i + 1).to());
      }
    }
    return null;
  }
}
