package org.demarche.speaker;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.demarche.language.english.AnnotatedText;
import org.demarche.language.english.Folding;
import org.demarche.language.english.Lexicon;
import org.demarche.speaker.Entity.Role;

/** Finds the person whom the article introduced with a role: "the foreign minister". */
final class OfficeHolders {

  /** At most this many holders of a role are compared before a place, and as many behind it. */
  private static final int MOST_TRIED = 100;

  private static final TreeMap<Integer, Entity> NOWHERE = new TreeMap<>();

  private final AnnotatedText text;
  private final Entities entities;
  private final Antecedents antecedents;

  /** People by a word of their role and their first mention; filled when first asked for. */
  private Map<String, TreeMap<Integer, Entity>> introduced;

  OfficeHolders(AnnotatedText text, Entities entities, Antecedents antecedents) {
    this.text = text;
    this.entities = entities;
    this.antecedents = antecedents;
  }

  /** Returns who has the role: the one whose modifiers fit best, then the most recent, or null. */
  Entity find(String role, int start, int to, int head) {
    Set<String> modifiers = new HashSet<>();
    boolean owned = false;
    for (int i = start; i < to; i++) {
      owned |= i < head && text.isPossessive(i) && text.isLower(i - 1);
      if (i != head && !text.isPunctuation(i) && !text.has(i, Lexicon.FUNCTION)) {
        modifiers.add(party(text.folded(i)));
      }
    }
    Set<String> nations = nations(start, to);
    Entity best = null;
    double bestScore = 0;
    for (Entity entity : introducedNear(start, role, modifiers)) {
      if (entity.isBody()
          || entity.mentions().isEmpty()
          || antecedents.isSpokenOf(entity)
          || entity.isForeignTo(nations)) {
        continue;
      }
      // "Lawyer Okonjo spoke. The ministry's lawyer": somebody else.
      boolean another = owned && role.equals("lawyer") && entity.lastMention(start) >= 0;
      double fit = fit(entity, role, modifiers, another);
      if (fit < 0) {
        continue;
      }
      int last = entity.lastMention(start);
      double score = fit + (last < 0 ? -1 : 1.0 / (1 + text.sentence(start) - text.sentence(last)));
      if (best == null || score > bestScore) {
        best = entity;
        bestScore = score;
      }
    }
    return best;
  }

  /**
   * Returns who has the role or a role with one of the modifiers, in the order of creation; only
   * those first named around {@code at} if they are very many.
   */
  private List<Entity> introducedNear(int at, String role, Set<String> modifiers) {
    if (introduced == null) {
      introduced = new HashMap<>();
      for (Entity entity : entities.all()) {
        for (Role held : entity.roles()) {
          add(held.head(), entity);
          add(party(held.head()), entity);
          held.modifiers().forEach(modifier -> add(modifier, entity));
        }
      }
    }
    Set<Entity> near = new HashSet<>();
    Set<String> keys = new HashSet<>(modifiers);
    keys.add(role);
    for (String key : keys) {
      TreeMap<Integer, Entity> places = introduced.getOrDefault(key, NOWHERE);
      places.headMap(at, false).descendingMap().values().stream()
          .limit(MOST_TRIED)
          .forEach(near::add);
      places.tailMap(at, true).values().stream().limit(MOST_TRIED).forEach(near::add);
    }
    return near.stream().sorted(Comparator.comparingInt(Entity::number)).toList();
  }

  private void add(String word, Entity entity) {
    if (!entity.mentions().isEmpty()) {
      int first = entity.mentions().iterator().next().from();
      introduced.computeIfAbsent(word, k -> new TreeMap<>()).put(first, entity);
    }
  }

  /**
   * Returns how well a role of the entity fits, or −1 if none does.
   *
   * @param another whether the description says whose lawyer this is, so that a lawyer who was
   *     named before without a client is somebody else
   */
  private double fit(Entity entity, String role, Set<String> modifiers, boolean another) {
    if (isNeverNamed(role)) {
      return -1;
    }
    double best = -1;
    for (Role held : entity.roles()) {
      boolean same = held.head().equals(role);
      // "the Republican" can mean who was introduced as a Republican senator.
      boolean asModifier = held.modifiers().contains(role);
      // "the Republican nominee" can mean "Republican Okonjo".
      boolean asParty = modifiers.contains(party(held.head()));
      if (!same && !asModifier && !asParty) {
        continue;
      }
      // "The chancellor" is not the shadow chancellor.
      boolean shadow = held.modifiers().contains("shadow") != modifiers.contains("shadow");
      if (shadow || contradicts(modifiers, held.modifiers())) {
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
      if (any || held.modifiers().isEmpty() && !another) {
        best = Math.max(best, Math.max(0, score) + (same ? 0.5 : 0));
      }
    }
    return best;
  }

  /** Returns whether both name a nationality, and not the same one. */
  private static boolean contradicts(Set<String> said, Set<String> held) {
    boolean saidSome = false;
    boolean heldSome = false;
    for (String word : said) {
      if ((Lexicon.english().of(word) & Lexicon.NATIONALITY) != 0) {
        if (held.contains(word)) {
          return false;
        }
        saidSome = true;
      }
    }
    for (String word : held) {
      heldSome |= (Lexicon.english().of(word) & Lexicon.NATIONALITY) != 0;
    }
    return saidSome && heldSome;
  }

  /** Returns the same word for all names of a party, and any other word as it is. */
  private static String party(String word) {
    return switch (word) {
      case "gop" -> "republican";
      case "democrat" -> "democratic";
      default -> word;
    };
  }

  /** Returns whether the role is one that news gives to sources without a name. */
  static boolean isNeverNamed(String role) {
    return switch (role) {
      case "source", "official", "witness", "resident", "insider", "narrator", "announcer" -> true;
      default -> false;
    };
  }

  /** Returns whether the role is an office that one person has at a time. */
  static boolean isOffice(String role) {
    return switch (role) {
      case "president",
          "prime-minister",
          "chancellor",
          "ambassador",
          "envoy",
          "minister",
          "governor",
          "mayor",
          "leader",
          "candidate",
          "nominee",
          "frontrunner" ->
          true;
      default -> false;
    };
  }

  /** Returns the countries in a description. */
  Set<String> nations(int from, int to) {
    Set<String> nations = new HashSet<>();
    for (int i = from; i < to; i++) {
      String nation = text.isUpper(i) ? entities.nations().of(text.folded(i)) : null;
      if (nation != null) {
        nations.add(nation);
      }
    }
    return nations;
  }

  /** Returns whether the description of a speaker without a name tells other countries. */
  boolean isForeign(Credit unnamed, Set<String> said) {
    Set<String> nations = new HashSet<>();
    for (String word : unnamed.speaker().name().split(" ")) {
      String nation = entities.nations().of(Folding.fold(word));
      if (nation != null && Character.isUpperCase(word.charAt(0))) {
        nations.add(nation);
      }
    }
    return !nations.isEmpty() && !said.isEmpty() && Collections.disjoint(nations, said);
  }
}
