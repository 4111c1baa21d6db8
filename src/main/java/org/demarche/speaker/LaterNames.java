package org.demarche.speaker;

import java.util.Set;
import org.demarche.language.english.AnnotatedText;
import org.demarche.language.english.Lexicon;

/**
 * Finds who is described before the article names them: "A blogger is sorry. Ana Dray, 31, wrote
 * …". It is the next person whom the article introduces, if nothing that it says of them speaks
 * against it.
 */
final class LaterNames {

  /** So many sentences below a description name whom it means. */
  private static final int NAMED_BELOW = 4;

  private final AnnotatedText text;
  private final Entities entities;
  private final Antecedents antecedents;

  LaterNames(AnnotatedText text, Entities entities, Antecedents antecedents) {
    this.text = text;
    this.entities = entities;
    this.antecedents = antecedents;
  }

  /** Returns whether news often leaves somebody with the role without a name. */
  static boolean isSeldomNamed(String role) {
    return OfficeHolders.isNeverNamed(role)
        || switch (role) {
          case "spokesperson", "officer", "aide", "adviser", "agent", "diplomat" -> true;
          default -> false;
        };
  }

  /**
   * Returns the first person introduced behind the sentence of a description, or null.
   *
   * @param at the first word of the description
   * @param role the role in it
   * @param gender the gender that it tells
   */
  Entity introducedAfter(int at, String role, Gender gender) {
    boolean first = true;
    for (int m = entities.mentionsBefore(at); m < entities.mentions().size(); m++) {
      Mention mention = entities.mentions().get(m);
      int distance = text.sentence(mention.from()) - text.sentence(at);
      if (distance > NAMED_BELOW) {
        return null;
      }
      Entity entity = entities.entityOf(m);
      if (distance > 0 && entity != null && introduces(mention, entity)) {
        boolean told = entity.roles().stream().anyMatch(held -> covers(role, held.head()));
        // "The father of the victim said …. Rolf Dahl was sentenced": not the father.
        boolean next =
            first
                && entity.roles().isEmpty()
                && !(Entity.RELATIONS.contains(role) && suffers(mention.to()));
        if (entity.gender().agrees(gender) && (told || next)) {
          return entity;
        }
        first = false;
      }
    }
    return null;
  }

  /** Returns whether a person is first named here, as what the sentence is about. */
  private boolean introduces(Mention mention, Entity entity) {
    boolean person =
        entity.form() == Mention.Form.PERSON
            || entity.gender() != Gender.OPEN
            || entity.mentions().stream().anyMatch(other -> other.size() == 1);
    return mention.size() > 1
        && firstMention(entity) == mention.from()
        && person
        && antecedents.isPersonal(entity)
        && isTopic(mention);
  }

  /** Returns whether the sentence is about the person: a subject, or a name with an apposition. */
  private boolean isTopic(Mention mention) {
    int behind = mention.to();
    return antecedents.isSubject(mention)
        || behind < text.size() && (text.is(behind, ',') || text.first(behind) == '-');
  }

  /** Returns whether a court or a killer acts on whoever is named: "was sentenced", "was shot". */
  private boolean suffers(int behind) {
    int verb = behind;
    boolean passive = false;
    while (verb + 1 < text.size()
        && text.sameSentence(verb, behind)
        && text.has(verb, Lexicon.BE | Lexicon.HAVE | Lexicon.ADVERB)) {
      passive |= text.has(verb, Lexicon.BE);
      verb++;
    }
    return passive
        && text.is(
            verb,
            "sentenced",
            "jailed",
            "imprisoned",
            "convicted",
            "charged",
            "found",
            "accused",
            "fined",
            "arrested",
            "acquitted",
            "tried",
            "sent",
            "shot",
            "killed",
            "murdered");
  }

  /** Returns whether somebody with the role {@code held} can be described by {@code role}. */
  private static boolean covers(String role, String held) {
    return role.equals(held)
        || switch (role) {
          case "man", "woman", "boy", "girl", "teenager" -> true;
          case "lawmaker" -> Set.of("senator", "representative", "councillor").contains(held);
          case "expert", "scientist" ->
              Set.of("analyst", "economist", "scholar", "professor", "researcher", "scientist")
                  .contains(held);
          default -> false;
        };
  }

  /** Returns the first word of the first mention outside a headline. */
  private int firstMention(Entity entity) {
    for (Mention mention : entity.mentions()) {
      if (!text.isHeadline(mention.from())) {
        return mention.from();
      }
    }
    return -1;
  }
}
