package preflab.engine.model;

import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import preflab.engine.batch.ModelException;

/**
 * How a policy is adapted by matrices of low rank (LoRA, Hu et al. 2021): W x becomes W x + (α/r) B A x with W frozen.
 *
 * @param rank
 *            r, columns of B and rows of A
 * @param alpha
 *            α
 * @param dropout
 *            share of A's inputs that are left out while training, in [0, 1)
 * @param targets
 *            what is adapted: {@link #ALL}, or last names of matrices, such as {@code q_proj}, separated by commas
 */
public record LoraSettings(int rank, double alpha, double dropout, String targets) {

    /** Every matrix of every layer; embeddings and head stay as they are. PEFT's name for it. */
    public static final String ALL = "all-linear";

    /** The rank and α of the five founding papers' experiments. */
    public static final int PRESET_RANK = 64;
    public static final double PRESET_ALPHA = 16;

    public LoraSettings {
        if (rank < 1) {
            throw new ModelException("the rank of an adapter must be at least 1, not " + rank);
        }
    }

    /** The names of the adapted matrices, without {@code .weight}, in file order. */
    List<String> modules(ModelConfig config) {
        Map<String, Shape> shapes = config.parameterShapes();
        String layers = config.architecture().layout().layer();
        List<String> all = shapes.keySet().stream()
                .filter(name -> name.startsWith(layers) && shapes.get(name).dimension() == 2)
                .map(name -> name.substring(0, name.length() - ".weight".length())).toList();
        if (targets.strip().equals(ALL)) {
            return all;
        }
        Set<String> wanted = Arrays.stream(targets.split(",", -1)).map(String::strip)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Set<String> known = all.stream().map(LoraSettings::lastName)
                .collect(Collectors.toCollection(LinkedHashSet::new));
        wanted.stream().filter(name -> !known.contains(name)).findFirst().ifPresent(name -> {
            throw new ModelException("lora.target_modules: a " + config.modelType() + " model has no \"" + name
                    + "\"; it has " + String.join(", ", known) + ", or " + ALL + " for all of them");
        });
        return all.stream().filter(name -> wanted.contains(lastName(name))).toList();
    }

    static String lastName(String module) {
        return module.substring(module.lastIndexOf('.') + 1);
    }
}
