package preflab.projects.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.Stepwise;
import preflab.datasets.importer.Progress;
import preflab.datasets.label.Author;
import preflab.datasets.label.LabelSession;
import preflab.datasets.label.LabelTask;
import preflab.datasets.label.PublishPolicy;
import preflab.datasets.label.SessionSpec;
import preflab.datasets.label.SuggestionQuality;
import preflab.datasets.store.LabelPublisher;
import preflab.engine.objective.Objectives;
import preflab.engine.train.Outcome;
import preflab.engine.train.RunEvent;
import preflab.engine.train.RunSpec;
import preflab.engine.train.Settings;
import preflab.projects.run.RunWorker;
import preflab.projects.run.Suggesting;
import preflab.projects.run.Suggesting.Basis;
import preflab.projects.workspace.Builtins;
import preflab.projects.workspace.Workspace;

/**
 * From verdicts to suggestions: steps are labelled in a session, published, trained on by PIPA-M, and what
 * the run learned judges steps of answers to problems that were held out. The figures go to {@code target/suggestion-proof.txt}.
 */
@Tag("slow")
class SuggestionProofTest {

    private static final Path FIGURES = Path.of("target", "suggestion-proof.txt");

    @TempDir
    Path folder;

    @Test
    void whatARunOnLabelsSuggestsAgreesWithTheCheckerOnHeldOutProblems() throws IOException {
        try (Workspace workspace = Workspace.create(folder.resolve("proof.preflab"))) {
            Builtins.install(workspace);
            DatasetVersionId published = labelled(workspace);
            DatasetVersionId heldOut = heldOut(workspace);
            int run = workspace.runs().create(spec(published));
            RunEvent.Ended end = RunWorker.execute(workspace, run, event -> {
            });
            assertThat(end.outcome()).as(end.message()).isEqualTo(Outcome.FINISHED);

            SuggestionQuality posterior = quality(workspace, run, Basis.POSTERIOR, heldOut);
            SuggestionQuality head = quality(workspace, run, Basis.VALUE_HEAD, heldOut);
            quality(workspace, run, Basis.MARGIN, heldOut);
            assertThat(head.accuracy()).isGreaterThan(head.majority() + 0.05);
            assertThat(posterior.accuracy()).isGreaterThan(posterior.majority() + 0.1);
            assertThat(posterior.auc()).isGreaterThan(head.auc()).isGreaterThan(0.8);
        }
    }

    private static SuggestionQuality quality(Workspace workspace, int run, Basis basis, DatasetVersionId heldOut)
            throws IOException {
        SuggestionQuality quality = Suggesting.make(workspace, run, Optional.of(basis), heldOut, Progress.NONE)
                .quality();
        Files.createDirectories(FIGURES.getParent());
        Files.writeString(FIGURES,
                String.format(Locale.ROOT, "%s: n %d, accuracy %.4f, majority %.4f, kappa %.4f, AUC %.4f%n", basis.id(),
                        quality.count(), quality.accuracy(), quality.majority(), quality.kappa(), quality.auc()),
                StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        return quality;
    }

    /** A problem is held out for every fifth remainder of its hash, so no answer to it is labelled or trained on. */
    private static boolean isHeldOut(Stepwise row) {
        return Math.floorMod(row.prompt().text().hashCode(), 5) == 0;
    }

    private static List<Stepwise> rows(Workspace workspace, boolean heldOut) {
        ExampleView all = workspace.datasets().view(workspace.datasets().resolve(Builtins.STEPS.dataset()));
        List<Stepwise> rows = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Stepwise row = (Stepwise) all.get(i);
            if (isHeldOut(row) == heldOut) {
                rows.add(row);
            }
        }
        return rows;
    }

    /** The steps without values or verdicts, judged one by one in a session as the checker judges them; published. */
    private static DatasetVersionId labelled(Workspace workspace) {
        List<Stepwise> rows = rows(workspace, false);
        DatasetVersionId bare = workspace.datasets().add("to-label", Kind.STEPWISE,
                rows.stream().map(row -> with(row, StepLabel.UNMARKED)).iterator(), "");
        LabelSession session = LabelSession.open(workspace.datasets().view(bare), workspace.labels(),
                SessionSpec.of(LabelTask.STEPS, Author.annotator("checker")), Clock.systemUTC());
        for (Stepwise row : rows) {
            Builtins.checkedSteps(row).forEach(right -> session.judge(right ? StepLabel.GOOD : StepLabel.BAD));
        }
        return LabelPublisher.publish(workspace.datasets(), workspace.labels(), bare, LabelTask.STEPS,
                PublishPolicy.standard()).version();
    }

    private static Stepwise with(Stepwise row, StepLabel label) {
        return new Stepwise(row.id(), row.prompt(),
                row.steps().stream().map(step -> Step.labelled(step.text(), label)).toList(), Optional.empty(),
                row.source());
    }

    /** With the checker's verdicts as labels, for the suggestions to be held against. */
    private static DatasetVersionId heldOut(Workspace workspace) {
        return workspace.datasets().add("held-out", Kind.STEPWISE, rows(workspace, true).stream().map(row -> {
            List<Boolean> right = Builtins.checkedSteps(row);
            List<Step> steps = new ArrayList<>();
            for (int i = 0; i < row.steps().size(); i++) {
                steps.add(Step.labelled(row.steps().get(i).text(), right.get(i) ? StepLabel.GOOD : StepLabel.BAD));
            }
            return new Stepwise(row.id(), row.prompt(), steps, Optional.empty(), row.source());
        }).iterator(), "");
    }

    private static RunSpec spec(DatasetVersionId rows) {
        Settings.Resolved settings = Settings.of(Objectives.find("pipa_m").orElseThrow())
                .apply(new HashMap<>(Map.of("training.steps", "800",
                        "training.batch_size", "32", "optimizer.learning_rate",
                        "3e-4", "samples.prompts", "0")));
        return new RunSpec(RunSpec.CURRENT_VERSION, "from labels", rows, Optional.empty(), "builtin:sums",
                Optional.empty(), "pipa_m", settings.hyper(), settings.settings());
    }
}
