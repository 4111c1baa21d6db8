package org.demarche.speaker;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.demarche.language.english.AnnotatedText;
import org.demarche.language.english.Lexicon;
import org.demarche.speaker.Mention.Form;

/** The entities that one article names: people, organizations, places. Each has its mentions. */
final class Entities {

  private static final TreeMap<Integer, Entity> NOWHERE = new TreeMap<>();

  private final AnnotatedText text;
  private final List<Mention> mentions;
  private final PrintedNames names;
  private final Nations nations;
  private final Set<Entity> all = new LinkedHashSet<>();

  /** For each mention the entity that it means, or null. */
  private final Entity[] entityOf;

  /** For each word the mention that covers it, or −1. */
  private final int[] mentionAt;

  private NameIndex index;

  /** The number of entities created, those removed included. */
  private int created;

  /** Mentions of one word without an entity, by that word; filled when first asked for. */
  private Map<String, List<Integer>> unassigned;

  /** Where organizations are named, by each word of their name; filled when first asked for. */
  private Map<String, TreeMap<Integer, Entity>> bodies;

  private Entities(AnnotatedText text, List<Mention> mentions, SpeakerDirectory directory) {
    this.text = text;
    this.nations = new Nations(text, mentions, directory.countries());
    this.mentions = mentions;
    this.names = new PrintedNames(text, mentions);
    this.entityOf = new Entity[mentions.size()];
    this.mentionAt = new int[text.size()];
    Arrays.fill(mentionAt, -1);
    for (int m = 0; m < mentions.size(); m++) {
      Arrays.fill(mentionAt, mentions.get(m).from(), mentions.get(m).to(), m);
    }
  }

  /** Finds the entities of an article, and their kinds, genders, roles and countries. */
  static Entities of(AnnotatedText text, SpeakerDirectory directory) {
    Entities entities = new Entities(text, MentionFinder.find(text), directory);
    entities.index = new EntityGrouping(text, entities).group();
    KindFinder kinds = new KindFinder(text, entities);
    kinds.classifyNonPersons();
    Roles roles = new Roles(text, entities);
    roles.addRoles();
    roles.addNations();
    roles.addKnown(directory);
    kinds.inferGender();
    return entities;
  }

  /** Returns all entities, in the order in which they were created. */
  Collection<Entity> all() {
    return all;
  }

  /** Returns the countries that the article mentions. */
  Nations nations() {
    return nations;
  }

  /** Returns all mentions, in the order of the article. */
  List<Mention> mentions() {
    return mentions;
  }

  /** Returns the entity that the {@code m}-th mention means, or null. */
  Entity entityOf(int m) {
    return entityOf[m];
  }

  /** Returns the folded name of the {@code m}-th mention. */
  Name name(int m) {
    return names.name(m);
  }

  /** Returns the mention that covers word {@code i}, or null. */
  Mention mention(int i) {
    return mentionAt[i] < 0 ? null : mentions.get(mentionAt[i]);
  }

  /** Returns the entity that the mention at word {@code i} means, or null. */
  Entity entity(int i) {
    return mentionAt[i] < 0 ? null : entityOf[mentionAt[i]];
  }

  /** Returns the entity most often named with the folded word in its name, or null. */
  Entity called(String word) {
    return index.mostNamed(word);
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

  /** Creates an entity with the name of the {@code m}-th mention, which is not yet assigned. */
  Entity create(int m) {
    Entity entity = new Entity(created++, mentions.get(m).form(), names.name(m), names.printed(m));
    all.add(entity);
    return entity;
  }

  /** Assigns the {@code m}-th mention to the entity. */
  void assign(int m, Entity entity) {
    entityOf[m] = entity;
    Mention mention = mentions.get(m);
    entity.add(mention, names.printed(m), names.name(m));
    if (entity.gender() == Gender.OPEN && mention.canBePerson()) {
      entity.setGender(entity.name().gender());
    }
    if (entity.form() == Form.SINGLE && text.has(mention.from(), Lexicon.GIVEN)) {
      entity.setPerson();
      entity.setGender(Gender.of(text.classes(mention.from())));
    }
  }

  /** Assigns the {@code m}-th mention to another entity; the old one goes with its last mention. */
  void reassign(int m, Entity entity) {
    Entity old = entityOf[m];
    old.remove(mentions.get(m));
    if (old.mentions().isEmpty()) {
      all.remove(old);
    }
    assign(m, entity);
  }

  /** Creates an entity for a mention that had none, and for all others of the same word. */
  Entity createFor(Mention mention) {
    int at = mentionAt[mention.from()];
    Entity misspelt = index.byMisspeltSurname(names.name(at).folded());
    Entity entity = misspelt == null ? create(at) : misspelt;
    if (unassigned == null) {
      unassigned = new HashMap<>();
      for (int m = 0; m < mentions.size(); m++) {
        if (entityOf[m] == null && mentions.get(m).size() == 1) {
          unassigned.computeIfAbsent(names.name(m).folded(), k -> new ArrayList<>()).add(m);
        }
      }
    }
    List<Integer> same = unassigned.remove(entity.name().folded());
    if (same != null) {
      same.forEach(m -> assign(m, entity));
    }
    classifyNation(entity);
    if (bodies != null && entity.isBody()) {
      addBody(entity);
    }
    return entity;
  }

  /** Makes a place of a country and a group of its people, whose names are one word. */
  void classifyNation(Entity entity) {
    if (entity.form() == Form.SINGLE) {
      String folded = entity.name().folded();
      if (nations.isOwnName(folded)) {
        entity.setPlace();
      } else if (nations.isOwnAdjective(folded)) {
        entity.setGroup();
      }
    }
  }

  /** Returns where organizations are named that have the word in their name or are of that sort. */
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
}
