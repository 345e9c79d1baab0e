package preflab.projects.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.datasets.example.Content;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.Demonstration;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Source;
import preflab.engine.objective.Objectives;
import preflab.engine.param.ParamValues;
import preflab.engine.train.Outcome;
import preflab.engine.train.RunEvent;
import preflab.engine.train.RunSpec;
import preflab.engine.train.TrainSettings;
import preflab.projects.compare.Comparison;
import preflab.projects.export.HtmlReport;
import preflab.projects.store.RunState;
import preflab.projects.store.StoredCheckpoint;
import preflab.projects.workspace.Workspace;

/** A real model, real rows, the real trainer: from a dataset in the project to a report. */
class RealRunTest {

    @TempDir
    Path folder;

    private static Optional<Path> sharedModel() {
        Path named = Path.of(System.getProperty("preflab.shared", "no such folder"));
        Stream<Path> above = Stream.iterate(Path.of("").toAbsolutePath(), path -> path != null, Path::getParent)
                .map(path -> path.resolveSibling("shared"));
        return Stream.concat(Stream.of(named), above).map(shared -> shared.resolve("data/models/stories260k"))
                .filter(model -> Files.exists(model.resolve("config.json"))).findFirst();
    }

    private static List<Demonstration> rows() {
        List<Demonstration> rows = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            rows.add(new Demonstration(new ExampleId(i), Content.of("Once upon a time"),
                    Content.of(" there was a cat. #### " + i), new Source("made for this test", i)));
        }
        return rows;
    }

    private static RunSpec spec(String name, DatasetVersionId data, String model, int steps) {
        return new RunSpec(RunSpec.CURRENT_VERSION, name, data, Optional.of(data), model, Optional.empty(), "sft",
                ParamValues.defaults(Objectives.find("sft").orElseThrow().params()),
                ParamValues.parse(TrainSettings.ALL,
                        Map.of("training.steps", String.valueOf(steps), "training.batch_size", "4",
                                "evaluation.rows", "3", "evaluation.max_new_tokens", "4", "samples.prompts", "1",
                                "compute.threads", "1")));
    }

    @Test
    void aRunGoesFromStoredRowsToAReportAndItsCheckpointIsAModel() throws Exception {
        Optional<Path> model = sharedModel();
        Assumptions.assumeTrue(model.isPresent(), "needs ../shared/data/models/stories260k");
        try (Workspace workspace = Workspace.create(folder.resolve("real.preflab"))) {
            DatasetVersionId data = workspace.datasets().add("stories", Kind.SFT, rows().iterator(), "a test");
            int first = workspace.runs().create(spec("first", data, model.get().toString(), 2));
            List<RunEvent> heard = new ArrayList<>();
            RunEvent.Ended ended = RunWorker.execute(workspace, first, heard::add);

            assertThat(ended.message()).isEmpty();
            assertThat(ended.outcome()).isEqualTo(Outcome.FINISHED);
            assertThat(heard).last().isEqualTo(ended);
            assertThat(workspace.runs().state(first)).isEqualTo(RunState.FINISHED);
            assertThat(workspace.runs().series(first, "loss").steps()).contains(1, 2);
            assertThat(workspace.runs().environment(first)).isNotEmpty();
            StoredCheckpoint checkpoint = workspace.runs().checkpoints(first).getLast();
            assertThat(checkpoint.folder()).startsWith(workspace.checkpoints());
            assertThat(ModelRefs.resolve(workspace, "run:" + first)).isEqualTo(checkpoint.folder());

            int second = workspace.runs().create(spec("second", data, "run:" + first, 1));
            assertThat(RunWorker.execute(workspace, second, event -> {
            }).outcome()).isEqualTo(Outcome.FINISHED);
            Comparison comparison = Comparison.of(workspace, List.of(first, second), first);
            assertThat(comparison.metrics().getFirst().key()).isEqualTo("eval/accuracy");
            assertThat(HtmlReport.html(comparison)).contains("Once upon a time");
        }
    }

    @Test
    void aRunOnAMissingModelFailsInWords() {
        try (Workspace workspace = Workspace.create(folder.resolve("missing.preflab"))) {
            DatasetVersionId data = workspace.datasets().add("stories", Kind.SFT, rows().iterator(), "a test");
            int run = workspace.runs().create(spec("nothing", data, "no/such/model", 1));
            RunEvent.Ended ended = RunWorker.execute(workspace, run, event -> {
            });

            assertThat(ended.outcome()).isEqualTo(Outcome.FAILED);
            assertThat(ended.message()).contains("no model \"no/such/model\"");
        }
    }
}
