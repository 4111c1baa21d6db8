package org.demarche.speaker;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.demarche.language.english.AnnotatedText;
import org.demarche.language.english.Folding;
import org.demarche.language.english.Lexicon;
import org.demarche.language.english.Range;
import org.demarche.speaker.Entity.Role;
import org.demarche.speaker.Mention.Form;

/** Adds to people the roles and countries, and to organizations the sorts, around their names. */
final class Roles {

  /** A role is looked for in this many words before or behind a name. */
  private static final int REACH = 14;

  /** What a role before a name is for has so many words at most: "for the Vell Board". */
  private static final int COMPLEMENT = 8;

  private final AnnotatedText text;
  private final Entities entities;
  private final Lexicon lexicon = Lexicon.english();

  Roles(AnnotatedText text, Entities entities) {
    this.text = text;
    this.entities = entities;
  }

  /** Adds the roles of people and the sorts of organizations. */
  void addRoles() {
    for (int m = 0; m < entities.mentions().size(); m++) {
      Mention mention = entities.mentions().get(m);
      Entity entity = entities.entityOf(m);
      if (entity == null || text.isHeadline(mention.from())) {
        continue;
      }
      if (entity.form() != Form.PERSON && entity.form() != Form.PLACE) {
        sort(mention, entity);
      }
      if (entity.isBody()) {
        continue;
      }
      rolesBefore(mention, entity);
      int last = mention.to() - 1;
      if (mention.size() > 2 && text.has(last, Lexicon.SUFFIX) && text.has(last, Lexicon.ROLE)) {
        // "Ana Dray MP"
        addRole(entity, last, last + 1, last);
      }
      roleBehind(mention, entity);
    }
  }

  /** Adds the sort of "the newspaper Vell Courier" or "Vell Courier, a newspaper that". */
  private void sort(Mention mention, Entity entity) {
    int before = mention.from() - 1;
    if (before > 0 && text.is(before, ',')) {
      before--;
    }
    if (before >= 0
        && text.sameSentence(before, mention.from())
        && text.isLower(before)
        && text.has(before, Lexicon.SORT)) {
      entity.addSort(text.folded(before));
      return;
    }
    int limit = Math.min(text.size(), mention.to() + 8);
    boolean apposition =
        mention.to() + 1 < limit
            && text.is(mention.to(), ',')
            && text.isDeterminer(mention.to() + 1);
    for (int i = apposition ? mention.to() + 1 : mention.to();
        i < limit && text.sameSentence(i, mention.from());
        i++) {
      if (text.isLower(i) && text.has(i, Lexicon.SORT)) {
        if (i + 1 < text.size() && text.isLower(i + 1) && text.has(i + 1, Lexicon.ROLE)) {
          // "Okonjo, the union president": Okonjo is no union.
          return;
        }
        entity.addSort(text.folded(i));
        return;
      }
      boolean goesOn =
          text.isLower(i)
              && (!text.has(i, Lexicon.FUNCTION) || text.isDeterminer(i))
              && !text.has(i, Lexicon.ROLE);
      if (!goesOn || (!apposition && i > mention.to() + 1)) {
        return;
      }
    }
  }

  /** Adds the countries of people, by their roles and by "of Velland" behind the name. */
  void addNations() {
    for (Entity entity : entities.all()) {
      if (entity.isBody()) {
        continue;
      }
      for (Role role : entity.roles()) {
        for (String modifier : role.modifiers()) {
          entity.addNation(entities.nations().of(modifier));
        }
        if (role.affiliation() != null) {
          entity.addNation(entities.nations().of(role.affiliation().toLowerCase(Locale.ROOT)));
        }
      }
      for (Mention mention : entity.mentions()) {
        int of = mention.to();
        if (of + 1 < text.size() && text.is(of, "of") && text.sameSentence(of, of + 1)) {
          entity.addNation(entities.nations().of(text.folded(of + 1)));
        }
      }
    }
  }

  /** Adds roles and countries of people who are in the directory. */
  void addKnown(SpeakerDirectory directory) {
    if (directory.speakers().isEmpty()) {
      return;
    }
    for (Entity entity : entities.all()) {
      KnownSpeaker known = entity.isBody() ? null : directory.find(entity.printed()).orElse(null);
      if (known == null || known.kind() != SpeakerKind.PERSON) {
        continue;
      }
      entity.setPerson();
      if (known.country() != null) {
        String folded = Folding.fold(known.country());
        String nation = entities.nations().of(folded);
        entity.addNation(nation == null ? folded : nation);
      }
      Role role = role(known.role());
      if (role != null) {
        entity.add(role, Gender.OPEN);
      }
    }
  }

  /** Returns the role that the user wrote, "spokesman, Foreign Ministry", or null. */
  private Role role(String written) {
    if (written == null) {
      return null;
    }
    Set<String> modifiers = new HashSet<>();
    String head = null;
    String before = "";
    for (String piece : written.split("[\\s,]+")) {
      String word = Folding.fold(piece);
      String compound = lexicon.role(before, word);
      String role = compound == null ? lexicon.role(word) : compound;
      if (role != null && (head == null || modifiers.isEmpty() || compound != null)) {
        head = role;
      } else if (!word.isEmpty() && (lexicon.of(word) & Lexicon.FUNCTION) == 0) {
        modifiers.add(word);
      }
      before = word;
    }
    return head == null ? null : new Role(head, modifiers, written, null);
  }

  /** Adds the role before a name: "the defence minister Maria Okonjo". */
  private void rolesBefore(Mention mention, Entity entity) {
    int end = mention.from();
    while (end > mention.outerFrom() && isAddress(end - 1)) {
      end--;
    }
    int last = end - 1;
    boolean apposition = false;
    if (last >= 1 && text.is(last, ',') && text.sameSentence(last, end)) {
      // "the defence minister, Maria Okonjo, said": commas on both sides.
      if (mention.to() >= text.size() || !text.isPunctuation(mention.to()) || mention.size() < 2) {
        return;
      }
      last--;
      apposition = true;
    }
    if (last < 0 || !text.sameSentence(last, end)) {
      return;
    }
    int behind = last + 1;
    while (apposition && behind - last < COMPLEMENT && isComplement(last)) {
      last--;
    }
    boolean complement = behind > last + 1;
    if (last < 0
        || !text.has(last, Lexicon.ROLE)
        || complement && !text.is(last + 1, "for", "of", "at")) {
      return;
    }
    int from = last;
    while (from > 0 && last - from < REACH && isDescriptive(from - 1, from)) {
      from--;
    }
    boolean determined = from > 0 && text.isDeterminer(from - 1);
    if (apposition && !determined && !text.isUpper(from)) {
      return;
    }
    addRole(entity, from, behind, last, placeBehind(mention));
    int before = from - 1;
    if (before >= 0
        && text.isUpper(from)
        && text.isLower(before)
        && text.has(before, Lexicon.ROLE)
        && text.sameSentence(before, from)) {
      // "the spokesman Gen. Okonjo": the role before the rank.
      addRole(entity, before, from, before);
    }
  }

  /** Returns the place for which somebody has a role: "Mayor Okonjo of [Port Vell]", or null. */
  private Range placeBehind(Mention mention) {
    int first = mention.to() + 1;
    Mention place =
        first < text.size() && text.is(mention.to(), "of") && text.sameSentence(first, first - 1)
            ? entities.mention(first)
            : null;
    return place == null || text.isHeadline(first) ? null : new Range(place.from(), place.to());
  }

  /** Returns whether the word can belong to what a role is for: "spokesman for the Vell Board". */
  private boolean isComplement(int i) {
    return i > 0
        && text.sameSentence(i - 1, i)
        && (text.isUpper(i) && !text.has(i, Lexicon.ROLE) || text.is(i, "for", "of", "at", "the"));
  }

  /** Returns whether the title is no role: "Mr", "Sister". */
  private boolean isAddress(int i) {
    if (!text.has(i, Lexicon.TITLE)) {
      return false;
    }
    String role = lexicon.role(text.folded(i));
    return role == null || role.equals("father") || role.equals("sister") || role.equals("brother");
  }

  /** Returns whether the word belongs to the description that goes on at {@code next}. */
  private boolean isDescriptive(int i, int next) {
    if (!text.sameSentence(i, next)) {
      return false;
    }
    if (text.isPunctuation(i)) {
      return text.isPossessive(i) || text.first(i) == '-';
    }
    if (text.isPossessive(i)) {
      return true;
    }
    long bits = text.classes(i);
    if (text.isUpper(next) && text.isLower(i)) {
      // "brought Senator Okonjo": of lower-case words only "former" and the like describe a title.
      return (bits & Lexicon.MODIFIER) != 0;
    }
    if (text.is(i, "and")) {
      return i > 0 && text.has(i - 1, Lexicon.ROLE) && text.has(next, Lexicon.ROLE);
    }
    return (bits & (Lexicon.FUNCTION | Lexicon.CALENDAR)) == 0;
  }

  /** Adds the role behind a name: ", 48, the mayor of Vell,". */
  private void roleBehind(Mention mention, Entity entity) {
    int i = mention.to();
    if (i + 1 >= text.size() || !text.is(i, ',') || !text.sameSentence(i, i - 1)) {
      return;
    }
    i++;
    if (text.isNumber(i) && i + 2 < text.size() && text.is(i + 1, ',')) {
      i += 2;
    }
    if (text.is(i, "who") && i + 2 < text.size() && text.is(i + 1, "is", "was")) {
      i += 2;
    }
    int from = text.isDeterminer(i) ? i + 1 : i;
    int limit = Math.min(text.size(), from + REACH);
    int head = -1;
    for (int k = from; k < limit && text.sameSentence(k, from); k++) {
      if (text.is(k, ',') || text.has(k, Lexicon.PREPOSITION) || text.is(k, "who")) {
        break;
      }
      if (text.isPunctuation(k) && !text.isPossessive(k)) {
        break;
      }
      if (text.has(k, Lexicon.FUNCTION) && !text.is(k, "and")) {
        break;
      }
      Entity named = entities.entity(k);
      if (named != null && !named.isBody() && named.form() == Form.PERSON && from == i) {
        // "Okonjo, Mayor Dray said": the role is that of the next name.
        return;
      }
      if (text.has(k, Lexicon.ROLE)) {
        head = k;
      }
    }
    if (head >= 0 && (from > i || text.isLower(head) || head > from)) {
      int to = head + 1;
      while (to < limit
          && text.sameSentence(to, head)
          && (!text.isPunctuation(to) || text.isPossessive(to))
          && !text.is(to, "who")
          && (text.is(to, "of", "for", "at")
              || text.is(to - 1, "of", "for", "at")
              || text.is(to, "the")
              || text.isUpper(to)
              || text.isPossessive(to)
              || (text.is(to - 1, "the")))) {
        to++;
      }
      addRole(entity, from, to, head);
    }
  }

  private void addRole(Entity entity, int from, int to, int head) {
    addRole(entity, from, to, head, null);
  }

  /** Adds the role whose noun is at {@code head}, with the place behind the name, if any. */
  private void addRole(Entity entity, int from, int to, int head, Range place) {
    String role = text.roleHead(head);
    if (role == null) {
      return;
    }
    Set<String> modifiers = new HashSet<>();
    String affiliation = null;
    int end = to;
    for (int i = from; i < to; i++) {
      String folded = text.folded(i);
      if (i != head && !folded.isEmpty() && !text.has(i, Lexicon.FUNCTION)) {
        modifiers.add(folded);
      }
      Entity named = entities.entity(i);
      if (named != null && named.isBody()) {
        affiliation = named.printed();
        if (i > head && named.form() == Form.ORGANIZATION && entities.mention(i).to() >= to) {
          // "economist at the School of Trade": the affiliation is no part of the role.
          end = head + 1;
        }
      } else if (affiliation == null && lexicon.country(folded) != null && text.isUpper(i)) {
        affiliation = lexicon.country(folded);
      }
    }
    for (int i = place == null ? 0 : place.first(); place != null && i < place.limit(); i++) {
      modifiers.add(text.folded(i));
      Entity named = entities.entity(i);
      affiliation = named != null && named.isBody() ? named.printed() : affiliation;
    }
    // "Velland's foreign minister": the owner is the affiliation.
    int start = from;
    for (int i = from + 1; i < head; i++) {
      Entity owner = entities.entity(i - 1);
      boolean owned = text.isPossessive(i) && text.isUpper(i - 1);
      if (owned && (owner == null || owner.form() != Form.PERSON)) {
        affiliation = owner == null ? PrintedNames.clean(text.string(from, i)) : owner.printed();
        start = i + 1;
      }
    }
    String printedRole = PrintedNames.clean(text.string(start, Math.max(end, start + 1)));
    entity.add(new Role(role, modifiers, printedRole, affiliation), Gender.of(text.classes(head)));
    // "founder and chief executive" are two roles.
    for (int i = from; i < head; i++) {
      if (text.has(i, Lexicon.ROLE) && i + 1 < to && text.is(i + 1, "and")) {
        String other = text.roleHead(i);
        if (other != null) {
          entity.add(new Role(other, modifiers, printedRole, affiliation), Gender.OPEN);
        }
      }
    }
    if (entity.form() == Form.NAME || entity.form() == Form.SINGLE) {
      entity.setPerson();
    }
  }
}
