package preflab.projects.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import preflab.datasets.example.Content;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Paired;
import preflab.datasets.example.Source;
import preflab.engine.objective.Objectives;
import preflab.engine.param.ParamValues;
import preflab.engine.train.Outcome;
import preflab.engine.train.RunEvent;
import preflab.engine.train.RunSpec;
import preflab.engine.train.TrainSettings;
import preflab.projects.store.RunState;
import preflab.projects.store.RunStore;
import preflab.projects.store.StoredCheckpoint;
import preflab.projects.store.StoredWarning;
import preflab.projects.workspace.Workspace;

/** Runs of the built-in model that fail, are stopped or are killed, and go on. */
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class ResumedRunTest {

    @TempDir
    Path folder;

    private Workspace workspace;
    private RunStore runs;

    @BeforeEach
    void open() {
        workspace = Workspace.create(folder.resolve("p.preflab"));
        runs = workspace.runs();
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    private DatasetVersionId data(int seed) {
        List<Paired> rows = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            rows.add(new Paired(new ExampleId(i), Content.of(i + "+" + seed + "="),
                    Content.of("#### " + (i + seed)), Content.of("#### " + (i + seed + 1)),
                    new Source("made here", i)));
        }
        return workspace.datasets().add("sums-" + seed, Kind.PAIRED, rows.iterator(), "a test");
    }

    private RunSpec spec(DatasetVersionId data, Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of("training.steps", "5", "training.batch_size", "4",
                "evaluation.rows", "3", "evaluation.max_new_tokens", "3", "evaluation.every", "2", "samples.prompts",
                "1", "checkpoint.every", "2", "compute.threads", "1"));
        settings.putAll(more);
        return new RunSpec(RunSpec.CURRENT_VERSION, "resumed", data, Optional.of(data), "builtin:sums",
                Optional.empty(), "dpo", ParamValues.defaults(Objectives.find("dpo").orElseThrow().params()),
                ParamValues.parse(TrainSettings.ALL, settings));
    }

    /** Executes a run that fails as soon as the predicate holds. */
    private int failing(RunSpec spec, Predicate<RunEvent> when) {
        int run = runs.create(spec);
        RunEvent.Ended ended = RunWorker.execute(workspace, run, event -> {
            if (when.test(event)) {
                throw new IllegalStateException("pulled the plug");
            }
        });
        assertThat(ended.outcome()).isEqualTo(Outcome.FAILED);
        return run;
    }

    private RunLog whole(RunSpec spec) {
        int run = runs.create(spec);
        assertThat(RunWorker.execute(workspace, run, event -> {
        }).outcome()).isEqualTo(Outcome.FINISHED);
        return RunLog.of(runs, run);
    }

    private RunEvent.Ended resume(int run) {
        return RunWorker.resume(workspace, run, event -> {
        });
    }

    private static boolean isStep(RunEvent event, int step) {
        return event instanceof RunEvent.Measured m && m.step() == step && m.metrics().containsKey("grad_norm");
    }

    @Test
    void aRunThatFailedGoesOnFromItsCheckpointAndItsLogIsThatOfARunThatDidNot() {
        RunSpec spec = spec(data(1), Map.of());
        RunLog whole = whole(spec);
        int run = failing(spec, event -> isStep(event, 4));
        assertThat(resume(run).outcome()).isEqualTo(Outcome.FINISHED);

        assertThat(whole.values()).isGreaterThan(50);
        assertThat(whole.differences(RunLog.of(runs, run))).isEmpty();
        assertThat(runs.state(run)).isEqualTo(RunState.FINISHED);
        assertThat(runs.warnings(run)).filteredOn(warning -> warning.code().equals("resumed")).singleElement()
                .satisfies(w -> assertThat(w.message())
                        .isEqualTo("resumed from the checkpoint after step 2; no setting differs"));
        assertThatThrownBy(() -> resume(run)).hasMessageContaining("is FINISHED");
    }

    @Test
    void aRunWithoutACheckpointBeginsAnew() {
        RunSpec spec = spec(data(1), Map.of("training.steps", "2", "checkpoint.every", "0"));
        RunLog whole = whole(spec);
        int run = failing(spec, event -> isStep(event, 1));
        assertThat(resume(run).outcome()).isEqualTo(Outcome.FINISHED);
        assertThat(whole.differences(RunLog.of(runs, run))).isEmpty();
    }

    @Test
    void aDamagedCheckpointIsPassedOverAndNamed() throws IOException {
        RunSpec spec = spec(data(1), Map.of("training.steps", "4", "checkpoint.every", "1"));
        RunLog whole = whole(spec);
        int run = failing(spec, event -> isStep(event, 3));
        Path newest = runs.checkpoints(run).getLast().folder();
        Files.writeString(newest.resolve("optimizer.safetensors"), "cut");
        assertThat(resume(run).outcome()).isEqualTo(Outcome.FINISHED);

        assertThat(whole.differences(RunLog.of(runs, run))).isEmpty();
        assertThat(runs.warnings(run)).anySatisfy(warning -> assertThat(warning.message())
                .contains("after step 1").contains("optimizer.safetensors has 3 bytes"));
    }

    @Test
    void otherWeightsUnderTheSameNameAreRefused() throws IOException {
        RunSpec first = spec(data(1), Map.of("training.steps", "1"));
        int base = runs.create(first);
        RunWorker.execute(workspace, base, event -> {
        });
        Path model = folder.resolve("model");
        copy(ModelRefs.resolve(workspace, "builtin:sums"), model);
        RunSpec spec = new RunSpec(first.version(), "moved", first.dataset(), Optional.empty(), model.toString(),
                Optional.empty(), "dpo", first.hyper(),
                spec(first.dataset(), Map.of("checkpoint.every", "1")).settings());
        int run = failing(spec, event -> isStep(event, 2));
        Files.copy(ModelRefs.resolve(workspace, "run:" + base).resolve("model.safetensors"),
                model.resolve("model.safetensors"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        RunEvent.Ended ended = resume(run);
        assertThat(ended.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(ended.message()).contains("cannot go on").contains("model_sha256 changed");
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (var files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    @Test
    void aSecondRunOnTheSameRowsFindsTheReferenceInTheCacheAndDeletingItDoesNoHarm() throws IOException {
        DatasetVersionId data = data(1);
        RunSpec dpo = spec(data, Map.of("training.steps", "3"));
        RunLog first = whole(dpo);
        int ipo = runs.create(new RunSpec(dpo.version(), "ipo", data, Optional.of(data), dpo.model(), Optional.empty(),
                "ipo", ParamValues.defaults(Objectives.find("ipo").orElseThrow().params()), dpo.settings()));
        RunWorker.execute(workspace, ipo, event -> {
        });
        assertThat(runs.summary(ipo).metrics()).containsEntry("reference_cache/computed", 0.0);
        assertThat(runs.warnings(ipo)).extracting(StoredWarning::code).containsExactly("reference_cache");

        Path kept = workspace.cache().resolve("reference/run-1.bin");
        byte[] bytes = Files.readAllBytes(kept);
        Files.write(kept, Arrays.copyOf(bytes, bytes.length / 2)); // as a killed process leaves it
        assertThat(whole(dpo).differences(first)).isEmpty();
        Files.delete(kept);
        assertThat(whole(dpo).differences(first)).isEmpty();
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /** The process may write no file longer than a few bytes from then on: what a full disk looks like to it. */
    @Test
    void aFullDiskEndsTheRunAsFailedWithTheLastGoodCheckpointIntact() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "needs prlimit to play a full disk");
        RunSpec spec = spec(data(1), Map.of("training.steps", "4000", "checkpoint.every", "5", "evaluation.every", "0",
                "evaluation.rows", "0", "samples.prompts", "0"));
        int run = runs.create(spec);
        ProcessHandle process = new RunLauncher(new SelfLauncher(WorkerMain.class.getName())).startProcess(workspace,
                run);
        await(() -> !runs.checkpoints(run).isEmpty());
        assertThat(new ProcessBuilder("/usr/bin/prlimit", "--pid", String.valueOf(process.pid()), "--fsize=3000000")
                .inheritIO().start().waitFor()).isZero();
        process.onExit().get();

        assertThat(runs.state(run)).isEqualTo(RunState.FAILED);
        assertThat(runs.summary(run).message()).contains("cannot be written").contains("resume the run");
        StoredCheckpoint last = runs.checkpoints(run).getLast();
        assertThat(preflab.engine.train.Checkpoint.open(last.folder()).step()).isEqualTo(last.step());
        try (var left = Files.list(workspace.checkpoints().resolve("run-" + run))) {
            assertThat(left).allSatisfy(path -> assertThat(path.getFileName().toString()).matches("step-\\d{6}"));
        }
    }

    @Test
    @Tag("slow")
    void aProofOnARunsOwnConfigurationLeavesNothingBehind() throws IOException {
        List<Path> before = proofs();
        ResumeProof.Result result = ResumeProof.prove(workspace, spec(data(1), Map.of()), 40, 1, 3,
                new SelfLauncher(WorkerMain.class.getName()), line -> {
                });
        assertThat(result.sentence()).startsWith("It holds, bit by bit: 1 kill in 1 run of 40 steps; ");
        assertThat(proofs()).isEqualTo(before);
        assertThat(runs.list()).as("nothing is entered in the project itself").isEmpty();
    }

    private static List<Path> proofs() throws IOException {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.getFileName().toString().startsWith("preflab-proof")).sorted().toList();
        }
    }

    @Test
    @Tag("slow")
    void killedAtTwentyRandomMomentsTheLogIsThatOfARunThatWasNot() {
        RunSpec spec = spec(data(1), Map.of("training.steps", "40", "evaluation.every", "8"));
        Workspace scratch = Workspace.create(folder.resolve("scratch.preflab"));
        try (scratch) {
            ResumeProof.Result result = ResumeProof.prove(workspace, scratch, spec, 40, 20, 2,
                    new SelfLauncher(WorkerMain.class.getName()), line -> {
                    });
            assertThat(result.differences()).isEmpty();
            assertThat(result.kills()).isEqualTo(20);
            assertThat(result.values()).isGreaterThan(300);
        }
        Workspace.open(folder.resolve("scratch.preflab")).close();
    }
}
