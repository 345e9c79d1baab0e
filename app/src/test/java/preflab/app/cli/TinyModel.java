package preflab.app.cli;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import preflab.datasets.sample.CharTokenizer;
import preflab.engine.model.TransformerPolicy;
import preflab.engine.model.ModelConfig;
import preflab.engine.tensor.Torch;

/** A model folder of a few thousand random weights over characters. */
public final class TinyModel {

    private static final ModelConfig CONFIG = new ModelConfig("llama", CharTokenizer.vocabularySize(), 16, 32, 2, 2, 1,
            8, 64, 1e-5, 10_000, true, CharTokenizer.BOS, CharTokenizer.EOS);

    private TinyModel() {
    }

    /** Writes it into this folder, which is made. */
    public static Path in(Path folder) {
        try (NDManager manager = Torch.newManager();
                TransformerPolicy policy = TransformerPolicy.random(CONFIG, 3, manager)) {
            Path tokenizer = Files.createTempDirectory(folder.getParent(), "tokenizer").resolve("tokenizer.json");
            Files.writeString(tokenizer, CharTokenizer.json(), StandardCharsets.UTF_8);
            policy.save(folder, tokenizer);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
