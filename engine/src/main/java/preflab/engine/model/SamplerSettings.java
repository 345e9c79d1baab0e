package preflab.engine.model;

import preflab.engine.batch.ModelException;

/**
 * How the next token is drawn.
 *
 * @param temperature
 *            logits are divided by it; 0 is greedy
 * @param topK
 *            only the k most likely tokens; 0 is off
 * @param topP
 *            only the smallest set of likeliest tokens with at least this probability; 1 is off
 * @param maxNewTokens
 *            at least 1
 * @param repetitionPenalty
 *            positive logits of tokens that stand in the prompt or the answer so far are divided by it, negative ones
 *            multiplied; 1 is off
 * @param seed
 *            with the prompt's index and the position it decides each draw
 */
public record SamplerSettings(double temperature, int topK, double topP, double repetitionPenalty, int maxNewTokens,
        long seed) {
    public SamplerSettings {
        require(temperature == 0 || (temperature >= 1e-3 && temperature <= 1e3),
                "temperature must be 0 (greedy) or lie in [0.001, 1000], not " + temperature);
        require(topK >= 0, "top-k must be 0 (off) or more, not " + topK);
        require(topP > 0 && topP <= 1, "top-p must lie in (0, 1], not " + topP);
        require(repetitionPenalty >= 0.1 && repetitionPenalty <= 10,
                "the repetition penalty must lie in [0.1, 10], not " + repetitionPenalty);
        require(maxNewTokens >= 1, "max-tokens must be at least 1, not " + maxNewTokens);
    }

    private static void require(boolean holds, String otherwise) {
        if (!holds) {
            throw new ModelException(otherwise);
        }
    }

    /** How texts are drawn, for people; equal words for settings that draw the same. */
    public String words() {
        if (temperature == 0) {
            return "greedy, up to " + maxNewTokens + " tokens" + penalty();
        }
        return "temperature " + temperature + (topK > 0 ? ", top-k " + topK : "") + (topP < 1 ? ", top-p " + topP : "")
                + ", up to " + maxNewTokens + " tokens, seed " + seed + penalty();
    }

    private String penalty() {
        return repetitionPenalty == 1 ? "" : ", repetition penalty " + repetitionPenalty;
    }

    /** Without a repetition penalty. */
    public SamplerSettings(double temperature, int topK, double topP, int maxNewTokens, long seed) {
        this(temperature, topK, topP, 1, maxNewTokens, seed);
    }

    /** How the TYPO paper draws the reference's completions: not quite from its own distribution. */
    public static SamplerSettings ofReference(int maxNewTokens, long seed) {
        return new SamplerSettings(1, 60, 0.8, 1.1, maxNewTokens, seed);
    }

    /** The likeliest token each time. */
    public static SamplerSettings greedy(int maxNewTokens) {
        return new SamplerSettings(0, 0, 1, maxNewTokens, 0);
    }

    /** From the model's own distribution, sharpened or flattened by the temperature. */
    public static SamplerSettings sampled(double temperature, int maxNewTokens, long seed) {
        return new SamplerSettings(temperature, 0, 1, maxNewTokens, seed);
    }
}
