package preflab.app.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.StepThreshold;
import preflab.datasets.label.Agreement;
import preflab.datasets.label.Author;
import preflab.datasets.label.LabelBook;
import preflab.datasets.label.LabelTask;
import preflab.datasets.label.NeutralPolicy;
import preflab.datasets.label.PublishPolicy;
import preflab.datasets.label.Reliability;
import preflab.datasets.label.ThresholdPreview;
import preflab.datasets.label.export.StepExport;
import preflab.datasets.label.export.StepFormat;
import preflab.datasets.split.SplitRule;
import preflab.datasets.store.LabelPublisher;
import preflab.projects.workspace.Workspace;

/** What people said about rows: how far they are, how far they agree, and what becomes of it. */
@Command(sortOptions = false, name = "label", description = "Labels of a project: progress, agreement, publishing, exports.", subcommands = {
        LabelCommand.Status.class, LabelSuggestCommand.class, LabelCommand.OfAgreement.class,
        LabelCommand.Publish.class, LabelCommand.Export.class, LabelCommand.Threshold.class})
final class LabelCommand extends BaseCommand {

    @Override
    int run(Output output) {
        throw CliException.badInput("label: say what to do: status, suggest, agreement, publish, export or threshold");
    }

    /** The rows meant, and the task where it is not the usual one of their kind. */
    static final class Rows {
        @Mixin
        private ProjectOption project;

        @Parameters(paramLabel = "DATASET", description = "NAME (its newest version) or NAME@3.")
        private String dataset;

        @Option(names = "--task", paramLabel = "steps|answers|pairs", description = "What was asked (default: what fits the rows).")
        private Optional<String> task = Optional.empty();

        DatasetVersionId version(Workspace workspace) {
            return workspace.datasets().resolve(dataset);
        }

        LabelTask task(Workspace workspace) {
            ExampleView rows = workspace.datasets().view(version(workspace));
            return task.map(id -> LabelTask.of(id).orElseThrow(() -> CliException.badInput(
                    "--task " + id + ": allowed are steps, answers and pairs")))
                    .or(() -> LabelTask.defaultFor(rows.kind())).filter(fitting -> fitting.accepts(rows.kind()))
                    .orElseThrow(() -> CliException.badInput(
                            rows.kind().id() + " rows cannot be labelled" + task.map(id -> " by " + id).orElse("")));
        }
    }

    /** How far everybody is. */
    @Command(sortOptions = false, name = "status", description = "Who labelled how much.")
    static final class Status extends BaseCommand {
        @Mixin
        private Rows rows;

        @Override
        int run(Output output) {
            try (Workspace workspace = rows.project.open()) {
                DatasetVersionId version = rows.version(workspace);
                LabelTask task = rows.task(workspace);
                int all = workspace.datasets().info(version).rows();
                LabelBook book = LabelBook.read(workspace.labels(), version, task);
                Table table = new Table("annotator", "role", "complete", "rows", "flagged", "skipped");
                for (Author author : book.authors().stream().sorted().toList()) {
                    Map<String, Object> row = row(author, book, all);
                    output.json(row);
                    table.row(row.values().toArray());
                }
                output.table(table, "Nobody has labelled " + task.id() + " of " + version.display() + " yet.");
            }
            return Cli.DONE;
        }

        private static Map<String, Object> row(Author author, LabelBook book, int all) {
            Map<String, Object> row = new LinkedHashMap<>();
            var labels = book.of(author).entrySet().stream().filter(e -> !e.getKey().repeated())
                    .map(Map.Entry::getValue)
                    .toList();
            row.put("annotator", author.name());
            row.put("role", author.adjudicator() ? "adjudicator" : "annotator");
            row.put("complete", labels.stream().filter(label -> label.complete()).count());
            row.put("rows", all);
            row.put("flagged", labels.stream().filter(label -> label.flagged()).count());
            row.put("skipped", labels.stream().filter(label -> label.skipped()).count());
            return row;
        }
    }

    /** How far annotators agree. */
    @Command(sortOptions = false, name = "agreement", description = "Cohen's kappa of every two annotators and Krippendorff's alpha of all.")
    static final class OfAgreement extends BaseCommand {
        @Mixin
        private Rows rows;

        @Override
        int run(Output output) {
            try (Workspace workspace = rows.project.open()) {
                Agreement agreement = Agreement
                        .of(LabelBook.read(workspace.labels(), rows.version(workspace), rows.task(workspace)));
                Map<String, Object> all = new LinkedHashMap<>();
                all.put("units", agreement.units());
                agreement.alpha().forEach((scale, alpha) -> all.put("alpha_" + name(scale), alpha));
                all.put("self", agreement.self());
                output.json(all);
                output.text("units judged by two or more: " + agreement.units());
                agreement.alpha().forEach((scale, alpha) -> output.text("Krippendorff's alpha, " + name(scale) + ": "
                        + Numbers.real(alpha)));
                Table table = new Table("annotators", "units", "observed", "kappa");
                for (Agreement.Pair pair : agreement.pairs()) {
                    output.json(Map.of("first", pair.first(), "second", pair.second(), "units", pair.units(),
                            "observed", pair.observed(), "kappa", pair.kappa()));
                    table.row(pair.first() + ", " + pair.second(), pair.units(), pair.observed(), pair.kappa());
                }
                output.table(table, "No two annotators have judged the same yet.");
            }
            return Cli.DONE;
        }

        private static String name(Reliability.Scale scale) {
            return scale.name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** The next version. */
    @Command(sortOptions = false, name = "publish", description = "Make the next version of the dataset out of the labels.")
    static final class Publish extends BaseCommand {
        @Mixin
        private Rows rows;

        @Option(names = "--neutral", defaultValue = "keep", paramLabel = "keep|good|bad|unmarked", description = "What becomes of neutral (default: ${DEFAULT-VALUE}).")
        private String neutral;

        @Option(names = "--differing", defaultValue = "majority", paramLabel = "keep-data|majority|leave-out", description = "What becomes of rows annotators differ on (default: ${DEFAULT-VALUE}).")
        private String differing;

        @Option(names = "--only-labelled", description = "Leave out rows without a verdict.")
        private boolean onlyLabelled;

        @Option(names = "--keep-bad-problems", description = "Keep rows finished as bad_problem.")
        private boolean badProblems;

        @Option(names = "--split", defaultValue = "line", paramLabel = "RULE", description = "How answers without steps were cut (default: ${DEFAULT-VALUE}).")
        private String split;

        @Override
        int run(Output output) {
            PublishPolicy policy = new PublishPolicy(policy(neutral), PublishPolicy.Differing.of(differing)
                    .orElseThrow(() -> CliException.badInput("--differing " + differing
                            + ": allowed are keep-data, majority and leave-out")),
                    onlyLabelled, badProblems, SplitRule.of(split).orElseThrow(
                            () -> CliException.badInput("--split " + split + ": allowed are " + SplitRule.known())));
            try (Workspace workspace = rows.project.open()) {
                LabelPublisher.Published made = LabelPublisher.publish(workspace.datasets(), workspace.labels(),
                        rows.version(workspace), rows.task(workspace), policy);
                output.json(Map.of("dataset", made.version().dataset(), "version", made.version().version(), "rows",
                        made.rows(), "labelled", made.labelled(), "differing", made.differing()));
                output.text(made.version().display() + ": " + Numbers.text(made.rows()) + " rows, "
                        + Numbers.text(made.labelled()) + " of them labelled, annotators differ on "
                        + Numbers.text(made.differing()));
            }
            return Cli.DONE;
        }
    }

    /** Files for other programs. */
    @Command(sortOptions = false, name = "export", description = "Write labelled steps in another program's format.")
    static final class Export extends BaseCommand {
        @Mixin
        private ProjectOption project;

        @Parameters(paramLabel = "DATASET", description = "NAME (its newest version) or NAME@3; publish first.")
        private String dataset;

        @Option(names = "--format", required = true, paramLabel = "FORMAT", description = "trl, prm800k, potato, math-shepherd or processbench.")
        private String format;

        @Option(names = "--neutral", defaultValue = "keep", paramLabel = "keep|good|bad|unmarked", description = "What becomes of neutral (default: ${DEFAULT-VALUE}).")
        private String neutral;

        @Option(names = "--out", required = true, paramLabel = "FILE", description = "JSON Lines to write.")
        private Path out;

        @Override
        int run(Output output) {
            StepFormat wanted = StepFormat.of(format).orElseThrow(() -> CliException.badInput("--format " + format
                    + ": allowed are " + Arrays.stream(StepFormat.values()).map(StepFormat::id)
                            .collect(Collectors.joining(", "))));
            try (Workspace workspace = project.open()) {
                ExampleView view = workspace.datasets().view(workspace.datasets().resolve(dataset));
                StepExport.write(view, wanted, policy(neutral), out.toAbsolutePath());
                output.json(Map.of("file", out.toString(), "rows", view.size()));
                output.text(out + ": " + Numbers.text(view.size()) + " rows as " + wanted.id());
            }
            return Cli.DONE;
        }
    }

    /** The default of later runs. */
    @Command(sortOptions = false, name = "threshold", description = "Show what a step threshold would flip, or make it the project's default.")
    static final class Threshold extends BaseCommand {
        @Mixin
        private ProjectOption project;

        @Parameters(paramLabel = "DATASET", description = "NAME (its newest version) or NAME@3.")
        private String dataset;

        @Parameters(paramLabel = "Q", description = "In [-1, 1].")
        private double threshold;

        @Option(names = "--from", defaultValue = "0.5", paramLabel = "Q", description = "Compare with this threshold (default: ${DEFAULT-VALUE}).")
        private double from;

        @Option(names = "--save", description = "Later runs of this project begin with it.")
        private boolean save;

        @Override
        int run(Output output) {
            for (double q : List.of(threshold, from)) {
                if (!(q >= -1 && q <= 1)) {
                    throw CliException.badInput("a step threshold must lie in [-1, 1], not " + q);
                }
            }
            try (Workspace workspace = project.open()) {
                ThresholdPreview preview = ThresholdPreview
                        .of(workspace.datasets().view(workspace.datasets().resolve(dataset)));
                ThresholdPreview.Flips flips = preview.flips(new StepThreshold(from), new StepThreshold(threshold));
                if (save) {
                    workspace.labels().chooseStepThreshold(new StepThreshold(threshold));
                }
                output.json(Map.of("threshold", threshold, "steps_flipped", flips.steps(), "answers_flipped",
                        flips.answers(), "right", flips.right(), "decided", flips.decided(), "saved", save));
                output.text(Numbers.text(flips.steps()) + " steps in " + Numbers.text(flips.answers())
                        + " answers flip; " + Numbers.text(flips.right()) + " of " + Numbers.text(flips.decided())
                        + " steps decided by Q are right" + (save ? "; saved as the project's default" : ""));
            }
            return Cli.DONE;
        }
    }

    private static NeutralPolicy policy(String id) {
        return NeutralPolicy.of(id).orElseThrow(() -> CliException.badInput(
                "--neutral " + id + ": allowed are keep, good, bad and unmarked"));
    }
}
