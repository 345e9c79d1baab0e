package preflab.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.Map;

/**
 * A model in Hugging Face's layout: {@code config.json}, {@code model.safetensors}, {@code tokenizer.json} and, where
 * there is one, {@code generation_config.json}. Opening it reads no weights.
 */
@SuppressWarnings("DoNotCallSuggester") // announced; the bodies follow
public final class HfFolder {

    private HfFolder() {
    }

    /** Checks that the folder holds a model of a known kind. */
    public static HfFolder open(Path folder) {
        throw new UnsupportedOperationException("HfFolder.open " + folder);
    }

    public Path folder() {
        throw new UnsupportedOperationException();
    }

    public ModelConfig config() {
        throw new UnsupportedOperationException();
    }

    /** The weights as float32 or float64, owned by the manager. */
    public Map<String, NDArray> readWeights(NDManager manager, Precision precision) {
        throw new UnsupportedOperationException("" + manager + precision);
    }

    /**
     * Writes a model folder: aside first, then renamed, so that a crash leaves either the old folder or the new one.
     *
     * @param tokenizer
     *            a folder or a {@code tokenizer.json}, whose tokenizer files are copied
     */
    public static void save(Path folder, ModelConfig config, Map<String, NDArray> weights, Path tokenizer) {
        throw new UnsupportedOperationException("" + folder + config + weights + tokenizer);
    }

    /** SHA-256 of {@code model.safetensors} in hexadecimal. */
    public static String sha256(Path folder) {
        throw new UnsupportedOperationException("" + folder);
    }
}
