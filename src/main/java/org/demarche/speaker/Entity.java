package org.demarche.speaker;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.demarche.language.english.Lexicon;
import org.demarche.speaker.Mention.Form;

/** A person, organization or place that one article names, with what the article says of it. */
final class Entity {

  /**
   * A role of a person.
   *
   * @param head the form that all variants of the role share, such as {@code lawyer}
   * @param modifiers the folded words of the description besides the head
   * @param printed the description as printed, without an article
   * @param affiliation the organization or country in it, or null
   */
  record Role(String head, Set<String> modifiers, String printed, String affiliation) {}

  /** Roles towards somebody else, which say nothing about what a person does. */
  static final Set<String> RELATIONS =
      Set.of(
          "rival",
          "opponent",
          "supporter",
          "critic",
          "ally",
          "friend",
          "colleague",
          "partner",
          "neighbour",
          "husband",
          "wife",
          "widow",
          "son",
          "daughter",
          "father",
          "mother",
          "brother",
          "sister",
          "uncle",
          "aunt",
          "cousin",
          "man",
          "woman",
          "boy",
          "girl");

  private final int number;

  /** The mentions by their first word. */
  private final TreeMap<Integer, Mention> mentions = new TreeMap<>();

  /** The first words of full names behind a title. */
  private final TreeSet<Integer> introductions = new TreeSet<>();

  private final Set<Role> roles = new LinkedHashSet<>();
  private final Set<String> forms = new LinkedHashSet<>();
  private Form form;
  private Name name;
  private String printed;
  private Gender gender = Gender.OPEN;
  private final Set<String> sorts = new HashSet<>();
  private final Map<String, Integer> fullForms = new LinkedHashMap<>();
  private final Map<String, Name> fullNames = new HashMap<>();
  private final Set<String> nations = new HashSet<>();
  private boolean plural;
  private int fullMentions;

  /** Made when first asked for, which is after the whole article has been read. */
  private Speaker speaker;

  /**
   * @param number how many entities of the article were created before
   */
  Entity(int number, Form form, Name name, String printed) {
    this.number = number;
    this.form = form;
    this.name = name;
    this.printed = printed;
    this.forms.add(printed);
  }

  /** Adds a mention with its name, printed and folded. */
  void add(Mention mention, String mentionPrinted, Name mentionName) {
    mentions.put(mention.from(), mention);
    forms.add(mentionPrinted);
    if (mention.size() > 1 && mention.outerFrom() < mention.from()) {
      introductions.add(mention.from());
    }
    if (mention.size() > 1 || mention.form() == Form.PERSON) {
      fullMentions++;
    }
    if (mention.size() > 1) {
      fullForms.merge(mentionPrinted, 1, Integer::sum);
      fullNames.putIfAbsent(mentionPrinted, mentionName);
    }
    if (gender == Gender.OPEN) {
      gender = mention.gender();
    }
    if (form != Form.PERSON && mention.form() == Form.PERSON) {
      form = Form.PERSON;
    }
  }

  /** Adds a role and the gender that it tells. */
  void add(Role role, Gender told) {
    roles.add(role);
    if (told != Gender.OPEN && gender == Gender.OPEN) {
      gender = told;
    }
  }

  /**
   * Chooses the name among the printed forms: the longest with the same first word as the most
   * usual one, since a longer form can open with a word that is not part of the name.
   */
  void settleName() {
    String usual = null;
    boolean usualGiven = false;
    for (String full : fullForms.keySet()) {
      Name candidate = fullNames.get(full);
      boolean given = (Lexicon.english().of(candidate.first()) & Lexicon.GIVEN) != 0;
      boolean better =
          usual == null
              || (given && !usualGiven)
              || (given == usualGiven
                  && (given
                      ? fullForms.get(full) > fullForms.get(usual)
                      : candidate.words().size() > fullNames.get(usual).words().size()));
      if (better) {
        usual = full;
        usualGiven = given;
      }
    }
    if (usual == null) {
      return;
    }
    String fullest = usual;
    for (String full : fullForms.keySet()) {
      Name candidate = fullNames.get(full);
      int more = candidate.words().size() - fullNames.get(fullest).words().size();
      boolean longerFirst = candidate.first().length() > fullNames.get(fullest).first().length();
      boolean given = (Lexicon.english().of(candidate.first()) & Lexicon.GIVEN) != 0;
      boolean longer =
          candidate.first().startsWith(fullNames.get(usual).first())
              || given && candidate.words().containsAll(fullNames.get(usual).words());
      if (longer && (more > 0 || more == 0 && longerFirst)) {
        fullest = full;
      }
    }
    name = fullNames.get(fullest);
    printed = fullest;
  }

  /** Removes a mention of one word. */
  void remove(Mention mention) {
    mentions.remove(mention.from());
  }

  void setGender(Gender gender) {
    this.gender = gender;
  }

  void setPerson() {
    form = Form.PERSON;
  }

  void setBody() {
    form = Form.ORGANIZATION;
  }

  void setPlace() {
    form = Form.PLACE;
  }

  /** Makes this a group with a name: "the Ardents". */
  void setGroup() {
    form = Form.ORGANIZATION;
    plural = true;
  }

  /** Returns whether this is a group with a name. */
  boolean isGroup() {
    return plural;
  }

  /** Adds a country to which this person belongs, unless it is null. */
  void addNation(String nation) {
    if (nation != null) {
      nations.add(nation);
    }
  }

  /** Returns whether this person belongs to the country; false for null. */
  boolean belongsTo(String nation) {
    return nation != null && nations.contains(nation);
  }

  /** Returns whether this person is known to belong to other countries than those said. */
  boolean isForeignTo(Set<String> said) {
    return !nations.isEmpty() && !said.isEmpty() && Collections.disjoint(nations, said);
  }

  /** Makes this an organization that the article calls by a noun such as {@code newspaper}. */
  void addSort(String noun) {
    form = Form.ORGANIZATION;
    sorts.add(noun);
  }

  /** Returns the nouns by which the article calls this organization. */
  Set<String> sorts() {
    return sorts;
  }

  /** Returns how many entities of the article were created before this one. */
  int number() {
    return number;
  }

  /** Returns the mentions, in the order of the article. */
  Collection<Mention> mentions() {
    return mentions.values();
  }

  /** Returns the roles, each once, in the order of the article. */
  Collection<Role> roles() {
    return roles;
  }

  /** Returns the names of two words or more by which the article calls the entity. */
  Collection<Name> fullNames() {
    return fullNames.values();
  }

  Form form() {
    return form;
  }

  Name name() {
    return name;
  }

  /** Returns the fullest form in which the article prints the name. */
  String printed() {
    return printed;
  }

  Gender gender() {
    return gender;
  }

  /** Returns the number of mentions of more than one word or with a title. */
  int fullMentions() {
    return fullMentions;
  }

  /** Returns where a title last introduced the full name before word {@code at}, or -1. */
  int lastIntroduction(int at) {
    Integer last = introductions.floor(at);
    return last == null ? -1 : last;
  }

  /** Returns where the entity was last named before word {@code at}, or -1. */
  int lastMention(int at) {
    Integer last = mentions.lowerKey(at);
    return last == null ? -1 : last;
  }

  /** Returns whether this is an organization or a place. */
  boolean isBody() {
    return form == Form.ORGANIZATION || form == Form.PLACE;
  }

  /** Returns whether the name ends with a noun for a role, an organization or a group. */
  boolean isCalledLikeANoun() {
    long bits = Lexicon.english().of(name.last());
    return (bits & (Lexicon.ROLE | Lexicon.BODY_NOUN | Lexicon.GROUP)) != 0;
  }

  /** Returns whether the name ends with a word for an organization: "Vell Inc.". */
  boolean endsAsBody() {
    return (Lexicon.english().of(name.last()) & Lexicon.BODY) != 0;
  }

  /** Returns the first role that is no relation to somebody else, or null. */
  private Role mainRole() {
    for (Role role : roles) {
      if (!RELATIONS.contains(role.head())) {
        return role;
      }
    }
    return null;
  }

  Speaker speaker() {
    if (speaker == null) {
      speaker = asSpeaker();
    }
    return speaker;
  }

  private Speaker asSpeaker() {
    List<String> aliases = List.copyOf(forms);
    if (isBody()) {
      SpeakerKind kind = plural ? SpeakerKind.GROUP : SpeakerKind.ORGANIZATION;
      return new Speaker(kind, printed, null, null, aliases);
    }
    Role role = mainRole();
    return new Speaker(
        SpeakerKind.PERSON,
        printed,
        role == null ? null : role.printed(),
        role == null ? null : role.affiliation(),
        aliases);
  }
}
