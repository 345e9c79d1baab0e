package preflab.projects.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
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
import preflab.engine.eval.RowJudge;
import preflab.engine.objective.Objectives;
import preflab.engine.param.ParamValues;
import preflab.engine.train.Outcome;
import preflab.engine.train.RowReading;
import preflab.engine.train.RunSpec;
import preflab.engine.train.Sample;
import preflab.engine.train.SideReading;
import preflab.engine.train.TokenReading;
import preflab.engine.train.TrainSettings;
import preflab.projects.compare.Comparison;
import preflab.projects.run.ModelRefs;
import preflab.projects.run.RunWorker;
import preflab.projects.store.LateEvaluation;
import preflab.projects.store.ProjectException;
import preflab.projects.store.StoredCheckpoint;
import preflab.projects.workspace.Builtins;
import preflab.projects.workspace.Workspace;

/** A DPO run on pairs and a PIPA run on steps, of two optimizer steps each, with their best checkpoints. */
class RowScoringTest {

    @TempDir
    static Path folder;
    private static Workspace workspace;
    private static DatasetVersionId pairs;
    private static DatasetVersionId steps;
    private static int dpo;
    private static int pipa;

    @BeforeAll
    static void train() {
        workspace = Workspace.create(folder.resolve("scores.preflab"));
        Builtins.install(workspace);
        pairs = some(Builtins.PAIRS, "pairs", Kind.PAIRED);
        steps = some(Builtins.STEPS, "steps", Kind.STEPWISE);
        dpo = trained("dpo", pairs);
        pipa = trained("pipa_m", steps);
    }

    @AfterAll
    static void close() {
        workspace.close();
    }

    private static DatasetVersionId some(Builtins builtin, String name, Kind kind) {
        ExampleView all = workspace.datasets().view(workspace.datasets().resolve(builtin.dataset()));
        return workspace.datasets().add(name, kind, IntStream.range(0, 40).mapToObj(all::get).iterator(), "");
    }

    private static int trained(String objective, DatasetVersionId data) {
        int run = workspace.runs().create(new RunSpec(RunSpec.CURRENT_VERSION, "a " + objective, data,
                Optional.of(data), "builtin:sums", Optional.empty(), objective,
                ParamValues.defaults(Objectives.find(objective).orElseThrow().params()),
                ParamValues.parse(TrainSettings.ALL,
                        Map.of("training.steps", "2", "training.batch_size", "4", "samples.prompts", "0",
                                "evaluation.rows", "4", "evaluation.kl_prompts", "0", "checkpoint.best_by", "eval/loss",
                                "evaluation.every", "1", "evaluation.max_new_tokens", "1", "compute.threads", "1"))));
        assertThat(RunWorker.execute(workspace, run, event -> {
        }).outcome()).isEqualTo(Outcome.FINISHED);
        return run;
    }

    /** Cancels once so many rows are done. */
    private record Until(int rows, List<Long> told) implements Progress {
        @Override
        public void at(long done, long total) {
            told.add(done);
        }

        @Override
        public boolean cancelled() {
            return told.getLast() >= rows;
        }
    }

    @Test
    void namesOfSourcesSayWhichCheckpoint() {
        assertThat(ScoreSource.parse(workspace, "run:" + dpo)).isEqualTo(new ScoreSource.OfRun(dpo, 2));
        assertThat(ScoreSource.last(workspace, dpo).id()).isEqualTo("run:" + dpo + "@2");
        assertThat(ScoreSource.parse(workspace, "run:" + dpo + "@best"))
                .isEqualTo(ScoreSource.best(workspace, dpo));
        assertThat(ScoreSource.reference(workspace, dpo)).isEqualTo(new ScoreSource.OfModel("builtin:sums"));
        assertThatThrownBy(() -> ScoreSource.parse(workspace, "run:" + dpo + "@7"))
                .isInstanceOf(ProjectException.class).hasMessageContaining("has checkpoints after steps");
        assertThatThrownBy(() -> ScoreSource.parse(workspace, "run:99")).isInstanceOf(ProjectException.class);
    }

    /** Told to keep the checkpoint of its best evaluation, a run is judged by that one, whatever came later. */
    @Test
    void validationChoosesTheCheckpointThatIsJudged() throws IOException {
        int run = trained("dpo", pairs);
        StoredCheckpoint last = ModelRefs.checkpoints(workspace, run).getFirst();
        assertThat(last.step()).isEqualTo(2);
        Path manifest = last.folder().resolve("manifest.json");
        ObjectNode root = (ObjectNode) JsonMapper.builder().build().readTree(manifest.toFile());
        ((ObjectNode) root.path("best")).put("step", 1); // the second step made it worse
        Files.writeString(manifest, root.toString());

        assertThat(ModelRefs.judged(workspace, run).orElseThrow().step()).isEqualTo(1);
        answered(run, 1, true);
        answered(run, 2, false);
        Comparison comparison = Comparison.of(workspace, List.of(run));
        assertThat(comparison.metrics().getLast().key()).contains("asked-later");
        assertThat(comparison.metrics().getLast().estimates().getFirst().orElseThrow().step()).isEqualTo(1);
        assertThat(comparison.metrics().getLast().estimates().getFirst().orElseThrow().value()).isEqualTo(1);
    }

    private static void answered(int run, int step, boolean right) {
        workspace.runs().afterTraining().keep(new LateEvaluation(run, step,
                new DatasetVersionId("asked-later", 1, "9".repeat(64)), "greedy", Instant.EPOCH, Map.of(),
                List.of(new Sample(0, "1+1=", "#### 2", Optional.of("2"), Optional.of(right)),
                        new Sample(1, "1+2=", "#### 3", Optional.of("3"), Optional.of(right)))));
    }

    @Test
    void whatIsComputedIsKeptAndHasEveryToken() {
        ScoreSource source = ScoreSource.last(workspace, dpo);
        assertThat(RowScoring.kept(workspace, source, pairs, 10)).isEmpty();
        List<Long> told = new ArrayList<>();
        RowScores made = RowScoring.make(workspace, source, pairs, 10, (done, total) -> {
            assertThat(total).isEqualTo(10);
            told.add(done);
        });
        assertThat(told).isSorted().last().isEqualTo(10L);
        assertThat(made.rows()).hasSize(10);
        assertThat(made.withoutGradient()).isEmpty();
        assertThat(RowScoring.kept(workspace, source, pairs, 10)).contains(made);
        assertThat(RowScoring.kept(workspace, source, pairs, 40)).isEmpty();
        for (RowScore row : made.rows()) {
            assertThat(row.sides()).extracting(SideScore::name).containsExactly("chosen", "rejected");
            RowReading reading = RowScoring.reading(workspace, source, pairs, row.row()).orElseThrow();
            for (int i = 0; i < 2; i++) {
                SideReading side = reading.sides().get(i);
                SideScore score = row.sides().get(i);
                assertThat(side.sum()).isEqualTo(score.sum());
                assertThat(side.tokens()).hasSize(score.tokens());
                assertThat(side.tokens().getLast().to()).isEqualTo(side.text().length());
                assertThat(score.pull()).isPositive();
            }
        }
    }

    /** DPO's pull is the same at every token of an answer: β σ(−β (h_w − h_l)). */
    @Test
    void theGradientOfARowIsThatOfItsOwnMargin() {
        ScoreSource source = ScoreSource.last(workspace, dpo);
        RowScoring.make(workspace, source, pairs, 3, Progress.NONE);
        for (int row = 0; row < 3; row++) {
            RowReading reading = RowScoring.reading(workspace, source, pairs, row).orElseThrow();
            double margin = ratio(reading.sides().get(0)) - ratio(reading.sides().get(1));
            double pull = 0.1 / (1 + Math.exp(0.1 * margin));
            assertThat(reading.sides().get(0).tokens())
                    .allSatisfy(t -> assertThat((double) t.gradient()).isCloseTo(-pull, within(1e-5)));
            assertThat(reading.sides().get(1).tokens())
                    .allSatisfy(t -> assertThat((double) t.gradient()).isCloseTo(pull, within(1e-5)));
        }
    }

    private static double ratio(SideReading side) {
        return side.tokens().stream().mapToDouble(t -> (double) t.logProb() - t.reference()).sum();
    }

    /** What a run says of its reference is what that model says of itself. */
    @Test
    void theReferenceIsASourceToo() {
        ScoreSource reference = ScoreSource.reference(workspace, dpo);
        RowScores alone = RowScoring.make(workspace, reference, pairs, 3, Progress.NONE);
        assertThat(alone.withoutGradient().orElseThrow()).contains("without an objective");
        RowScoring.make(workspace, ScoreSource.last(workspace, dpo), pairs, 3, Progress.NONE);
        for (RowScore row : alone.rows()) {
            RowReading reading = RowScoring.reading(workspace, ScoreSource.last(workspace, dpo), pairs, row.row())
                    .orElseThrow();
            for (int i = 0; i < 2; i++) {
                double sum = reading.sides().get(i).tokens().stream().mapToDouble(TokenReading::reference).sum();
                assertThat(row.sides().get(i).sum()).isCloseTo(sum, within(1e-3));
                assertThat(row.sides().get(i).pull()).isNaN();
            }
        }
    }

    @Test
    void whatWasComputedBeforeACancellationIsNotComputedAgain() {
        ScoreSource source = ScoreSource.last(workspace, pipa);
        Until half = new Until(16, new ArrayList<>());
        assertThatThrownBy(() -> RowScoring.make(workspace, source, pairs, 40, half))
                .isInstanceOf(CancellationException.class);
        assertThat(half.told()).containsExactly(0L, 16L);
        assertThat(RowScoring.kept(workspace, source, pairs, 40)).isEmpty();
        assertThat(RowScoring.kept(workspace, source, pairs, 16)).isPresent();
        List<Long> told = new ArrayList<>();
        RowScores all = RowScoring.make(workspace, source, pairs, 1000, (done, total) -> told.add(done));
        assertThat(told).startsWith(16L).endsWith(40L);
        assertThat(all.rows()).hasSize(40);
    }

    @Test
    void stepValuesAreTheJudges() {
        ScoreSource source = ScoreSource.last(workspace, pipa);
        RowScoring.make(workspace, source, steps, 4, Progress.NONE);
        RunSpec spec = workspace.runs().spec(pipa);
        Path model = ModelRefs.resolve(workspace, source.id());
        try (RowJudge byValue = RowJudge.byValueHead(model);
                RowJudge byPosterior = RowJudge.byPosterior(model, ModelRefs.resolve(workspace, "builtin:sums"),
                        false)) {
            for (int row = 0; row < 4; row++) {
                SideReading answer = RowScoring.reading(workspace, source, steps, row).orElseThrow().sides()
                        .getFirst();
                List<StepValue> values = StepValue.of(answer, spec);
                assertThat(values).extracting(StepValue::value).usingElementComparator(RowScoringTest::nearly)
                        .isEqualTo(verdicts(byValue, row));
                assertThat(values).extracting(StepValue::posterior).usingElementComparator(RowScoringTest::nearly)
                        .isEqualTo(verdicts(byPosterior, row));
                assertThat(values.getLast().to()).isEqualTo(answer.text().length());
                assertThat(values.stream().mapToDouble(StepValue::logProb).sum()).isCloseTo(answer.sum(),
                        within(1e-4));
            }
        }
    }

    private static int nearly(double a, double b) {
        return Math.abs(a - b) < 1e-4 ? 0 : Double.compare(a, b);
    }

    private static List<Double> verdicts(RowJudge judge, int row) {
        return judge.judge(List.of(workspace.datasets().view(steps).get(row))).stream()
                .filter(verdict -> verdict.step() >= 0).map(RowJudge.Verdict::probability).toList();
    }

    @Test
    void otherWeightsAreReadAnewAndThoseOfADeletedCheckpointStayKnown() throws IOException {
        int run = trained("dpo", pairs);
        ScoreSource source = ScoreSource.last(workspace, run);
        Path model = ModelRefs.resolve(workspace, source.id());
        RowScores made = RowScoring.make(workspace, source, pairs, 2, Progress.NONE);

        Files.setLastModifiedTime(model.resolve("config.json"), FileTime.from(Instant.EPOCH));
        assertThat(RowScoring.kept(workspace, source, pairs, 2)).isEmpty();
        assertThat(RowScoring.make(workspace, source, pairs, 2, Progress.NONE)).isEqualTo(made);

        Files.move(model, model.resolveSibling("gone"));
        assertThat(RowScoring.kept(workspace, source, pairs, 2)).contains(made);
        assertThatThrownBy(() -> RowScoring.make(workspace, source, pairs, 3, Progress.NONE))
                .isInstanceOf(ProjectException.class).hasMessageContaining("no model");
    }
}
