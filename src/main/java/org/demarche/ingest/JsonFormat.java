package org.demarche.ingest;

import java.io.IOException;
import java.util.List;
import java.util.regex.Pattern;

/** One JSON object per line; also a JSON array of objects, and objects over several lines. */
final class JsonFormat implements ArticleFormat {

  private static final Pattern OBJECT =
      Pattern.compile("\\s*+(?:\\[\\s*+)?\\{\\s*+[\"}].*", Pattern.DOTALL);
  private static final Pattern BRACE = Pattern.compile("\\s*+\\[?\\{.*", Pattern.DOTALL);

  @Override
  public List<String> names() {
    return List.of("jsonl", "json", "ndjson", "jl");
  }

  @Override
  public Fit fit(Head head) {
    if (OBJECT.matcher(head.text()).matches()) {
      return Fit.CERTAIN;
    }
    return BRACE.matcher(head.text()).matches() ? Fit.LIKELY : Fit.NO;
  }

  @Override
  public Records open(Input input) throws IOException {
    return new JsonRecords(input);
  }
}
