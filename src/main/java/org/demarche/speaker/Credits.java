package org.demarche.speaker;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The credits of the sources read so far, in the order of the article. */
final class Credits {

  /** A pronoun or a description refers back over so many sentences at most. */
  static final int SENTENCES_BACK = 8;

  private final List<Credit> all = new ArrayList<>();
  private final Map<Entity, Integer> byEntity = new HashMap<>();
  private final Map<String, Credit> byHead = new HashMap<>();
  private Credit plural;

  void add(Credit credit) {
    all.add(credit);
    if (credit.entity() != null) {
      byEntity.merge(credit.entity(), 1, Integer::sum);
    }
    if (credit.head() != null) {
      byHead.put(credit.head(), credit);
    }
    boolean place = credit.entity() != null && credit.entity().form() == Mention.Form.PLACE;
    if (credit.plural() && !place) {
      plural = credit;
    }
  }

  int size() {
    return all.size();
  }

  Credit get(int i) {
    return all.get(i);
  }

  /** Returns the last credit, or null before the first. */
  Credit last() {
    return all.isEmpty() ? null : all.get(all.size() - 1);
  }

  /** Returns whether the entity was credited. */
  boolean has(Entity entity) {
    return byEntity.containsKey(entity);
  }

  /** Returns the last credit whose source had the noun {@code head}, or null. */
  Credit lastWithHead(String head) {
    return byHead.get(head);
  }

  /** Returns the last credit that "they" can mean, or null. */
  Credit lastPlural() {
    return plural;
  }

  /** Returns whether the entity was credited three times or more and with two fifths of all. */
  boolean isMainSpeaker(Entity entity) {
    int own = byEntity.getOrDefault(entity, 0);
    return own >= 3 && own * 5L >= all.size() * 2L;
  }
}
