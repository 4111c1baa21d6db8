package org.demarche.warehouse;

import java.util.List;

/** The table {@code speakers}. */
public final class SpeakerTable {

  public static final Table TABLE =
      new Table(
          "speakers",
          "One speaker who is credited with a statement anywhere in the warehouse.",
          Columns.of(
              Columns.text("speaker_id", "hash of kind and folded name, or the directory's id"),
              Columns.optionalText("speaker", "the name printed most often"),
              Columns.text("kind", "person, organization, group, unnamed or unknown"),
              Columns.optionalText("role", "the title or function printed most often"),
              Columns.optionalText("affiliation", "body or country the role belongs to"),
              Columns.optionalText("country", "country, from the directory"),
              Columns.optionalText("aliases", "other forms of the name, by '; '"),
              Columns.optionalText("wikidata_id", "Wikidata item, from the directory"),
              Columns.optionalDate("first_seen", "day of the first statement"),
              Columns.optionalDate("last_seen", "day of the last statement"),
              Columns.count("statements", "statements, reprints counted"),
              Columns.count("articles", "articles with a statement")),
          List.of("speaker_id"),
          Table.Layout.WHOLE,
          List.of("speaker_id"));

  private SpeakerTable() {}
}
