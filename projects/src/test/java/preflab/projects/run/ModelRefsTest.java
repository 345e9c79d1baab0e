package preflab.projects.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import preflab.engine.train.RunEvent;
import preflab.projects.store.EventWriter;
import preflab.projects.store.ProjectException;
import preflab.projects.store.Specs;
import preflab.projects.workspace.OpenWorkspace;

class ModelRefsTest extends OpenWorkspace {

    private static Path model(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("config.json"), "{}");
        return folder;
    }

    @Test
    void aFolderMayBeAbsoluteOrInTheProject() throws Exception {
        Path outside = model(folder.resolve("somewhere"));
        Path inside = model(workspace.folder().resolve("models/mine"));

        assertThat(ModelRefs.resolve(workspace, outside.toString())).isEqualTo(outside);
        assertThat(ModelRefs.resolve(workspace, "models/mine")).isEqualTo(inside);
    }

    @Test
    void aRunStandsForItsLastCheckpointThatIsStillThere() throws Exception {
        int run = workspace.runs().create(Specs.sft("trained"));
        Path first = model(workspace.checkpoints().resolve("run-1/step-000010"));
        try (EventWriter writer = workspace.runs().writer(run)) {
            writer.on(new RunEvent.Checkpointed(10, first));
            writer.on(new RunEvent.Checkpointed(20, workspace.checkpoints().resolve("run-1/step-000020")));
        }

        assertThat(ModelRefs.resolve(workspace, "run:1")).isEqualTo(first);
        assertThat(ModelRefs.resolve(workspace, "run:1@10")).isEqualTo(first);
        assertThatThrownBy(() -> ModelRefs.resolve(workspace, "run:1@20"))
                .hasMessageContaining("run 1 has checkpoints after steps [10]");
        assertThatThrownBy(() -> ModelRefs.resolve(workspace, "run:1@last")).hasMessageContaining("as in run:3@40");
    }

    @Test
    void aBuiltinModelIsUnpackedOnceAndWhole() throws Exception {
        Path sums = ModelRefs.resolve(workspace, "builtin:sums");

        assertThat(ModelRefs.builtins()).contains("builtin:sums");
        assertThat(sums).startsWith(workspace.cache());
        assertThat(sums.resolve("model.safetensors")).isNotEmptyFile();
        assertThat(sums.resolve("tokenizer.json")).isNotEmptyFile();
        assertThat(ModelRefs.resolve(workspace, "builtin:sums")).isEqualTo(sums);
        try (Stream<Path> left = Files.list(sums.getParent())) {
            assertThat(left).containsExactly(sums);
        }
    }

    @Test
    void whatCannotBeFoundIsNamedTogetherWithWhatCan() {
        workspace.runs().create(Specs.sft("untrained"));

        assertThatThrownBy(() -> ModelRefs.resolve(workspace, "run:1")).isInstanceOf(ProjectException.class)
                .hasMessageContaining("run 1 has no checkpoint").hasMessageContaining("Hugging Face folder");
        assertThatThrownBy(() -> ModelRefs.resolve(workspace, "run:x")).hasMessageContaining("as in run:3");
        assertThatThrownBy(() -> ModelRefs.resolve(workspace, "run:9")).hasMessage("the project has no run 9");
        assertThatThrownBy(() -> ModelRefs.resolve(workspace, "builtin:nothing"))
                .hasMessageContaining("no built-in model \"nothing\"");
        assertThatThrownBy(() -> ModelRefs.resolve(workspace, "not/here")).hasMessageContaining("there is no folder");
        assertThatThrownBy(() -> ModelRefs.resolve(workspace, folder.toString()))
                .hasMessageContaining("no config.json");
    }
}
