package preflab.app.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import preflab.datasets.example.DatasetVersionId;
import preflab.engine.train.RunSpec;
import preflab.projects.score.RowScore;
import preflab.projects.score.RowScores;
import preflab.projects.score.RowScoring;
import preflab.projects.score.ScoreSource;
import preflab.projects.score.SideScore;
import preflab.projects.workspace.Workspace;

/** How likely a run finds every completion of a dataset, and how hard its objective pulls at each. */
@Command(sortOptions = false, name = "score", description = "Log-probability of every completion of a dataset's rows under a run or a model, and how hard the run's objective pulls at it (sum of |dL/dlogp|); kept in the project's cache.")
final class ScoreCommand extends BaseCommand {

    @Parameters(arity = "0..1", paramLabel = "RUN", description = "A run's number: its last checkpoint reads the rows.")
    private Optional<Integer> run = Optional.empty();

    @Option(names = "--model", paramLabel = "REF", description = "Instead: run:ID@STEP, run:ID@best, builtin:NAME or a Hugging Face folder.")
    private Optional<String> model = Optional.empty();

    @Option(names = "--dataset", paramLabel = "NAME", description = "NAME (its newest version) or NAME@3 (default: the run's held-out rows, or those it was trained on).")
    private Optional<String> dataset = Optional.empty();

    @Mixin
    private ProjectOption project;

    @Option(names = "--rows", defaultValue = "2147483647", paramLabel = "N", description = "Only the first N rows (default: all).")
    private int rows;

    @Option(names = "--sums", description = "With --json: also a line for every row.")
    private boolean sums;

    @Override
    int run(Output output) {
        if (run.isPresent() == model.isPresent()) {
            throw CliException.badInput("score needs either a run's number or --model REF");
        }
        try (Workspace workspace = project.open()) {
            ScoreSource source = ScoreSource.parse(workspace, model.orElseGet(() -> "run:" + run.orElseThrow()));
            DatasetVersionId version = version(workspace, source);
            RowScores scores = RowScoring.make(workspace, source, version, rows, new PercentEvents(output, true));
            print(scores, output);
        }
        return Cli.DONE;
    }

    private DatasetVersionId version(Workspace workspace, ScoreSource source) {
        if (dataset.isPresent()) {
            return workspace.datasets().resolve(dataset.get());
        }
        if (source instanceof ScoreSource.OfRun of) {
            RunSpec spec = workspace.runs().spec(of.run());
            return spec.evaluation().orElse(spec.dataset());
        }
        throw CliException.badInput("a model alone has no rows of its own: name some with --dataset NAME");
    }

    private void print(RowScores scores, Output output) {
        Table table = new Table("row", "completion", "log-prob", "tokens", "pull");
        for (RowScore row : scores.rows()) {
            for (SideScore side : row.sides()) {
                table.row(Integer.toString(row.row()), side.name(), side.sum(), side.tokens(), side.pull());
            }
            if (sums) {
                output.json(json(row));
            }
        }
        output.table(table, scores.dataset().display() + " holds no completion to score");
        scores.withoutGradient().ifPresent(why -> output.text("no pull: " + why));
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event", "scored");
        event.put("model", scores.source().id());
        event.put("dataset", scores.dataset().dataset());
        event.put("version", scores.dataset().version());
        event.put("rows", scores.rows().size());
        output.json(event);
    }

    private static Map<String, Object> json(RowScore row) {
        Map<String, Object> sides = new LinkedHashMap<>();
        row.sides().forEach(side -> sides.put(side.name(),
                Map.of("sum", side.sum(), "tokens", side.tokens(), "pull", side.pull())));
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("event", "row");
        event.put("row", row.row());
        event.put("completions", sides);
        return event;
    }
}
