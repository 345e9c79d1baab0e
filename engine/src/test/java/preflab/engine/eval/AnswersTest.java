package preflab.engine.eval;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.datasets.example.Content;
import preflab.datasets.example.Demonstration;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Source;
import preflab.engine.batch.TextTokenizer;
import preflab.engine.model.TransformerPolicy;
import preflab.engine.model.ModelConfig;
import preflab.engine.tensor.Torch;

class AnswersTest {

    private static final ModelConfig CONFIG = new ModelConfig("llama", 48, 32, 64, 2, 4, 2, 8, 64, 1e-5, 10_000, true,
            1, 2);
    private static final int POSITIONS = CONFIG.maxPositions();

    private @TempDir Path folder;

    @Test
    void moreRoomForTheAnswerThanTheModelHasCostsNothingOfThePrompt() throws Exception {
        List<PreferenceExample> rows = List.of(new Demonstration(new ExampleId(0), Content.of("12+34="),
                Content.of("46\n#### 46"), new Source("test", 1)));
        Path file = folder.resolve("tokenizer.json");
        try (InputStream in = AnswersTest.class.getResourceAsStream("/preflab/engine/tiny/tokenizer.json")) {
            Files.write(file, in.readAllBytes());
        }
        try (NDManager manager = Torch.newManager();
                TransformerPolicy policy = TransformerPolicy.random(CONFIG, 4, manager)) {
            policy.parameters().forEach((name, weight) -> weight.muli(name.contains("norm") ? 1 : 12)); // clear choices
            policy.save(folder.resolve("model"), file);
            try (TextTokenizer tokenizer = TextTokenizer.load(folder.resolve("model"))) {
                Answer some = Answers.greedy(policy, tokenizer, rows, 8, () -> true).getFirst();
                Answer many = Answers.greedy(policy, tokenizer, rows, 10 * POSITIONS, () -> true).getFirst();
                assertThat(some.completion()).isNotEmpty();
                assertThat(many.completion()).startsWith(some.completion());
                assertThat(many.expected()).contains("46");
            }
        }
    }
}
