package org.demarche.speaker;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Who was credited so far, in the order of the article. */
final class Credits {

  /** Pronouns and descriptions mean nobody farther back than so many sentences. */
  static final int SENTENCES_BACK = 8;

  private final List<Credit> all = new ArrayList<>();
  private final Set<Entity> entities = new HashSet<>();

  void add(Credit credit) {
    all.add(credit);
    if (credit.entity() != null) {
      entities.add(credit.entity());
    }
  }

  boolean isEmpty() {
    return all.isEmpty();
  }

  int size() {
    return all.size();
  }

  Credit get(int i) {
    return all.get(i);
  }

  /** Returns who was credited last, or null before anybody was. */
  Credit last() {
    return all.isEmpty() ? null : all.get(all.size() - 1);
  }

  /** Returns whether the entity was credited before. */
  boolean has(Entity entity) {
    return entities.contains(entity);
  }

  /** Returns the last credit whose source had the noun {@code head}. */
  Credit sameUnnamed(String head) {
    for (int c = all.size() - 1; c >= 0; c--) {
      if (head.equals(all.get(c).head())) {
        return all.get(c);
      }
    }
    return null;
  }

  /** Returns whether two in five statements so far, and three at least, are this person's. */
  boolean isMainSpeaker(Entity entity) {
    long own = all.stream().filter(credit -> credit.entity() == entity).count();
    return own >= 3 && own * 5 >= all.size() * 2L;
  }
}
