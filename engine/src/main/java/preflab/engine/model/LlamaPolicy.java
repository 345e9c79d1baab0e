package preflab.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.Map;

/** A Llama-style decoder: RMSNorm, rotary positions, grouped queries, SwiGLU. */
@SuppressWarnings("DoNotCallSuggester") // announced; the bodies follow
public final class LlamaPolicy implements Policy {

    private LlamaPolicy() {
    }

    /** Reads a Hugging Face folder. Parameters are not trainable yet. */
    public static LlamaPolicy load(Path hfFolder, NDManager manager, Precision precision) {
        throw new UnsupportedOperationException("" + hfFolder + manager + precision);
    }

    /** Normal(0, 0.02) weights from the seed, in float32. */
    public static LlamaPolicy random(ModelConfig config, long seed, NDManager manager) {
        return random(config, seed, manager, Precision.FLOAT32);
    }

    /** Normal(0, 0.02) weights from the seed. */
    public static LlamaPolicy random(ModelConfig config, long seed, NDManager manager, Precision precision) {
        throw new UnsupportedOperationException("" + config + seed + manager + precision);
    }

    @Override
    public ModelConfig config() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, NDArray> parameters() {
        throw new UnsupportedOperationException();
    }

    @Override
    public NDArray hidden(NDArray ids) {
        throw new UnsupportedOperationException();
    }

    @Override
    public NDArray logits(NDArray hidden) {
        throw new UnsupportedOperationException();
    }

    /** Writes the weights in Hugging Face's layout. */
    public void save(Path folder, Path tokenizer) {
        HfFolder.save(folder, config(), parameters(), tokenizer);
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
