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
import org.demarche.speaker.Mention.Form;

/**
 * Somebody or something that one article names, gathered while the article is read and thrown away
 * with it.
 */
final class Entity {

  /**
   * What the article calls an entity besides its name.
   *
   * @param head the form that all variants of the role share, such as {@code lawyer}
   * @param modifiers folded words of the description besides the head
   * @param printed the description as printed, without article
   * @param affiliation the body or country in it, or null
   */
  record Role(String head, Set<String> modifiers, String printed, String affiliation) {}

  /** Roles that are held towards somebody else only. */
  private static final Set<String> RELATIONS =
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

  /** By their first word, so that the last one before a place is found without a search. */
  private final TreeMap<Integer, Mention> mentions = new TreeMap<>();

  /** The first words of the full names that stand behind a title. */
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

  /** Made when first asked for, which is after the whole article was read. */
  private Speaker speaker;

  /**
   * @param number how many were gathered from the article before
   */
  Entity(int number, Form form, Name name, String printed) {
    this.number = number;
    this.form = form;
    this.name = name;
    this.printed = printed;
    this.forms.add(printed);
  }

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

  void add(Role role, Gender told) {
    roles.add(role);
    if (told != Gender.OPEN && gender == Gender.OPEN) {
      gender = told;
    }
  }

  /**
   * Chooses the fullest form among those printed: the longest that opens like the most usual form
   * with a given name, so that a word put before the name once does not stick to it.
   */
  void settleName() {
    String usual = null;
    boolean usualGiven = false;
    for (String full : fullForms.keySet()) {
      Name candidate = fullNames.get(full);
      boolean given = (WordLists.bundled().of(candidate.first()) & WordLists.GIVEN) != 0;
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
      if (candidate.first().equals(fullNames.get(usual).first())
          && candidate.words().size() > fullNames.get(fullest).words().size()) {
        fullest = full;
      }
    }
    name = fullNames.get(fullest);
    printed = fullest;
  }

  /** Takes back a mention of one word. */
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

  /** Makes a group of a name with a plural: "the Ardents". */
  void setGroup() {
    form = Form.ORGANIZATION;
    plural = true;
  }

  /** Notes a country to which this person belongs; null is none. */
  void addNation(String nation) {
    if (nation != null) {
      nations.add(nation);
    }
  }

  /** Returns whether this person is known to belong to a country, null being none. */
  boolean belongsTo(String nation) {
    return nation != null && nations.contains(nation);
  }

  /** Returns whether this belongs to other countries than {@code said}, as far as both are told. */
  boolean isForeignTo(Set<String> said) {
    return !nations.isEmpty() && !said.isEmpty() && Collections.disjoint(nations, said);
  }

  /** Notes that the article calls this body a company, a newspaper or whatever {@code noun} is. */
  void addSort(String noun) {
    form = Form.ORGANIZATION;
    sorts.add(noun);
  }

  /** Returns the nouns by which the article says what sort of body this is. */
  Set<String> sorts() {
    return sorts;
  }

  /** Returns how many entities were gathered from the article before this one. */
  int number() {
    return number;
  }

  /** Returns the places where this is named, in reading order. */
  Collection<Mention> mentions() {
    return mentions.values();
  }

  /** Returns the roles, each once, in reading order. */
  Collection<Role> roles() {
    return roles;
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

  boolean isBody() {
    return form == Form.ORGANIZATION || form == Form.PLACE;
  }

  /** Returns whether this can be somebody whom "he" or "she" means. */
  boolean canBePerson() {
    return !isBody();
  }

  /** Returns whether the last word of the name is a role, or a noun for bodies or groups. */
  boolean isCalledLikeANoun() {
    int bits = WordLists.bundled().of(name.last());
    return (bits & (WordLists.ROLE | WordLists.BODY_NOUN | WordLists.GROUP)) != 0;
  }

  /** Returns the first role that says what somebody does and not whose rival or wife they are. */
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
