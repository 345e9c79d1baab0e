package preflab.app.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.app.cli.TinyModel;
import preflab.app.dialog.ErrorModel;
import preflab.app.task.Activities;
import preflab.app.task.Work;
import preflab.app.ui.ScriptedPicker;
import preflab.engine.model.ModelFacts;
import preflab.projects.workspace.ModelShelf;
import preflab.projects.workspace.Workspace;

class ModelsControllerTest {

    @TempDir
    private Path folder;
    private Workspace workspace;
    private final ModelsModel model = new ModelsModel();
    private final ScriptedPicker picker = new ScriptedPicker();
    private final ErrorModel errors = new ErrorModel();
    private final List<String> asked = new ArrayList<>();
    private ModelsController controller;

    @BeforeEach
    void open() {
        workspace = Workspace.create(folder.resolve("p.preflab"));
        controller = new ModelsController(model, workspace, (entry, question) -> {
            asked.add(entry.title() + " " + question.arguments());
            return new Scored(entry.title(), "ab", List.of("a", "b"), List.of(-0.5, -1.5));
        }, picker, Work.direct(), new Activities(), errors);
        controller.refresh();
    }

    @AfterEach
    void close() {
        workspace.close();
    }

    @Test
    void theBuiltInModelIsListedWithWhatItIs() {
        assertThat(model.models()).extracting(ModelEntry::reference).containsExactly("builtin:sums");
        ModelFacts facts = model.selectedProperty().get().facts().orElseThrow();
        assertThat(facts.family()).isEqualTo("llama");
        assertThat(model.selectedProperty().get().training()).containsKeys("all weights", "LoRA", "LoRA, recomputed");
        assertThat(model.selectedProperty().get().training().get("all weights"))
                .isGreaterThan(16 * facts.parameters());
        assertThat(facts.bytesOnDisk()).isGreaterThan(facts.parameters());
    }

    @Test
    void anAddedFolderIsCheckedKeptAndTakenOffAgain() throws IOException {
        Path tiny = TinyModel.in(folder.resolve("tiny"));
        picker.willChoose(tiny);
        controller.add();
        assertThat(model.selectedProperty().get().folder()).isEqualTo(tiny);
        assertThat(new ModelShelf(workspace).folders()).containsExactly(tiny);
        Path broken = Files.createDirectories(folder.resolve("broken"));
        Files.writeString(broken.resolve("config.json"), "{\"model_type\": \"mixtral\"}");
        picker.willChoose(broken);
        controller.add();
        assertThat(errors.reportProperty().get().message()).contains("model_type \"mixtral\" is not supported");
        assertThat(model.models()).hasSize(2);
        controller.forget(model.models().getLast());
        assertThat(model.models()).hasSize(1);
        assertThat(tiny).isDirectory();
    }

    @Test
    void bothAreAskedTheSameWithTheSameSeed() {
        model.otherProperty().set(model.models().getFirst());
        model.promptProperty().set("1+1=");
        model.seedProperty().set("7");
        model.chatProperty().set(true);
        model.stopProperty().set("\n");
        controller.ask();
        assertThat(asked).hasSize(2).allMatch(each -> each.endsWith("[--prompt, 1+1=, --max-tokens, 64,"
                + " --temperature, 0.0, --seed, 7, --logprobs, --chat, --stop, \n]"));
        assertThat(model.answerProperty().get().perplexity()).isCloseTo(Math.E, within(1e-12));
        assertThat(model.busyProperty().get()).isFalse();
    }

    @Test
    void aFieldThatHoldsNoNumberIsSaidAndNobodyIsAsked() {
        model.temperatureProperty().set("warm");
        controller.ask();
        assertThat(model.problemProperty().get()).contains("Temperature", "warm");
        model.temperatureProperty().set("1");
        model.maxTokensProperty().set("0");
        controller.ask();
        assertThat(model.problemProperty().get()).contains("Tokens", "1 to 100000");
        assertThat(asked).isEmpty();
    }

    @Test
    void theSelectedModelIsExportedInItsLayout() {
        Path target = folder.resolve("out");
        picker.willChoose(target);
        controller.export();
        assertThat(ModelFacts.of(target)).isEqualTo(model.selectedProperty().get().facts().orElseThrow());
        picker.willChoose(target);
        controller.export();
        assertThat(errors.reportProperty().get().message()).contains("is not empty");
    }

    @Test
    void theAnswerIsTheLastJsonThatTheProcessPrinted() throws IOException {
        Question question = new Question("p", false, "", 1, 0, 1, "");
        Scored scored = ChildProbe.parse("m", List.of("WARN x", "{\"text\":\"ab\",\"tokens\":[1],\"texts\":[\"ab\"],"
                + "\"logprobs\":[-0.25]}"), question);
        assertThat(scored).isEqualTo(new Scored("m", "ab", List.of("ab"), List.of(-0.25)));
    }
}
