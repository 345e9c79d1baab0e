package preflab.engine.model;

import java.util.List;

/**
 * How a family of decoders computes, beyond its sizes.
 *
 * @param sequential
 *            whether the feed-forward reads what attention has added; else both read the same and are added together
 * @param embeddingScale
 *            embeddings are multiplied by it
 * @param logitCap
 *            logits become cap · tanh(logit / cap); 0: as they are
 */
record Architecture(Layout layout, Norm norm, FeedForward feedForward, Attention attention, boolean sequential,
        Biases biases, double embeddingScale, double logitCap) {

    /** What is done to hidden states before they are read. */
    enum Norm {
        RMS,
        /** RMS whose weights are kept less 1. */
        RMS_PLUS_ONE,
        /** Less the mean, over the deviation, with weight and bias. */
        LAYER
    }

    /** down(act(gate) · up), or down(act(up)) without a gate. */
    record FeedForward(Activation activation, boolean gated) {
    }

    /** GELU is x·Φ(x), exactly or by its tanh approximation. */
    enum Activation {
        SILU, GELU, GELU_TANH
    }

    /** Which products have a bias. */
    record Biases(boolean queryKeyValue, boolean output, boolean feedForward, boolean head) {
        static final Biases NONE = new Biases(false, false, false, false);
        static final Biases ALL_BUT_HEAD = new Biases(true, true, true, false);
    }

    /**
     * Which past tokens are attended to, and how.
     *
     * @param queryKeyNorm
     *            whether queries and keys are normed per head
     * @param scale
     *            of the scores; 0 stands for 1/√d
     * @param cap
     *            scores become cap · tanh(score / cap); 0: as they are
     * @param window
     *            tokens that a windowed layer sees, itself included; 0: all
     * @param windowed
     *            by layer; empty: none
     * @param rope
     *            of all layers, but those
     * @param localRope
     *            of windowed layers
     * @param unturned
     *            layers without rotary positions
     */
    record Attention(boolean queryKeyNorm, double scale, double cap, int window, List<Boolean> windowed, Rope rope,
            Rope localRope, List<Integer> unturned) {

        Attention {
            windowed = List.copyOf(windowed);
            unturned = List.copyOf(unturned);
        }

        static Attention of(Rope rope) {
            return new Attention(false, 0, 0, 0, List.of(), rope, rope, List.of());
        }

        /** Tokens that this layer sees; none for all. */
        int window(int layer) {
            return window > 0 && !windowed.isEmpty() && windowed.get(layer) ? window : Integer.MAX_VALUE;
        }

        Rope rope(int layer) {
            return window(layer) == Integer.MAX_VALUE ? rope : localRope;
        }

        boolean turns(int layer) {
            return rope.width() > 0 && !unturned.contains(layer);
        }
    }

    /** Llama's own. */
    static Architecture llama(Rope rope) {
        return new Architecture(Layout.LLAMA, Norm.RMS, new FeedForward(Activation.SILU, true), Attention.of(rope),
                true, Biases.NONE, 1, 0);
    }

    /** Whether it is Llama's but for the rotary frequencies. */
    boolean isLlama() {
        Rope rope = attention.rope();
        return rope.width() > 0 && equals(llama(rope));
    }

    Architecture with(Biases other) {
        return new Architecture(layout, norm, feedForward, attention, sequential, other, embeddingScale, logitCap);
    }

    Architecture with(Attention other) {
        return new Architecture(layout, norm, feedForward, other, sequential, biases, embeddingScale, logitCap);
    }
}
