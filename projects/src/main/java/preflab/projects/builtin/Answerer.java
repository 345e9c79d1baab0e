package preflab.projects.builtin;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import preflab.engine.batch.TextTokenizer;
import preflab.engine.model.Generator;
import preflab.engine.model.TransformerPolicy;
import preflab.engine.model.Precision;
import preflab.engine.model.SamplerSettings;
import preflab.engine.tensor.Torch;

/** Draws continuations of texts from a model. */
final class Answerer implements AutoCloseable {

    private final NDManager manager = Torch.newManager();
    private final TransformerPolicy policy;
    private final TextTokenizer tokenizer;

    Answerer(Path model) {
        policy = TransformerPolicy.load(model, manager, Precision.FLOAT32);
        tokenizer = TextTokenizer.load(model);
    }

    /** One continuation per text, greedy; ends where the model ends it. */
    List<String> greedy(List<String> texts) {
        return continued(texts, SamplerSettings.greedy(BuiltinRecipe.MAX_ANSWER));
    }

    /** {@code count} continuations of each text at temperature 1, those of one text side by side. */
    List<List<String>> sampled(List<String> texts, int count, long seed) {
        List<String> repeated = new ArrayList<>();
        for (String text : texts) {
            for (int i = 0; i < count; i++) {
                repeated.add(text);
            }
        }
        List<String> drawn = continued(repeated, SamplerSettings.sampled(1.0, BuiltinRecipe.MAX_ANSWER, seed));
        List<List<String>> byText = new ArrayList<>();
        for (int i = 0; i < texts.size(); i++) {
            byText.add(List.copyOf(drawn.subList(i * count, (i + 1) * count)));
        }
        return byText;
    }

    private List<String> continued(List<String> texts, SamplerSettings settings) {
        List<int[]> prompts = texts.stream().map(text -> tokenizer.encode(text, true)).toList();
        List<int[]> drawn = Generator.generate(policy, prompts, settings, tokenizer.stopIds(),
                Generator.BATCH_SIZE, Generator.Listener.NONE);
        List<String> result = new ArrayList<>();
        for (int i = 0; i < drawn.size(); i++) {
            result.add(tokenizer.decodeContinuation(prompts.get(i), drawn.get(i)));
        }
        return result;
    }

    @Override
    public void close() {
        tokenizer.close();
        policy.close();
        manager.close();
    }
}
