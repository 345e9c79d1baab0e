package preflab.projects.foreign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import preflab.datasets.example.Content;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.Demonstration;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.Kind;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Source;
import preflab.engine.train.Sample;
import preflab.projects.compare.Comparison;
import preflab.projects.compare.ExampleRows;
import preflab.projects.compare.RunFinder;
import preflab.projects.compare.ToyRuns;
import preflab.projects.export.MetricExport;
import preflab.projects.export.TensorBoardExport;
import preflab.projects.run.PreparedRuns;
import preflab.projects.store.LateEvaluation;
import preflab.projects.store.ProjectException;
import preflab.projects.store.RunState;
import preflab.projects.store.RunStore;
import preflab.projects.store.RunSummary;
import preflab.projects.store.Series;
import preflab.projects.workspace.OpenWorkspace;
import preflab.projects.workspace.Workspace;

/** Runs of other programs, as their files tell them. */
class ForeignImportTest extends OpenWorkspace {

    private static final String EVENTS = "events.out.tfevents.1700000000.machine";

    private Path file(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    private int one(Path file) {
        return ForeignImport.add(workspace, file, ForeignImport.Told.NOTHING).getFirst();
    }

    private Series series(int run, String key) {
        return workspace.runs().series(run, key);
    }

    /** Laid out as TRL's DPOTrainer leaves it. */
    private Path trainerState() throws IOException {
        file("zephyr-dpo/checkpoint-20/adapter_config.json", "{\"base_model_name_or_path\": \"Qwen/Qwen2-0.5B\"}");
        return file("zephyr-dpo/checkpoint-20/trainer_state.json",
                """
                        {"best_metric": null, "epoch": 2.0, "eval_steps": 10, "global_step": 20, "is_hyper_param_search": false,
                         "log_history": [
                          {"epoch": 1.0, "grad_norm": 3.5, "learning_rate": 5e-07, "logits/chosen": -2.5, "logps/chosen": -210.5,
                           "loss": 0.6931, "rewards/accuracies": 0.0, "rewards/margins": 0.0, "step": 10},
                          {"epoch": 1.0, "eval_loss": 0.68, "eval_rewards/accuracies": 0.625, "eval_runtime": 3.2, "step": 10},
                          {"epoch": 2.0, "grad_norm": NaN, "learning_rate": 0.0, "loss": 0.61, "rewards/margins": 0.17, "step": 20},
                          {"epoch": 2.0, "step": 20, "total_flos": 0.0, "train_loss": 0.65, "train_runtime": 61.5}],
                         "logging_steps": 10, "max_steps": 20, "num_train_epochs": 2, "train_batch_size": 4}""");
    }

    @Test
    void aTrainersLogBecomesARunWithOurNames() throws IOException {
        int run = one(trainerState());

        RunSummary summary = workspace.runs().summary(run);
        assertThat(summary.name()).isEqualTo("zephyr-dpo");
        assertThat(summary.model()).isEqualTo("Qwen/Qwen2-0.5B");
        assertThat(summary.state()).isEqualTo(RunState.FINISHED);
        assertThat(summary.lastStep()).isEqualTo(20);
        assertThat(series(run, "loss")).isEqualTo(Series.of(new long[]{10, 20}, new double[]{0.6931, 0.61}));
        assertThat(series(run, "eval/rewards/accuracies").values()).containsExactly(0.625);
        assertThat(series(run, "eval/loss").values()).containsExactly(0.68);
        assertThat(series(run, "grad_norm").values()).containsExactly(3.5, Double.NaN);
        assertThat(workspace.runs().specJson(run)).contains("\"trainer.train_batch_size\" : \"4\"");
        assertThat(new RunFinder(workspace.runs()).find(workspace.runs().list(), "trainer.max_steps = 20"))
                .containsExactly(run);
    }

    @Test
    void itStandsBesideOurRunsInEveryView() throws IOException {
        int ours = ToyRuns.finished(workspace, "ours", Map.of(), 10, 2, 8);
        int theirs = one(trainerState());

        Comparison both = Comparison.of(workspace, List.of(ours, theirs), ours);

        assertThat(both.charts().stream().filter(chart -> chart.title().startsWith("loss")).findFirst().orElseThrow()
                .yLabel()).isEqualTo("imported runs: as their programs define it");
        assertThat(both.differences()).anyMatch(difference -> difference.name().equals("trainer.num_train_epochs")
                && difference.values().equals(List.of("–", "2")));
        assertThat(workspace.runs().list()).hasSize(2);
    }

    @Test
    void itCannotBeTrainedAgainAndSaysWhy() throws IOException {
        int run = one(trainerState());

        assertThatThrownBy(() -> workspace.runs().spec(run)).isInstanceOf(ProjectException.class)
                .hasMessageContaining("was imported from Trainer's log")
                .hasMessageContaining("only runs of Preflab have settings to train with");
    }

    @Test
    void theSameFileIsEnteredOnce() throws IOException {
        Path file = trainerState();
        int run = one(file);

        assertThatThrownBy(() -> one(file)).isInstanceOf(ProjectException.class)
                .hasMessageContaining("is in this project already: run " + run);
        assertThat(workspace.runs().list()).hasSize(1);
    }

    /** The file was written by TensorBoard's own writer: simple values, tensors of one number, and a text. */
    @Test
    void tensorBoardsOwnFilesAreRead() throws IOException {
        Path file = folder.resolve("run-a").resolve(EVENTS);
        Files.createDirectories(file.getParent());
        try (InputStream in = ForeignImportTest.class.getResourceAsStream(EVENTS)) {
            Files.copy(in, file);
        }

        int run = one(file);

        assertThat(workspace.runs().summary(run).name()).isEqualTo("run-a");
        assertThat(workspace.runs().metricKeys(run)).containsExactly("double", "eval/accuracy", "loss",
                "rewards/chosen");
        assertThat(series(run, "loss").steps()).containsExactly(1, 2, 300);
        assertThat(series(run, "loss").value(1)).isCloseTo(0.3465736, within(1e-7));
        assertThat(series(run, "loss").value(2)).as("what was logged last at this step").isNaN();
        assertThat(series(run, "rewards/chosen").values()).containsExactly(-0.25, -0.5, -75);
        assertThat(series(run, "eval/accuracy").values()).containsExactly(0.8125);
        assertThat(series(run, "double").values()).containsExactly(0.1);
    }

    @Test
    void aFileThatBreaksOffIsReadUpToThereAndADamagedOneIsRefused() throws IOException {
        byte[] bytes;
        try (InputStream in = ForeignImportTest.class.getResourceAsStream(EVENTS)) {
            bytes = in.readAllBytes();
        }
        Path cut = Files.write(folder.resolve("cut.tfevents"), java.util.Arrays.copyOf(bytes, bytes.length - 7));
        assertThat(series(one(cut), "loss").values()).as("without the last, half-written one").hasSize(3)
                .doesNotContain(Double.NaN);

        bytes[bytes.length / 2] ^= 1;
        Path damaged = Files.write(folder.resolve("damaged.tfevents"), bytes);
        assertThatThrownBy(() -> one(damaged)).isInstanceOf(ProjectException.class)
                .hasMessageContaining("damaged.tfevents").hasMessageContaining("does not fit its checksum");
    }

    @Test
    void whatWeWriteForOthersComesBack() {
        int ours = ToyRuns.finished(workspace, "ours", Map.of(), 10, 2, 8);
        Path board = TensorBoardExport.write(workspace, ours, folder.resolve("board"));
        Path csv = folder.resolve("ours.csv");
        MetricExport.csv(workspace, ours, csv);

        int fromBoard = one(board);
        int fromCsv = one(csv);

        for (String key : workspace.runs().metricKeys(ours)) {
            Series before = series(ours, key);
            assertThat(series(fromCsv, key)).as(key).isEqualTo(before);
            assertThat(series(fromBoard, key).steps()).as(key).isEqualTo(before.steps());
            for (int i = 0; i < before.size(); i++) {
                assertThat(series(fromBoard, key).value(i)).isEqualTo((double) (float) before.value(i));
            }
        }
    }

    @Test
    void aTableMayHoldSeveralRuns() throws IOException {
        Path file = file("wandb.csv", """
                "Step","dpo-1 - train/loss","dpo-1 - train/loss__MIN","dpo-1 - train/loss__MAX","dpo-2 - train/loss"
                1,0.69,0.69,0.69,0.7
                2,0.5,0.5,0.5,
                3,NaN,,,0.6
                """);

        List<Integer> runs = ForeignImport.add(workspace, file, ForeignImport.Told.NOTHING);

        assertThat(runs.stream().map(run -> workspace.runs().summary(run).name())).containsExactly("dpo-1", "dpo-2");
        assertThat(series(runs.getFirst(), "loss"))
                .isEqualTo(Series.of(new long[]{1, 2, 3}, new double[]{0.69, 0.5, Double.NaN}));
        assertThat(series(runs.getLast(), "loss")).isEqualTo(Series.of(new long[]{1, 3}, new double[]{0.7, 0.6}));
    }

    @Test
    void aMetricSavedFromTensorBoardsPageIsNamedByItsFile() throws IOException {
        int run = one(
                file("run-seed1-tag-eval_loss.csv", "Wall time,Step,Value\n1700000000.5,10,0.5\n1700000001,20,0.4\n"));

        assertThat(workspace.runs().summary(run).name()).isEqualTo("seed1");
        assertThat(series(run, "eval/loss").values()).containsExactly(0.5, 0.4);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "a.csv|loss,epoch\\n0.5,1|has no column for the step; one of step, global_step",
            "b.csv|step,loss\\nfirst,0.5|line 2: the step \"first\" is no number",
            "c.csv|step,note\\n1,hello|no column of it holds numbers",
            "d.json|{\"a\": 1}|holds neither the log_history of a trainer_state.json",
            "e.json|{\"log_history\": []}|its log_history holds no values", "f.json|{\"log_history\"|is damaged JSON",
            "g.bin|hello|is none of: trainer_state.json",
            "h.jsonl|{\"prompt\": \"a\", \"output\": \"b\"}\\n{\"prompt\": \"c\"}|object 2 has no completion"})
    void whatCannotBeReadIsRefusedInOneSentence(String name, String text, String why) throws IOException {
        Path file = file(name, text.replace("\\n", "\n"));

        assertThatThrownBy(() -> one(file)).isInstanceOf(ProjectException.class).hasMessageContaining(name)
                .hasMessageContaining(why);
        assertThat(workspace.runs().list()).isEmpty();
    }

    @Test
    void answersAreJudgedByWhatTheyCarry() throws IOException {
        int run = one(file("gpt.jsonl", """
                {"instruction": "1+1=", "output": "#### 2", "generator": "some-model", "solution": "so #### 2"}
                {"instruction": "2+2=", "output": "#### 5", "generator": "some-model", "solution": "so #### 4"}
                """));

        RunSummary summary = workspace.runs().summary(run);
        assertThat(summary.name()).isEqualTo("some-model");
        assertThat(summary.metrics()).containsEntry("eval/accuracy", 0.5).containsEntry("eval/count", 2.0);
        assertThat(workspace.runs().samples(run, "eval").getFirst().samples()).containsExactly(
                new Sample(0, "1+1=", "#### 2", Optional.of("2"), Optional.of(true)),
                new Sample(1, "2+2=", "#### 5", Optional.of("4"), Optional.of(false)));
    }

    private DatasetVersionId problems(String name, int from, int to) {
        return workspace.datasets().add(name, Kind.SFT, IntStream.range(from, to)
                .<PreferenceExample>mapToObj(i -> new Demonstration(new ExampleId(i - from), Content.of(i + "+1="),
                        Content.of("#### " + (i + 1)), new Source("sums.jsonl", i + 1L)))
                .iterator(), "generated");
    }

    private int theirs(String name, int n, int right) throws IOException {
        return one(file(name,
                IntStream.range(0, n).mapToObj(i -> "{\"prompt\": \"" + (1000 + i) + "+1=\", \"response\": \"#### "
                        + (i < right ? 1001 + i : 0) + "\"}\n").collect(Collectors.joining())));
    }

    /** Our runs are asked the problems that another program's model answered: both stand in one sentence. */
    @Test
    void answersOfOthersAreWeighedAgainstOursOnTheSameProblems() throws IOException {
        problems("more-sums", 1000, 1400);
        DatasetVersionId test = problems("kept-back", 1000, 1200);
        int ours = ToyRuns.finished(workspace, "ours", Map.of(), 10, 2, 8);
        List<Sample> answers = IntStream.range(0, 200).mapToObj(i -> new Sample(i, (1000 + i) + "+1=", "#### 1",
                Optional.of("1"), Optional.of(i < 150))).toList();
        workspace.runs().afterTraining().keep(new LateEvaluation(ours, 200, test, "greedy, up to 128 tokens",
                Instant.EPOCH, Map.of(), answers));
        int better = theirs("better.jsonl", 200, 190);
        int worse = theirs("worse.jsonl", 200, 100);

        Comparison comparison = Comparison.of(workspace, List.of(ours, better, worse), ours);

        assertThat(comparison.claims()).as("each stands for itself, though nothing of their settings is known")
                .hasSize(2).allSatisfy(claim -> {
                    assertThat(claim.test()).isTrue();
                    assertThat(claim.theirRuns()).containsExactly(ours);
                });
        assertThat(comparison.claims().getFirst().sentence())
                .startsWith("better beats ours by 20.0 points [")
                .contains("200 test problems of kept-back v1 (unproved: not all rows trained on or watched are here;"
                        + " some answered by another program) × 1 seed, these seeds only");
        assertThat(comparison.claims().getLast().difference()).isEqualTo(-0.25);
        assertThat(workspace.runs().summary(better).metrics()).as("nobody watched them while it trained").isEmpty();
        assertThat(ExampleRows.datasets(workspace, List.of(ours, better))).contains(test);
        assertThat(ExampleRows.of(workspace, test, List.of(ours, better), 5, 0).get(3).answers())
                .extracting(answer -> answer.orElseThrow().completion()).containsExactly("#### 1", "#### 1004");
        assertThat(PreparedRuns.moreSeeds(workspace, List.of(List.of(ours), List.of(better)), 2))
                .as("only ours can be trained here").hasSize(2);
    }

    @Test
    void runsOfAnotherProjectComeWithAllTheyHave() {
        int there;
        try (Workspace other = Workspace.create(folder.resolve("other.preflab"))) {
            there = ToyRuns.finished(other, "there", Map.of("training.seed", "5"), 10, 2, 8);
            other.runs().afterTraining().keep(new LateEvaluation(there, 200,
                    new DatasetVersionId("kept-back", 1, "c".repeat(64)), "greedy", Instant.EPOCH,
                    Map.of("eval/accuracy", 1.0),
                    List.of(new Sample(0, "1+1=", "#### 2", Optional.of("2"), Optional.of(true)))));
        }
        int here = one(folder.resolve("other.preflab"));

        RunSummary summary = workspace.runs().summary(here);
        assertThat(summary.origin())
                .hasValueSatisfying(origin -> assertThat(origin).startsWith("project other, run 1"));
        assertThat(summary.seed()).isEqualTo(5);
        assertThat(summary.data()).isEqualTo("sums v1");
        assertThat(workspace.runs().spec(here).name()).isEqualTo("there");
        try (Workspace other = Workspace.open(folder.resolve("other.preflab"))) {
            RunStore theirs = other.runs();
            for (String key : theirs.metricKeys(there)) {
                assertThat(series(here, key)).as(key).isEqualTo(theirs.series(there, key));
            }
            assertThat(workspace.runs().samples(here, "eval")).isEqualTo(theirs.samples(there, "eval"));
            assertThat(summary.metrics()).isEqualTo(theirs.summary(there).metrics());
            assertThat(workspace.runs().afterTraining().evaluations(here)).usingRecursiveComparison()
                    .ignoringFields("run").isEqualTo(theirs.afterTraining().evaluations(there));
        }
        assertThatThrownBy(() -> one(folder.resolve("other.preflab"))).hasMessageContaining("already: run " + here);
        assertThatThrownBy(() -> one(workspace.folder())).hasMessageContaining("is this project itself");
    }
}
