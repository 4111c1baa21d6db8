package org.demarche.cli;

import java.util.List;
import java.util.concurrent.Callable;
import org.demarche.ExitStatus;
import org.demarche.config.ConfigurationException;
import org.demarche.config.Settings;
import org.demarche.files.Storage;
import org.demarche.pipeline.Models;
import org.demarche.report.Explain;
import org.demarche.stance.Passage;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
    name = "explain",
    description = {
      "Explain how a statement was found and why it got its label, or why a speaker got the score.",
      "",
      "--statement shows where its source, cue and content are, what the rules and the model proposed there and "
          + "how probable each proposal is; then the words that decided the labels."
    },
    footer = {
      "",
      "Examples:",
      "  demarche explain --text 'The minister accused Orleth of lying.'",
      "  demarche explain --warehouse target/demo --speaker 'Leila Dragomir' \\",
      "    --target velmora",
      "  demarche explain --warehouse target/demo --statement 1c3f…",
      "  demarche explain --warehouse target/demo --statement 1c3f… --json found.json"
    })
final class ExplainCommand implements Callable<Integer> {

  @ParentCommand private Main main;
  @Mixin private SettingsOptions settings;
  @Mixin private WarehouseOption warehouse;
  @Mixin private EncoderOption encoder;
  @Mixin private JsonOption json;

  @ArgGroup(multiplicity = "1")
  private What what;

  private static final class What {
    @Option(names = "--text", paramLabel = "TEXT", description = "The text of a statement.")
    private String text;

    @Option(
        names = "--statement",
        paramLabel = "ID",
        description = "A statement of the warehouse, by statement_id or the beginning of it.")
    private String statement;

    @Option(
        names = "--speaker",
        paramLabel = "NAME",
        description = "A speaker of the warehouse, by name or speaker_id.")
    private String speaker;
  }

  @Option(
      names = "--model",
      paramLabel = "DIR|NAME",
      description = "The model, for --text. [the configured model of the scale]")
  private String model;

  @Option(
      names = "--scale",
      paramLabel = "NAME",
      defaultValue = "stance",
      description = "The scale, for --speaker and --text. [${DEFAULT-VALUE}]")
  private String scale;

  @Option(
      names = "--target",
      paramLabel = "ID",
      description = "For --speaker the id of a target [all]; for --text the name of a target.")
  private String target;

  @Override
  public Integer call() throws Exception {
    Terminal terminal = main.terminal();
    List<String> lines;
    Settings read = settings.settings(encoder.with(warehouse.layers()));
    if (json.isGiven() && what.statement == null) {
      throw new ConfigurationException(
          List.of("--json goes with --statement; it tells how the statement was found"));
    }
    json.check("an explanation", "statement_id", "article_id", "winner");
    if (what.text != null) {
      if (what.text.isBlank()) {
        throw new ConfigurationException(List.of("--text is empty: give a statement"));
      }
      Passage passage = target == null ? Passage.of(what.text) : Passage.about(what.text, target);
      String named = model == null ? read.modelOf(scale) : model;
      lines =
          Explain.passage(
              Models.named(named, read.encoder(), Storage.ofProcess()),
              passage,
              terminal.colours());
    } else {
      if (model != null) {
        throw new ConfigurationException(
            List.of(
                "--model goes with --text; for a warehouse, set the model that scored it by"
                    + " --set scales.SCALE.model=DIR"));
      }
      read.requiredWarehouse();
      if (json.isGiven()) {
        json.write(Explain.statementAsJson(read, what.statement, terminal.progress()), terminal);
        return ExitStatus.DONE.code();
      }
      lines =
          what.statement != null
              ? Explain.statement(read, what.statement, terminal.colours(), terminal.progress())
              : Explain.speaker(
                  read, what.speaker, scale, target == null ? "all" : target, terminal.progress());
    }
    lines.forEach(terminal.out()::println);
    return ExitStatus.DONE.code();
  }
}
