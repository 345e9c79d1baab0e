package preflab.app.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import preflab.engine.model.HfFolder;
import preflab.projects.compare.RunDetails;
import preflab.projects.run.RunWorker;
import preflab.projects.workspace.Workspace;

/** From a file to a comparison, in one project: each test goes on where the one before it ended. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ProjectCommandsTest {

    private static @TempDir Path folder;
    private static Path project;
    private static Path model;

    @BeforeAll
    static void makeModel() {
        project = folder.resolve("sums.preflab");
        model = TinyModel.in(folder.resolve("tiny"));
    }

    @Test
    @Order(1)
    void importReportsRowsTakenAndRefused() throws Exception {
        StringBuilder lines = new StringBuilder("{\"prompt\":\"broken\"\n{\"prompt\":\"1+1=\",\"chosen\":\"2\"}\n");
        for (int i = 1; i <= 8; i++) {
            lines.append("{\"prompt\":\"1+" + i + "=\",\"chosen\":\"\\n#### " + (i + 1)
                    + "\",\"rejected\":\"\\n#### 0\"}\n");
        }
        Path file = Files.writeString(folder.resolve("Some Pairs.jsonl"), lines, StandardCharsets.UTF_8);
        CliRun run = CliRun.of("import", file, "--project", project, "--json");
        assertThat(run.code()).isZero();
        JsonNode report = run.json().getFirst();
        assertThat(report.fieldNames()).toIterable().contains("dataset", "version", "kind", "accepted", "rejected",
                "sha256", "problems");
        assertThat(report.path("dataset").asText()).isEqualTo("some-pairs");
        assertThat(report.path("version").intValue()).isEqualTo(1);
        assertThat(report.path("kind").asText()).isEqualTo("paired");
        assertThat(report.path("accepted").intValue()).isEqualTo(8);
        assertThat(report.path("rejected").intValue()).isEqualTo(2);
        assertThat(report.path("sha256").asText()).matches("[0-9a-f]{64}");
        assertThat(report.path("problems")).extracting(problem -> problem.path("row").intValue()).containsExactly(1, 2);
    }

    @Test
    @Order(2)
    void datasetsListsTheVersion() {
        JsonNode row = CliRun.of("datasets", "--project", project, "--json").json().getFirst();
        assertThat(row.fieldNames()).toIterable().containsExactly("dataset", "version", "kind", "rows", "sha256");
        assertThat(row.path("rows").intValue()).isEqualTo(8);
    }

    @Test
    @Order(3)
    void objectiveThatCannotUseTheDataIsBadInput() {
        CliRun run = train("pipa-x");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("there is no objective \"pipa-x\"; known: sft, dpo");
        assertThat(CliRun.of("runs", "--project", project).out()).contains("No runs yet");
    }

    @Test
    @Order(4)
    void settingOutOfRangeIsBadInput() {
        CliRun run = train("dpo", "--set", "beta=-1");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("beta must lie in (0, inf), not -1.0");
        assertThat(train("dpo", "--set", "nonsense=1").code()).isEqualTo(2);
        assertThat(train("dpo", "--set", "training.steps=4").err()).contains("training.steps is given twice");
    }

    @Test
    @Order(4)
    void aFrozenModelThatTheObjectiveDoesNotReadIsBadInput() {
        CliRun prior = train("dpo", "--prior", "builtin:sums");
        assertThat(prior.code()).isEqualTo(2);
        assertThat(prior.err()).contains("objective dpo has no prior; its frozen model is named by --reference");
        CliRun reference = train("simpo", "--reference", "builtin:sums");
        assertThat(reference.code()).isEqualTo(2);
        assertThat(reference.err()).contains("objective simpo reads no reference");
    }

    @Test
    @Order(90)
    void pipaTakesAPriorOfItsOwn() throws Exception {
        Path prior = TinyModel.in(folder.resolve("prior"));
        CliRun run = train("pipa_m", "--prior", prior.toString(), "--json");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.json().getLast().path("outcome").asText()).isEqualToIgnoringCase("finished");
        assertThat(runFile(run).path("reference").asText()).isEqualTo(prior.toString());
    }

    @Test
    @Order(91)
    void aTypedLossIsTrainedAndKeptInTheRunFile() throws Exception {
        String formula = "-ls(beta*(h_w-h_l)) - lambda*A_w";
        CliRun run = train("expression", "--set", "formula=" + formula, "--set", "lambda=0.2", "--json");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(runFile(run).at("/hyper/formula").asText()).isEqualTo(formula);
        CliRun wrong = train("expression", "--set", "formula=-ls(beta*(h_x-h_l))");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).contains("at character 11", "there is no name \"h_x\"");
    }

    private JsonNode runFile(CliRun run) throws Exception {
        Path file = folder.resolve("its-run.json");
        CliRun export = CliRun.of("export", "spec", run.json().getLast().path("run").intValue(), "--project", project,
                "--to", file);
        assertThat(export.code()).as(export.err()).isZero();
        return new ObjectMapper().readTree(file.toFile());
    }

    @Test
    @Order(5)
    void trainPrintsItsEventsAndStartsAtLnTwo() {
        CliRun run = train("dpo", "--evaluation", "some-pairs", "--json");
        assertThat(run.code()).as(run.err()).isZero();
        List<JsonNode> events = run.json();
        assertThat(events.getFirst().path("event").asText()).isEqualTo("estimated");
        assertThat(events.get(1).path("event").asText()).isEqualTo("started");
        JsonNode first = events.stream().filter(event -> event.path("event").asText().equals("measured")
                && event.path("step").intValue() == 1).findFirst().orElseThrow();
        assertThat(first.at("/metrics/loss").doubleValue()).isCloseTo(Math.log(2), within(1e-6));
        JsonNode last = events.getLast();
        assertThat(last.path("event").asText()).isEqualTo("ended");
        assertThat(last.path("run").intValue()).isEqualTo(1);
        assertThat(last.path("outcome").asText()).isEqualTo("FINISHED");
    }

    @Test
    @Order(6)
    void sameSeedGivesTheSameRunFromItsRunFile() throws Exception {
        Path file = folder.resolve("run.json");
        JsonNode exported = CliRun.of("export", "spec", 1, "--project", project, "--to", file, "--json").json()
                .getFirst();
        assertThat(exported.path("path").asText()).isEqualTo(file.toString());
        CliRun run = CliRun.of("train", "--project", project, "--spec", file, "--json");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.json().getLast().path("run").intValue()).isEqualTo(2);
        List<JsonNode> runs = CliRun.of("runs", "--project", project, "--json").json();
        assertThat(runs.get(1).at("/metrics/loss")).isEqualTo(runs.get(0).at("/metrics/loss"));
        assertThat(runs.get(1).at("/metrics/grad_norm")).isEqualTo(runs.get(0).at("/metrics/grad_norm"));
    }

    @Test
    @Order(7)
    void runsAreListedWithStateAndMetrics() {
        assertThat(train("sft", "--set", "lr=1e-3").code()).isEqualTo(2);
        assertThat(train("sft", "--set", "learning_rate=1e-3", "--evaluation", "some-pairs").code()).isZero();
        List<JsonNode> runs = CliRun.of("runs", "--project", project, "--json").json();
        assertThat(runs).hasSize(3).allSatisfy(row -> {
            assertThat(row.fieldNames()).toIterable().contains("run", "name", "objective", "dataset", "seed", "state",
                    "metrics");
            assertThat(row.path("state").asText()).isEqualTo("FINISHED");
        });
        assertThat(CliRun.of("runs", "--project", project).out().lines().toList().getLast()).contains("sft",
                "FINISHED", "3/3");
    }

    @Test
    @Order(8)
    void compareNamesTheSettingsThatDifferAndWritesAReport() throws Exception {
        Path html = folder.resolve("report.html");
        CliRun run = CliRun.of("compare", "--project", project, 1, 3, "--html", html, "--json");
        assertThat(run.code()).as(run.err()).isZero();
        JsonNode comparison = run.json().getFirst();
        assertThat(comparison.fieldNames()).toIterable().containsExactly("runs", "differences", "metrics", "choice",
                "claims", "diagnoses");
        assertThat(comparison.path("runs")).extracting(row -> row.path("run").intValue()).containsExactly(1, 3);
        assertThat(comparison.path("differences")).extracting(row -> row.path("name").asText())
                .anyMatch(name -> name.contains("learning_rate"));
        assertThat(comparison.path("metrics")).extracting(row -> row.path("metric").asText()).contains("loss",
                "eval/accuracy");
        assertThat(html).content(StandardCharsets.UTF_8).contains("<svg", "learning_rate").doesNotContain("http://");
    }

    @Test
    @Order(8)
    void runsAreFilteredAndABadFilterIsPointedAt() {
        CliRun found = CliRun.of("runs", "--project", project, "--filter", "run in (1, 3)", "--json");
        assertThat(found.json()).extracting(row -> row.path("run").intValue()).containsExactly(1, 3);
        CliRun refused = CliRun.of("runs", "--project", project, "--filter", "run >> 1");
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("--filter, character 6: expected a number or a text, not “>”");
    }

    @Test
    @Order(8)
    void aRunThatIsStoppedIsResumedAndOneThatIsFinishedIsNot() {
        CliRun finished = CliRun.of("resume", "--project", project, 1);
        assertThat(finished.code()).isEqualTo(2);
        assertThat(finished.err()).contains("run 1 is FINISHED", "STOPPED, FAILED, INTERRUPTED");
        int run;
        try (Workspace workspace = Workspace.open(project)) {
            run = workspace.runs().create(workspace.runs().spec(1));
            workspace.runs().requestStop(run);
            RunWorker.execute(workspace, run, event -> {
            });
        }
        CliRun resumed = CliRun.of("resume", "--project", project, run, "--json");
        assertThat(resumed.code()).as(resumed.err()).isZero();
        assertThat(resumed.json()).last().satisfies(event -> {
            assertThat(event.path("event").asText()).isEqualTo("ended");
            assertThat(event.path("outcome").asText()).isEqualTo("FINISHED");
        });
        assertThat(CliRun.of("prove", "--project", project, 1, "--steps", 0).code()).isEqualTo(2);
    }

    @Test
    @Order(9)
    void unknownRunIsBadInput() {
        CliRun run = CliRun.of("compare", "--project", project, 1, 99);
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("99").doesNotContain("Exception");
    }

    @Test
    @Order(10)
    void evaluateMeasuresTheLastCheckpoint() {
        JsonNode metrics = CliRun.of("evaluate", 3, "--dataset", "some-pairs", "--project", project, "--max-tokens", 8,
                "--json").json().getFirst().path("metrics");
        assertThat(metrics.path("eval/accuracy").doubleValue()).isBetween(0.0, 1.0);
        assertThat(metrics.path("eval/count").intValue()).isEqualTo(8);

        JsonNode compared = CliRun.of("compare", "--project", project, 3, "--json").json().getFirst();
        JsonNode kept = compared.path("metrics").get(compared.path("metrics").size() - 1);
        assertThat(kept.path("metric").asText()).isEqualTo("accuracy asked after training some-pairs v1");
        assertThat(kept.at("/values/0/value").doubleValue()).isEqualTo(metrics.path("eval/accuracy").doubleValue());
    }

    @Test
    @Order(11)
    void exportedModelCanBeTrainedFromAndExportedRowsAreTheSameRows() {
        Path exported = folder.resolve("exported");
        assertThat(CliRun.of("export", "tensorboard", 3, "--project", project, "--to", folder.resolve("logs")).code())
                .isZero();
        assertThat(folder.resolve("logs")).isDirectoryContaining("glob:**003 *");
        assertThat(CliRun.of("export", "run", 3, "--project", project, "--to", exported).code()).isZero();
        assertThat(CliRun.of("generate", "--model", exported, "--prompt", "1+1=", "--max-tokens", 4).code()).isZero();
        assertThat(CliRun.of("export", "run", 3, "--project", project, "--to", exported).code()).isEqualTo(2);
        assertThat(folder.resolve(".exported.part")).doesNotExist();
        try (Workspace workspace = Workspace.open(project)) {
            assertThat(RunDetails.of(workspace, 3).lineage()).extracting(RunDetails.Fact::toString)
                    .anyMatch(fact -> fact.contains("Exported") && fact.contains(exported.toString()))
                    .anyMatch(fact -> fact.contains("Asked later") && fact.contains("some-pairs v1"));
        }

        Path rows = folder.resolve("rows.jsonl");
        assertThat(CliRun.of("export", "dataset", "some-pairs", "--project", project, "--to", rows).code()).isZero();
        assertThat(CliRun.of("import", rows, "--project", project, "--name", "some-pairs").code()).isZero();
        List<JsonNode> versions = CliRun.of("datasets", "--project", project, "--json").json();
        assertThat(versions).extracting(row -> row.path("version").intValue()).containsExactly(1, 2);
        assertThat(versions.get(1).path("sha256")).isEqualTo(versions.get(0).path("sha256"));
    }

    @Test
    @Order(95)
    void aRunIsEstimatedAndGraded() {
        CliRun run = CliRun.of("train", "--project", project, "--dataset", "some-pairs", "--model", model,
                "--objective", "dpo", "--steps", 24, "--set", "batch_size=4", "--json");
        assertThat(run.code()).as(run.err()).isZero();
        JsonNode estimate = run.json().getFirst();
        assertThat(estimate.path("fits").asBoolean()).isTrue();
        assertThat(estimate.at("/parts/weights").longValue()).isPositive();
        assertThat(estimate.path("seconds").doubleValue()).isPositive();
        JsonNode metrics = run.json().getLast().path("metrics");
        assertThat(metrics.path("memory/estimated_mb").doubleValue())
                .isCloseTo(estimate.path("peak_bytes").longValue() / 1048576.0, within(0.01));
        assertThat(metrics.path("memory/estimate_error").doubleValue()).isCloseTo(
                metrics.path("memory/estimated_mb").doubleValue() / metrics.path("memory/peak_mb").doubleValue() - 1,
                within(1e-9));
        assertThat(metrics.path("time/estimated_seconds").doubleValue())
                .isCloseTo(estimate.path("seconds").doubleValue(), within(1e-9));
        try (Workspace workspace = Workspace.open(project)) {
            assertThat(RunDetails.of(workspace, run.json().getLast().path("run").intValue()).provenance())
                    .anySatisfy(fact -> assertThat(fact.name() + ": " + fact.value())
                            .startsWith("Memory at its peak: ").contains(" MiB, expected were "));
        }
    }

    private CliRun trained(String objective, String... more) {
        List<Object> command = new ArrayList<>(List.of("train", "--project", project, "--dataset", "some-pairs",
                "--model", model, "--objective", objective, "--steps", 6, "--set", "batch_size=4", "--seed", 77));
        command.addAll(List.of(more));
        CliRun run = CliRun.of(command.toArray());
        assertThat(run.code()).as(run.err()).isZero();
        return run;
    }

    @Test
    @Order(95)
    void aSecondRunWithAnotherObjectiveMakesNoReferencePassAndSaysWhatThatSpares() {
        trained("dpo");
        JsonNode ended = trained("ipo", "--json").json().getLast();
        assertThat(ended.at("/metrics/reference_cache~1computed").doubleValue()).isZero();
        assertThat(ended.at("/metrics/reference_cache~1found").doubleValue()).isPositive();
        assertThat(ended.at("/metrics/reference_cache~1seconds_saved").doubleValue()).isPositive();
        assertThat(ended.at("/metrics/reference_cache~1bytes_saved").doubleValue())
                .isEqualTo(4.0 * HfFolder.open(model).config().parameterCount());
        assertThat(ended.at("/metrics/reference_cache~1bytes_on_disk").doubleValue()).isPositive();

        assertThat(trained("ipo").out())
                .containsPattern("note at step 6: no reference pass: all \\d+ log-probabilities of"
                        + " sequences came from the cache \\(\\d\\.\\d\\d MB on disk\\); \\d+\\.\\d\\d s saved, and \\d");
        try (Workspace workspace = Workspace.open(project)) {
            assertThat(RunDetails.of(workspace, ended.path("run").intValue()).provenance())
                    .anySatisfy(fact -> assertThat(fact.name() + ": " + fact.value())
                            .startsWith("Reference: no reference pass"));
        }
    }

    @Test
    @Order(96)
    void whatCannotFitIsRefusedWithWhatWouldHelp() {
        int before = CliRun.of("runs", "--project", project, "--json").json().size();
        System.setProperty("preflab.memory", "1000000");
        try {
            CliRun run = train("dpo");
            assertThat(run.code()).isEqualTo(2);
            assertThat(run.err()).contains("not started: it needs about 0.2", "and 0.00 GB are free",
                    "--ignore-memory starts it all the same");
            CliRun json = train("dpo", "--estimate", "--ignore-memory", "--json");
            assertThat(json.code()).isZero();
            assertThat(json.json()).hasSize(1);
            assertThat(json.json().getFirst().path("fits").asBoolean()).isFalse();
            assertThat(CliRun.of("runs", "--project", project, "--json").json()).hasSize(before);
            assertThat(train("dpo", "--ignore-memory").code()).isZero();
        } finally {
            System.clearProperty("preflab.memory");
        }
        assertThat(CliRun.of("runs", "--project", project, "--json").json()).hasSize(before + 1);
    }

    private static CliRun train(String objective, String... more) {
        Object[] start = {"train", "--project", project, "--dataset", "some-pairs", "--model", model, "--objective",
                objective, "--steps", 3, "--set", "batch_size=4", "--set", "evaluation.max_new_tokens=8"};
        return CliRun.of(java.util.stream.Stream.concat(java.util.Arrays.stream(start), java.util.Arrays.stream(more))
                .toArray());
    }
}
