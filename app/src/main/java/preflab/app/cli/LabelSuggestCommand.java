package preflab.app.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.label.SuggestionQuality;
import preflab.projects.run.Suggesting;
import preflab.projects.workspace.Workspace;

/** A run's opinion of rows, for people to accept or not. */
@Command(sortOptions = false, name = "suggest", description = "Let a run suggest verdicts, and say how far they agree with the labels there are.")
final class LabelSuggestCommand extends BaseCommand {

    @Mixin
    private ProjectOption project;

    @Parameters(paramLabel = "DATASET", description = "NAME (its newest version) or NAME@3.")
    private String dataset;

    @Option(names = "--run", required = true, paramLabel = "RUN", description = "A run's number: its last checkpoint suggests.")
    private int run;

    @Option(names = "--by", paramLabel = "posterior|value-head|margin", description = "What of it judges (default: PIPA's posterior if it has a value head, else its reward margin).")
    private Optional<String> by = Optional.empty();

    @Override
    int run(Output output) {
        Optional<Suggesting.Basis> basis = by.map(id -> Suggesting.Basis.of(id).orElseThrow(
                () -> CliException.badInput("--by " + id + ": allowed are posterior, value-head and margin")));
        try (Workspace workspace = project.open()) {
            DatasetVersionId version = workspace.datasets().resolve(dataset);
            Suggesting.Suggested made = Suggesting.make(workspace, run, basis, version,
                    new PercentEvents(output, true));
            output.json(json(version, made));
            output.text(Numbers.text(made.suggestions()) + " suggestions for " + version.display() + " by the "
                    + made.basis().id().replace('-', ' ') + " of run " + run);
            SuggestionQuality quality = made.quality();
            if (quality.count() > 0) {
                output.text("against the " + Numbers.text(quality.count()) + " labels of the data: accuracy "
                        + Numbers.percent(quality.accuracy()) + " (always the same verdict: "
                        + Numbers.percent(quality.majority()) + "), kappa " + Numbers.real(quality.kappa()) + ", AUC "
                        + Numbers.real(quality.auc()));
            }
        }
        return Cli.DONE;
    }

    private static Map<String, Object> json(DatasetVersionId version, Suggesting.Suggested made) {
        SuggestionQuality quality = made.quality();
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event", "suggested");
        event.put("dataset", version.dataset());
        event.put("version", version.version());
        event.put("run", made.run());
        event.put("by", made.basis().id());
        event.put("suggestions", made.suggestions());
        event.put("quality", Map.of("n", quality.count(), "accuracy", quality.accuracy(), "majority",
                quality.majority(), "kappa", quality.kappa(), "auc", quality.auc()));
        return event;
    }
}
