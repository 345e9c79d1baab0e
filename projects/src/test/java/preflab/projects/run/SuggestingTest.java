package preflab.projects.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.importer.Progress;
import preflab.datasets.label.Suggestion;
import preflab.engine.objective.Objectives;
import preflab.engine.param.ParamValues;
import preflab.engine.train.Outcome;
import preflab.engine.train.RunSpec;
import preflab.engine.train.TrainSettings;
import preflab.projects.run.Suggesting.Basis;
import preflab.projects.run.Suggesting.Suggested;
import preflab.projects.store.ProjectException;
import preflab.projects.workspace.Builtins;
import preflab.projects.workspace.Workspace;

/** Two runs of one step each, one with a value head and one without, and a run that never began. */
class SuggestingTest {

    @TempDir
    static Path folder;
    private static Workspace workspace;
    private static DatasetVersionId steps;
    private static int pipa;
    private static int dpo;

    @BeforeAll
    static void train() {
        workspace = Workspace.create(folder.resolve("suggest.preflab"));
        Builtins.install(workspace);
        steps = some(Builtins.STEPS, "steps", Kind.STEPWISE);
        pipa = trained("pipa_m", steps);
        dpo = trained("dpo", some(Builtins.PAIRS, "pairs", Kind.PAIRED));
        workspace.runs().create(spec("pipa_m", steps));
    }

    @AfterAll
    static void close() {
        workspace.close();
    }

    private static DatasetVersionId some(Builtins builtin, String name, Kind kind) {
        ExampleView all = workspace.datasets().view(workspace.datasets().resolve(builtin.dataset()));
        return workspace.datasets().add(name, kind, IntStream.range(0, 100).mapToObj(all::get).iterator(), "");
    }

    private static RunSpec spec(String objective, DatasetVersionId data) {
        return new RunSpec(RunSpec.CURRENT_VERSION, "a " + objective, data, Optional.empty(), "builtin:sums",
                Optional.empty(), objective,
                ParamValues.defaults(Objectives.find(objective).orElseThrow().params()),
                ParamValues.parse(TrainSettings.ALL, Map.of("training.steps", "1", "training.batch_size", "4",
                        "samples.prompts", "0", "compute.threads", "1")));
    }

    private static int trained(String objective, DatasetVersionId data) {
        int run = workspace.runs().create(spec(objective, data));
        assertThat(RunWorker.execute(workspace, run, event -> {
        }).outcome()).isEqualTo(Outcome.FINISHED);
        return run;
    }

    @Test
    void runsWithACheckpointCanSuggest() {
        assertThat(Suggesting.sources(workspace)).containsExactly(
                new Suggesting.Source(dpo, "a dpo", "dpo", Basis.MARGIN),
                new Suggesting.Source(pipa, "a pipa_m", "pipa_m", Basis.POSTERIOR));
        assertThat(Suggesting.sources(workspace)).extracting(Suggesting.Source::bases)
                .containsExactly(List.of(Basis.MARGIN), List.of(Basis.values()));
    }

    @Test
    void everyStepAndEveryAnswerIsJudgedAndTheProgressIsTold() {
        List<Long> told = new ArrayList<>();
        Suggested made = Suggesting.make(workspace, pipa, Optional.empty(), steps, (done, total) -> {
            assertThat(total).isEqualTo(100);
            told.add(done);
        });

        assertThat(told).isSorted().last().isEqualTo(100L);
        List<Suggestion> stored = workspace.labels().suggestions(steps);
        assertThat(made.suggestions()).isEqualTo(stored.size());
        assertThat(stored).filteredOn(suggestion -> suggestion.step() == Suggestion.WHOLE).hasSize(100);
        assertThat(stored).extracting(Suggestion::source).containsOnly("run " + pipa + " (pipa_m, posterior)");
        assertThat(made.basis()).isEqualTo(Basis.POSTERIOR);
        assertThat(Suggesting.make(workspace, pipa, Optional.of(Basis.VALUE_HEAD), steps, Progress.NONE).basis())
                .isEqualTo(Basis.VALUE_HEAD);
        assertThat(made.quality().count()).isEqualTo(100); // steps carry Q alone: answers are right or wrong
    }

    @Test
    void anyRunSuggestsByItsMargin() {
        for (String name : List.of("steps", "pairs")) {
            DatasetVersionId version = workspace.datasets().resolve(name);
            assertThat(Suggesting.make(workspace, dpo, Optional.empty(), version, Progress.NONE).basis())
                    .isEqualTo(Basis.MARGIN);
            assertThat(workspace.labels().suggestions(version)).hasSizeGreaterThanOrEqualTo(100);
        }
        assertThat(Suggesting.make(workspace, pipa, Optional.of(Basis.MARGIN), steps, Progress.NONE).basis())
                .isEqualTo(Basis.MARGIN);
        assertThatThrownBy(
                () -> Suggesting.make(workspace, dpo, Optional.of(Basis.VALUE_HEAD), steps, Progress.NONE))
                .isInstanceOf(ProjectException.class).hasMessageContaining("no value head");
    }

    @Test
    void whatIsCancelledLeavesEverythingAsItWas() {
        DatasetVersionId version = workspace.datasets().resolve("sums-answers");
        Progress cancelled = new Progress() {
            private boolean begun;

            @Override
            public void at(long done, long total) {
                begun = true;
            }

            @Override
            public boolean cancelled() {
                return begun;
            }
        };
        assertThatThrownBy(() -> Suggesting.make(workspace, pipa, Optional.empty(), version, cancelled))
                .isInstanceOf(CancellationException.class);
        assertThat(workspace.labels().suggestions(version)).isEmpty();
    }
}
