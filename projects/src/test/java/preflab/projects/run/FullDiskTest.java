package preflab.projects.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.datasets.example.Content;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.Demonstration;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Source;
import preflab.engine.objective.Objectives;
import preflab.engine.train.Checkpoint;
import preflab.engine.train.RunSpec;
import preflab.engine.train.Settings;
import preflab.projects.store.StoredCheckpoint;
import preflab.projects.workspace.Workspace;

/** The whole project lies on a disk of 64 MB, mounted for one process alone; every checkpoint takes some 12 of them. */
class FullDiskTest {

    @TempDir
    Path folder;

    @Test
    void aRunOnADiskThatFillsUpFailsWithItsReasonAndTheLastGoodCheckpointIntact() throws Exception {
        assumeTrue(mayMount(), "skipped: a disk can be mounted on Linux only, where unshare is allowed");
        Path log = folder.resolve("log");
        Path result = folder.resolve("result");
        Path disk = Files.createDirectory(folder.resolve("disk"));
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Process child = mounted(disk, Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-cp", classPath, Child.class.getName(),
                disk.resolve("p.preflab").toString(), result.toString()).redirectErrorStream(true)
                .redirectOutput(log.toFile()).start();
        assertThat(child.waitFor()).as(Files.readString(log)).isZero();
        List<String> facts = Files.readAllLines(result, UTF_8);
        assertThat(facts.get(0)).isEqualTo("FAILED");
        assertThat(facts.get(1)).contains("cannot be written", "make room on the disk and resume the run");
        assertThat(Integer.parseInt(facts.get(2))).as("step of the last checkpoint, opened").isBetween(1, 20);
        assertThat(facts.subList(3, facts.size())).isNotEmpty().allMatch(name -> name.matches("step-\\d{6}"));
    }

    private static ProcessBuilder mounted(Path disk, String... command) {
        List<String> all = new ArrayList<>(List.of("unshare", "--map-root-user", "--mount", "sh", "-c",
                "mount -t tmpfs -o size=64m none \"$0\" && exec \"$@\"", disk.toString()));
        all.addAll(List.of(command));
        return new ProcessBuilder(all);
    }

    private boolean mayMount() throws IOException, InterruptedException {
        return Files.isExecutable(Path.of("/usr/bin/unshare"))
                && mounted(Files.createDirectory(folder.resolve("trial")), "true").start().waitFor() == 0;
    }

    /** Trains with a checkpoint at every step, all kept, until the disk is full; writes outside of it what is left. */
    static final class Child {

        private Child() {
        }

        public static void main(String[] arguments) throws IOException {
            try (Workspace workspace = Workspace.create(Path.of(arguments[0]))) {
                int run = workspace.runs().create(spec(data(workspace)));
                RunWorker.execute(workspace, run, event -> {
                });
                StoredCheckpoint last = workspace.runs().checkpoints(run).getLast();
                List<String> facts = new ArrayList<>(List.of(workspace.runs().state(run).name(),
                        workspace.runs().summary(run).message(),
                        String.valueOf(Checkpoint.open(last.folder()).step())));
                try (Stream<Path> files = Files.list(workspace.checkpoints().resolve("run-" + run))) {
                    files.map(file -> file.getFileName().toString()).forEach(facts::add);
                }
                Files.write(Path.of(arguments[1]), facts, UTF_8);
            }
        }

        private static DatasetVersionId data(Workspace workspace) {
            List<Demonstration> rows = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                rows.add(new Demonstration(new ExampleId(i), Content.of(i + "+1="), Content.of("#### " + (i + 1)),
                        new Source("made here", i)));
            }
            return workspace.datasets().add("sums", Kind.SFT, rows.iterator(), "a test");
        }

        private static RunSpec spec(DatasetVersionId data) {
            Settings.Resolved settings = Settings.of(Objectives.find("sft").orElseThrow())
                    .apply(Map.of("training.steps", "400", "training.batch_size", "4", "checkpoint.every", "1",
                            "checkpoint.keep_last", "0", "samples.prompts", "0", "evaluation.rows", "0"));
            return new RunSpec(RunSpec.CURRENT_VERSION, "full", data, Optional.empty(), "builtin:sums",
                    Optional.empty(), "sft", settings.hyper(), settings.settings());
        }
    }
}
