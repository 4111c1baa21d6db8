package org.demarche.speaker;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.demarche.speaker.Entity.Role;
import org.demarche.speaker.Mention.Form;

/** Adds to people the roles and countries, and to organizations the sorts, around their names. */
final class Roles {

  /** A role is looked for in this many words before or behind a name. */
  private static final int REACH = 14;

  private final Words words;
  private final Entities entities;
  private final WordLists lists = WordLists.bundled();

  Roles(Words words, Entities entities) {
    this.words = words;
    this.entities = entities;
  }

  /** Adds the roles of people and the sorts of organizations. */
  void addRoles() {
    for (int m = 0; m < entities.mentions().size(); m++) {
      Mention mention = entities.mentions().get(m);
      Entity entity = entities.entityOf(m);
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

  /** Adds the sort of "the newspaper Vell Courier" or "Vell Courier, a newspaper that". */
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
          // "Okonjo, the union president": Okonjo is no union.
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
        if (of + 1 < words.size() && words.is(of, "of") && words.adjacent(of, of + 1)) {
          entity.addNation(entities.nations().of(words.folded(of + 1)));
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
        String folded = Name.fold(known.country());
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

  /** Adds the role before a name: "the defence minister Maria Okonjo". */
  private void rolesBefore(Mention mention, Entity entity) {
    int end = mention.from();
    while (end > mention.outerFrom() && isAddress(end - 1)) {
      end--;
    }
    int last = end - 1;
    boolean apposition = false;
    if (last >= 1 && words.isComma(last) && words.sentence(last) == words.sentence(end)) {
      // "the defence minister, Maria Okonjo, said": commas on both sides.
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
    addRole(entity, from, last + 1, last);
  }

  /** Returns whether the title is no role: "Mr", "Sister". */
  private boolean isAddress(int i) {
    if (!words.has(i, WordLists.TITLE)) {
      return false;
    }
    String role = lists.role(words.folded(i));
    return role == null || role.equals("father") || role.equals("sister") || role.equals("brother");
  }

  /** Returns whether the word belongs to the description that goes on at {@code next}. */
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
      // "brought Senator Okonjo": of lower-case words only "former" and the like describe a title.
      return (bits & WordLists.MODIFIER) != 0;
    }
    if (words.is(i, "and")) {
      return i > 0 && words.has(i - 1, WordLists.ROLE) && words.has(next, WordLists.ROLE);
    }
    return (bits & (WordLists.FUNCTION | WordLists.CALENDAR)) == 0;
  }

  /** Adds the role behind a name: ", 48, the mayor of Vell,". */
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
      Entity named = entities.entity(k);
      if (named != null && !named.isBody() && named.form() == Form.PERSON && from == i) {
        // "Okonjo, Mayor Dray said": the role is that of the next name.
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

  private void addRole(Entity entity, int from, int to, int head) {
    String role = words.roleHead(head);
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
      Entity named = entities.entity(i);
      if (named != null && named.isBody()) {
        affiliation = named.printed();
        if (i > head && named.form() == Form.ORGANIZATION && entities.mention(i).to() >= to) {
          // "economist at the School of Trade": the affiliation is no part of the role.
          end = head + 1;
        }
      } else if (affiliation == null && lists.country(folded) != null && words.isUpper(i)) {
        affiliation = lists.country(folded);
      }
    }
    // "Velland's foreign minister": the owner is the affiliation.
    int start = from;
    for (int i = from + 1; i < head; i++) {
      Entity owner = entities.entity(i - 1);
      boolean owned = words.isPossessive(i) && words.isUpper(i - 1);
      if (owned && (owner == null || owner.form() != Form.PERSON)) {
        affiliation = owner == null ? PrintedNames.clean(words.text(from, i)) : owner.printed();
        start = i + 1;
      }
    }
    String printedRole = PrintedNames.clean(words.text(start, Math.max(end, start + 1)));
    entity.add(
        new Role(role, modifiers, printedRole, affiliation), WordLists.gender(words.bits(head)));
    // "founder and chief executive" are two roles.
    for (int i = from; i < head; i++) {
      if (words.has(i, WordLists.ROLE) && i + 1 < to && words.is(i + 1, "and")) {
        String other = words.roleHead(i);
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
