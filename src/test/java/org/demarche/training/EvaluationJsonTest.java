package org.demarche.training;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.demarche.evaluation.ClassificationReport;
import org.demarche.evaluation.ModelComparison;
import org.demarche.evaluation.ModelComparison.Entry;
import org.demarche.evaluation.ModelComparison.LearningPoint;
import org.demarche.stance.LabelDistribution;
import org.demarche.stance.LabelledStatement;
import org.demarche.stance.Passage;
import org.demarche.stance.Scales;
import org.junit.jupiter.api.Test;

class EvaluationJsonTest {

  @Test
  void tellsAllOfAContest() throws IOException {
    List<LabelledStatement> rows =
        List.of(row("a", "conciliatory"), row("b", "neutral"), row("c", "assertive"));
    ModelComparison contest =
        ModelComparison.judge(
            Scales.STANCE,
            rows,
            3,
            7,
            List.of(
                Entry.of(
                    "worse", List.of(answer(.6, .2, .2), answer(.6, .2, .2), answer(.6, .2, .2))),
                new Entry(
                    "better",
                    List.of(answer(.8, .1, .1), answer(.1, .8, .1), answer(.1, .1, .8)),
                    List.of(new LearningPoint(2, .5)),
                    1.5)));

    JsonNode json = new ObjectMapper().readTree(EvaluationJson.contest(contest));

    assertThat(json.get("scale").asText()).isEqualTo("stance");
    assertThat(json.get("rows").asInt()).isEqualTo(3);
    assertThat(json.get("groups").asInt()).isEqualTo(3);
    assertThat(json.get("folds").asInt()).isEqualTo(3);
    assertThat(json.get("seed").asInt()).isEqualTo(7);
    JsonNode best = json.get("contestants").get(0);
    assertThat(best.get("name").asText()).isEqualTo("better");
    assertThat(best.get("macro_f1")).hasToString("{\"value\":1.0,\"low\":1.0,\"high\":1.0}");
    assertThat(best.get("macro_f1_behind").isNull()).isTrue();
    assertThat(best.get("seconds").asDouble()).isEqualTo(1.5);
    assertThat(best.get("learning")).hasToString("[{\"training_rows\":2,\"macro_f1\":0.5}]");
    assertThat(best.get("reliability").get(0).get("rows").asInt()).isEqualTo(3);
    assertThat(best.get("reliability").get(0).get("accuracy").get("low").asDouble())
        .isBetween(.43, .44);
    assertThat(best.get("report").get("log_loss").asDouble()).isPositive();
    JsonNode behind = json.get("contestants").get(1).get("macro_f1_behind");
    assertThat(behind.get("value").asDouble()).isNegative();
    assertThat(behind.get("low").asDouble()).isLessThanOrEqualTo(behind.get("high").asDouble());
  }

  @Test
  void tellsHowManyRowsWereLearntFromAndTheFiguresOfTheOthers() throws IOException {
    ClassificationReport all =
        ClassificationReport.of(
            Scales.STANCE,
            List.of("conciliatory", "neutral"),
            List.of(answer(.8, .1, .1), answer(.8, .1, .1)));
    ClassificationReport others =
        ClassificationReport.of(Scales.STANCE, List.of("neutral"), List.of(answer(.8, .1, .1)));

    JsonNode some = json(new Evaluation(all, OptionalLong.of(1), Optional.of(others)));
    assertThat(some.get("accuracy").asDouble()).isEqualTo(.5);
    assertThat(some.get("learnt_rows").asInt()).isEqualTo(1);
    assertThat(some.get("other_rows").get("rows").asInt()).isEqualTo(1);
    assertThat(some.get("other_rows").get("accuracy").asDouble()).isZero();
    JsonNode unknown = json(new Evaluation(all, OptionalLong.empty(), Optional.empty()));
    assertThat(unknown.get("learnt_rows").isNull()).isTrue();
    assertThat(unknown.get("other_rows").isNull()).isTrue();
    assertThat(json(Evaluation.ofHeldOut(all)).get("learnt_rows").asInt()).isZero();
  }

  private static JsonNode json(Evaluation evaluation) throws IOException {
    return new ObjectMapper().readTree(EvaluationJson.evaluation(evaluation));
  }

  private static LabelledStatement row(String id, String label) {
    return new LabelledStatement(id, id, Passage.of("Words."), label);
  }

  private static LabelDistribution answer(double... probabilities) {
    return new LabelDistribution(Scales.STANCE, probabilities);
  }
}
