package preflab.engine.model;

import ai.djl.ndarray.NDManager;

/** Models small enough to be checked by hand or by differences. */
public final class TinyModels {

    private TinyModels() {
    }

    /** 2 layers, 4 heads in 2 groups, width 16. */
    public static ModelConfig config(boolean tied) {
        return new ModelConfig("llama", 23, 16, 24, 2, 4, 2, 4, 128, 1e-5, 10_000, tied, 1, 2);
    }

    /** 2 layers, 4 heads in 4 groups, width 128: as narrow as bfloat16 rounds anything. */
    static ModelConfig wide() {
        return new ModelConfig("llama", 23, 128, 128, 2, 4, 4, 32, 128, 1e-5, 10_000, false, 1, 2);
    }

    /** Weights large enough that its choices are clear. */
    public static TransformerPolicy lively(long seed, NDManager manager, Precision precision) {
        TransformerPolicy policy = TransformerPolicy.random(config(false), seed, manager, precision);
        policy.parameters().forEach((name, weight) -> {
            if (!name.contains("norm")) {
                weight.muli(12);
            }
        });
        return policy;
    }
}
