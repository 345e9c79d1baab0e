package preflab.projects.compare;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import preflab.datasets.example.Content;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.Demonstration;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Source;
import preflab.engine.train.Outcome;
import preflab.engine.train.RunEvent;
import preflab.engine.train.RunSpec;
import preflab.projects.store.EventWriter;
import preflab.projects.store.Specs;
import preflab.projects.workspace.OpenWorkspace;

class RunDetailsTest extends OpenWorkspace {

    private static RunSpec from(RunSpec spec, DatasetVersionId rows, String name, String model) {
        return new RunSpec(spec.version(), name, rows, spec.evaluation(), model, Optional.empty(), spec.objective(),
                spec.hyper(), spec.settings());
    }

    @Test
    void lineageLeadsFromTheRowsThroughTheRunToItsCheckpointsExportsAndDescendants() throws Exception {
        DatasetVersionId rows = workspace.datasets().add("sums", Kind.SFT,
                IntStream.range(0, 3).mapToObj(i -> new Demonstration(new ExampleId(i), Content.of(i + "+1="),
                        Content.of(String.valueOf(i + 1)), new Source("sums.jsonl", i + 1L))).iterator(),
                "imported from sums.jsonl");
        int run = workspace.runs().create(from(Specs.sft("first"), rows, "first", "builtin:sums"));
        try (EventWriter writer = workspace.runs().writer(run)) {
            writer.on(new RunEvent.Started(Map.of("code_version", "0.1.0", "code_sha256", "d".repeat(64), "device",
                    "cpu", "engine", "PyTorch 2.7.1")));
            for (int step : new int[]{5, 10}) {
                Path checkpoint = Files.createDirectories(
                        workspace.folder().resolve("checkpoints").resolve("1").resolve("step-" + step));
                writer.on(new RunEvent.Checkpointed(step, checkpoint));
            }
            writer.on(new RunEvent.Ended(Outcome.FINISHED, 10, "", Map.of()));
        }
        Path exported = folder.resolve("exported");
        workspace.runs().afterTraining().exported(run, 10, "Hugging Face folder", exported);
        workspace.runs().create(from(Specs.sft("second"), rows, "second", "run:1@10"));
        workspace.runs().create(from(Specs.sft("stranger"), rows, "stranger", "run:11@10"));

        RunDetails details = RunDetails.of(workspace, run);
        Map<String, String> lineage = details.lineage().stream()
                .collect(Collectors.toMap(RunDetails.Fact::name, RunDetails.Fact::value));
        assertThat(lineage).containsEntry("Data", "sums v1 ← imported from sums.jsonl")
                .containsEntry("Held-out data", "sums-test v1").containsEntry("Started from", "builtin:sums")
                .containsEntry("Checkpoints", "steps 5, 10").containsEntry("Started from it", "run 2 second");
        assertThat(lineage.get("Exported")).startsWith("Hugging Face folder after step 10 to ")
                .endsWith(exported.getFileName().toString());
        Map<String, String> provenance = details.provenance().stream()
                .collect(Collectors.toMap(RunDetails.Fact::name, RunDetails.Fact::value));
        assertThat(provenance).containsEntry("Hash of the data", rows.sha256())
                .containsEntry("Hash of the held-out data", "b".repeat(64)).containsEntry("code_version", "0.1.0")
                .containsEntry("code_sha256", "d".repeat(64)).containsEntry("device", "cpu")
                .containsEntry("engine", "PyTorch 2.7.1").containsKeys("Created", "Started", "Ended");
        assertThat(details.specJson()).isEqualTo(workspace.runs().specJson(run)).contains("training.steps");
    }
}
