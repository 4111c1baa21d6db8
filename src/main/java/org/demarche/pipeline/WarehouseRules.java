package org.demarche.pipeline;

import static org.demarche.pipeline.WarehouseRule.keys;
import static org.demarche.pipeline.WarehouseRule.refers;
import static org.demarche.pipeline.WarehouseRule.values;

import java.util.List;
import java.util.stream.Stream;
import org.demarche.pipeline.WarehouseRule.Wrong;
import org.demarche.warehouse.ArticleTable;
import org.demarche.warehouse.FingerprintTable;
import org.demarche.warehouse.RejectTable;
import org.demarche.warehouse.SpeakerLabelTable;
import org.demarche.warehouse.SpeakerScoreTable;
import org.demarche.warehouse.SpeakerTable;
import org.demarche.warehouse.StatementProbabilityTable;
import org.demarche.warehouse.StatementScoreTable;
import org.demarche.warehouse.StatementTable;
import org.demarche.warehouse.Table;
import org.demarche.warehouse.Tables;
import org.demarche.warehouse.TargetTable;

/**
 * The rules that {@link WarehouseCheck} checks. Beside the tables they read {@code _runs}, the rows
 * of {@link RunHistory}, and {@code _models}, the models that scored.
 */
final class WarehouseRules {

  /** All tables, the internal ones too. */
  static final List<Table<?>> TABLES =
      Stream.concat(
              Tables.ALL.stream(),
              Stream.concat(Stream.of(FingerprintTable.TABLE), WarehouseLayout.INTERNAL.stream()))
          .toList();

  private static final Wrong DAY_OF_ANOTHER_MONTH =
      new Wrong(
          "published_month <> coalesce(date_format(published_date, 'yyyy-MM'), 'unknown')",
          "format_string('published_date %s is in the folder of %s', published_date,"
              + " published_month)");

  private static final Wrong NOT_A_WINDOW =
      new Wrong(
          "NOT is_window(window, window_start, window_end)",
          "format_string('no window of this kind is from %s to %s', window_start, window_end)");

  private static final Wrong CONFIDENCE = share("confidence");

  private WarehouseRules() {}

  /** A number that is not between 0 and 1; Spark takes NaN for greater than any number. */
  private static Wrong share(String column) {
    return new Wrong(
        "NOT %s BETWEEN 0 AND 1".formatted(column),
        "format_string('%1$s is %%s', %1$s)".formatted(column));
  }

  /** An interval that does not hold its estimate. The formula of a share's ends rounds. */
  private static Wrong interval(String estimate) {
    return new Wrong(
        "NOT (low <= %1$s + 1e-9 AND %1$s <= high + 1e-9) OR isnan(high)".formatted(estimate),
        "format_string('%1$s is %%s, but low %%s and high %%s', %1$s, low, high)"
            .formatted(estimate));
  }

  static final List<WarehouseRule> VALUES =
      List.of(
          values(
              ArticleTable.TABLE,
              new Wrong(
                  "NOT (0 <= body_start AND body_start <= body_end AND body_end <= utf16(text))",
                  "format_string('the body is %s-%s of %s', body_start, body_end, utf16(text))"),
              new Wrong(
                  "NOT published_date <=> CAST(published_at AS DATE)",
                  "format_string('published_date is %s, published_at %s', published_date,"
                      + " published_at)"),
              DAY_OF_ANOTHER_MONTH),
          values(RejectTable.TABLE),
          values(FingerprintTable.TABLE),
          values(
              StatementTable.TABLE,
              new Wrong(
                  "NOT (0 <= start AND start < `end`) OR fragments NOT LIKE concat(start, '-%')"
                      + " OR fragments NOT LIKE concat('%-', `end`)",
                  "format_string('start %s, end %s and fragments %s disagree', start, `end`,"
                      + " fragments)"),
              CONFIDENCE,
              DAY_OF_ANOTHER_MONTH),
          values(
              StatementScoreTable.TABLE,
              CONFIDENCE,
              new Wrong(
                  "coalesce(abs(aggregate(split(probabilities, ','), 0D,"
                      + " (sum, each) -> sum + try_cast(each AS DOUBLE)) - 1) > 1e-6, true)",
                  "format_string('the probabilities %s do not sum to 1', probabilities)"),
              new Wrong(
                  "abs(array_max(transform(split(probabilities, ','),"
                      + " each -> try_cast(each AS DOUBLE))) - confidence) > 1e-6",
                  "format_string('confidence is %s, but the probabilities %s', confidence,"
                      + " probabilities)"),
              new Wrong("isnan(position)", "'position is NaN'"),
              DAY_OF_ANOTHER_MONTH),
          values(StatementProbabilityTable.TABLE, share("probability")),
          values(
              SpeakerScoreTable.TABLE,
              interval("score"),
              new Wrong(
                  "NOT (1 <= distinct_statements AND distinct_statements <= statements"
                      + " AND 1 <= articles AND articles <= statements"
                      + " AND 0 <= outlets AND outlets <= articles)",
                  "format_string('%s statements, %s of them distinct, in %s articles of %s outlets',"
                      + " statements, distinct_statements, articles, outlets)"),
              new Wrong(
                  "change IS NULL AND change_significant", "'change is null but significant'"),
              NOT_A_WINDOW),
          values(
              SpeakerLabelTable.TABLE,
              share("share"),
              share("share_adjusted"),
              interval("share"),
              share("low"),
              share("high"),
              new Wrong("statements < 0", "format_string('%s statements', statements)"),
              NOT_A_WINDOW),
          values(
              SpeakerTable.TABLE,
              new Wrong(
                  "NOT (1 <= articles AND articles <= statements)",
                  "format_string('%s statements in %s articles', statements, articles)"),
              new Wrong(
                  "NOT first_seen <= last_seen OR (first_seen IS NULL) <> (last_seen IS NULL)",
                  "format_string('first seen %s, last seen %s', first_seen, last_seen)")),
          values(TargetTable.TABLE),
          values(WindowSums.TABLE),
          values(SpeakerSums.TABLE),
          values(
              WindowPriors.TABLE,
              new Wrong(
                  "NOT population.speakers <= population.statements",
                  "format_string('%s speakers, but %s statements', population.speakers,"
                      + " population.statements)")));

  static final List<WarehouseRule> ACROSS_TABLES =
      List.of(
          new WarehouseRule(
              "articles: fingerprints and hashes",
              """
              SELECT CASE
                  WHEN text_hash IS NULL THEN 'no fingerprint'
                  WHEN hash IS NULL THEN 'a fingerprint without an article'
                  ELSE 'the text is not the one that was taken in' END AS fault,
                article_id, batch_id, a.file
              FROM (SELECT article_id, batch_id, content_id(text) AS hash, file FROM {articles}) a
                FULL JOIN {_fingerprints} f USING (article_id, batch_id)
              WHERE NOT hash <=> text_hash"""),
          new WarehouseRule(
              "articles: counts of the runs",
              """
              SELECT format_string('the runs left %s articles and %s rejects, the tables hold %s'
                  || ' and %s', r.articles, r.rejects, a.n, b.n) AS fault
              FROM (SELECT count_if(records > 0 OR removed IS NOT NULL) AS runs,
                    sum(coalesce(merged_batches, 0)) AS merged,
                    sum(coalesce(articles, 0) - coalesce(corrected, 0) - coalesce(removed, 0))
                      AS articles,
                    sum(coalesce(rejects, 0) - coalesce(removed_rejects, 0)) AS rejects
                  FROM {_runs} WHERE status = 'done') r,
                (SELECT count(*) AS n, count(DISTINCT batch_id) AS batches FROM {articles}) a,
                (SELECT count(*) AS n FROM {rejects}) b
              WHERE r.runs >= a.batches + r.merged AND (r.articles <> a.n OR r.rejects <> b.n)"""),
          new WarehouseRule(
              "runs: counts add up",
              """
              SELECT format_string('%s records, but %s articles, %s rejects, %s duplicates, %s'
                  || ' superseded and %s withdrawn',
                  records, articles, rejects, duplicates, superseded, withdrawn) AS fault, run_id
              FROM {_runs}
              WHERE records <> articles + rejects + duplicates
                + coalesce(superseded, 0) + coalesce(withdrawn, 0)"""),
          new WarehouseRule(
              "statements: articles and words",
              """
              SELECT * FROM (
                SELECT CASE WHEN a.text IS NULL THEN 'no such article in the batch'
                    ELSE misquoted(a.text, s.fragments, s.text, s.passage_start, s.passage,
                      s.cue_start, s.cue, s.source_start, s.source) END AS fault,
                  statement_id, article_id, batch_id, s.file
                FROM {statements} s LEFT JOIN {articles} a USING (article_id, batch_id))
              WHERE fault IS NOT NULL"""),
          new WarehouseRule(
              "statements: all scored",
              """
              SELECT 'asserted, but without a score' AS fault, statement_id, batch_id, file
              FROM {statements} LEFT ANTI JOIN {statement_scores} USING (statement_id, batch_id)
              WHERE asserted"""),
          new WarehouseRule(
              "statement_scores: statements",
              """
              SELECT CASE WHEN c.asserted IS NULL THEN 'no such statement in the batch'
                  WHEN NOT c.asserted THEN 'the statement is not asserted'
                  ELSE 'not the speaker, article, day, outlet or words of the statement' END
                  AS fault, statement_id, scale, target_id, batch_id, s.file
              FROM {statement_scores} s LEFT JOIN {statements} c USING (statement_id, batch_id)
              WHERE NOT coalesce(c.asserted, false)
                OR NOT (s.speaker_id <=> c.speaker_id AND s.article_id <=> c.article_id
                  AND s.published_date <=> c.published_date AND s.outlet <=> c.outlet
                  AND s.distinct_id <=> c.distinct_id)"""),
          new WarehouseRule(
              "statement_scores: models",
              """
              SELECT DISTINCT 'no such model in _models' AS fault, scale, model_id
              FROM {statement_scores} s LEFT ANTI JOIN {_models} m
                ON m.scale = s.scale AND contains(m.description, s.model_id)"""),
          refers(StatementScoreTable.TABLE, "target_id", "targets"),
          new WarehouseRule(
              "statement_probabilities: scores",
              """
              SELECT CASE WHEN p.sum IS NULL THEN 'no probabilities'
                  WHEN s.label IS NULL THEN 'no such score'
                  ELSE concat('the probabilities sum to ', p.sum) END AS fault,
                statement_id, scale, target_id, s.file
              FROM (SELECT statement_id, scale, target_id, sum(probability) AS sum
                  FROM {statement_probabilities} GROUP BY ALL) p
                FULL JOIN {statement_scores} s USING (statement_id, scale, target_id)
              WHERE p.sum IS NULL OR s.label IS NULL OR NOT abs(p.sum - 1) < 1e-6"""),
          new WarehouseRule(
              "speakers: statements",
              """
              SELECT CASE WHEN s.statements IS NULL THEN 'no such speaker'
                  ELSE format_string('%s statements in %s articles from %s to %s, but the statements'
                    || ' say %s in %s from %s to %s', s.statements, s.articles, s.first_seen,
                    s.last_seen, c.statements, c.articles, c.first, c.last) END AS fault, speaker_id
              FROM (SELECT speaker_id, count(*) AS statements,
                    count(DISTINCT article_id) AS articles,
                    min(published_date) AS first, max(published_date) AS last
                  FROM {statements}
                  WHERE asserted AND speaker_id IS NOT NULL AND speaker_kind <> 'unnamed'
                  GROUP BY speaker_id) c
                FULL JOIN {speakers} s USING (speaker_id)
              WHERE NOT (s.statements <=> c.statements AND s.articles <=> c.articles
                AND s.first_seen <=> c.first AND s.last_seen <=> c.last)"""),
          refers(SpeakerScoreTable.TABLE, "speaker_id", "speakers"),
          refers(SpeakerScoreTable.TABLE, "target_id", "targets"),
          refers(SpeakerScoreTable.TABLE, "run_id", "_runs"),
          new WarehouseRule(
              "speaker_scores: statements",
              """
              WITH held AS (SELECT speaker_id, scale, target_id,
                  count(*) AS n, count(published_date) AS dated
                FROM {statement_scores} WHERE speaker_id IS NOT NULL GROUP BY ALL),
              expected AS (SELECT speaker_id, scale, target_id, window,
                  if(window = 'all', n, dated) AS n
                FROM held CROSS JOIN (SELECT DISTINCT window FROM {speaker_scores})),
              found AS (SELECT speaker_id, scale, target_id, window, sum(statements) AS n
                FROM {speaker_scores} GROUP BY ALL)
              SELECT format_string('%s statements, but statement_scores holds %s',
                  coalesce(f.n, 0), coalesce(e.n, 0)) AS fault,
                speaker_id, scale, target_id, window
              FROM expected e FULL JOIN found f USING (speaker_id, scale, target_id, window)
                LEFT JOIN {speakers} s USING (speaker_id)
              WHERE coalesce(f.n, 0) <> coalesce(e.n, 0)
                AND (f.n IS NOT NULL OR s.kind IN ('person', 'organization'))"""),
          new WarehouseRule(
              "speaker_scores: tallies",
              """
              SELECT format_string('%s statements, but _tallies holds %s', s.statements,
                  t.statements) AS fault,
                coalesce(t.speaker_id, s.speaker_id) AS speaker_id,
                coalesce(t.scale, s.scale) AS scale,
                coalesce(t.target_id, s.target_id) AS target_id,
                coalesce(t.window, s.window) AS window,
                coalesce(t.window_start, s.window_start) AS window_start
              FROM {_tallies} t FULL JOIN {speaker_scores} s
                ON t.speaker_id = s.speaker_id AND t.scale = s.scale AND t.target_id = s.target_id
                  AND t.window = s.window AND t.window_start <=> s.window_start
              WHERE NOT t.statements <=> s.statements"""),
          new WarehouseRule(
              "speaker_scores: populations",
              """
              SELECT format_string('%s speakers with %s statements, but _tallies holds %s with %s',
                  p.population.speakers, p.population.statements, t.speakers, t.statements)
                  AS fault,
                coalesce(t.scale, p.scale) AS scale,
                coalesce(t.target_id, p.target_id) AS target_id,
                coalesce(t.window, p.window) AS window,
                coalesce(t.window_start, p.window_start) AS window_start
              FROM (SELECT scale, target_id, window, window_start, count(*) AS speakers,
                    sum(tally.statements) AS statements
                  FROM {_tallies} GROUP BY ALL) t
                FULL JOIN {_populations} p
                ON t.scale = p.scale AND t.target_id = p.target_id
                  AND t.window = p.window AND t.window_start <=> p.window_start
              WHERE NOT (t.speakers <=> p.population.speakers
                AND t.statements <=> p.population.statements)"""),
          new WarehouseRule(
              "speakers: sums",
              """
              SELECT format_string('%s statements, but _speakers holds %s', s.statements,
                  t.statements) AS fault, speaker_id
              FROM {_speakers} t FULL JOIN {speakers} s USING (speaker_id)
              WHERE NOT (t.statements <=> s.statements AND t.articles <=> s.articles)"""),
          new WarehouseRule(
              "speaker_labels: shares",
              """
              SELECT CASE WHEN l.n IS NULL THEN 'no labels'
                  WHEN s.score IS NULL THEN 'no such score'
                  WHEN s.distinct_statements <> l.n THEN format_string(
                    '%s statements, but the score has %s distinct ones', l.n, s.distinct_statements)
                  ELSE format_string('the shares sum to %s, adjusted to %s', l.sum, l.adjusted) END
                  AS fault,
                coalesce(l.speaker_id, s.speaker_id) AS speaker_id,
                coalesce(l.scale, s.scale) AS scale,
                coalesce(l.target_id, s.target_id) AS target_id,
                coalesce(l.window, s.window) AS window,
                coalesce(l.window_start, s.window_start) AS window_start
              FROM (SELECT speaker_id, scale, target_id, window, window_start,
                    sum(statements) AS n, sum(share) AS sum, sum(share_adjusted) AS adjusted
                  FROM {speaker_labels} GROUP BY ALL) l
                FULL JOIN {speaker_scores} s
                ON l.speaker_id = s.speaker_id AND l.scale = s.scale AND l.target_id = s.target_id
                  AND l.window = s.window AND l.window_start <=> s.window_start
              WHERE l.n IS NULL OR s.score IS NULL OR l.n <> s.distinct_statements
                OR NOT abs(l.sum - 1) < 1e-6 OR NOT abs(l.adjusted - 1) < 1e-6"""),
          new WarehouseRule(
              "speakers: counts of the last run",
              """
              SELECT format_string('run %s wrote %s speakers and %s scores, the tables hold %s and'
                  || ' %s', r.id, r.speakers, r.scores, s.n, c.n) AS fault
              FROM (SELECT max(run_id) AS id, max_by(speakers, run_id) AS speakers,
                    max_by(speaker_scores, run_id) AS scores
                  FROM {_runs} WHERE status = 'done' AND speakers IS NOT NULL) r,
                (SELECT count(*) AS n FROM {speakers}) s,
                (SELECT count(*) AS n FROM {speaker_scores}) c
              WHERE r.speakers <> s.n OR r.scores <> c.n"""));

  /** All rules, in the order in which they are printed. */
  static final List<WarehouseRule> ALL =
      Stream.of(TABLES.stream().map(table -> keys(table)), VALUES.stream(), ACROSS_TABLES.stream())
          .flatMap(rules -> rules)
          .toList();
}
