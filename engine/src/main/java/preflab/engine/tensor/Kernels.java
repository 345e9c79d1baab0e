package preflab.engine.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/**
 * The fused operations that models, losses and the optimizer stand on. Each is one call into libtorch; each has a
 * plain-NDArray oracle in the tests. Results belong to the manager of the first argument and are registered with the
 * innermost {@code NDScope}. Thread-safe; compiled once per process.
 */
public final class Kernels {

    private static final class Holder {
        // lives as long as the process: the module holds code, no tensors
        static final TorchScript SCRIPT = new TorchScript(Torch.newManager(), source());
    }

    /** One TorchScript method per kernel, beside this class; {@code torch.X} in it means {@code aten::X}. */
    private static String source() {
        try (InputStream in = Objects.requireNonNull(Kernels.class.getResourceAsStream("kernels.torchscript"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Queries that {@link #causalAttentionBlocksBf16} takes at once. */
    public static final int ATTENTION_BLOCK = 128;

    private Kernels() {
    }

    private static NDArray call(String method, NDArray first, Object... rest) {
        return call(first.getManager(), method, first, rest);
    }

    private static NDArray call(NDManager manager, String method, Object first, Object... rest) {
        Object[] arguments = new Object[rest.length + 1];
        arguments[0] = first;
        System.arraycopy(rest, 0, arguments, 1, rest.length);
        return Holder.SCRIPT.call(manager, method, arguments);
    }

    /** y = x wᵀ; x [..., in], w [out, in]. */
    public static NDArray linear(NDArray x, NDArray w) {
        return JniUtils.linear((PtNDArray) x, (PtNDArray) w, null);
    }

    /** As {@link #linear}, multiplied in bfloat16; takes and gives float32. */
    public static NDArray linearBf16(NDArray x, NDArray w) {
        return call("linear_bf16", x, w);
    }

    /** y + scale · b a x: what a low-rank adapter adds; y [..., out], x [..., in], a [r, in], b [out, r]. */
    public static NDArray lowRank(NDArray y, NDArray x, NDArray a, NDArray b, double scale) {
        return call("low_rank", y, x, a, b, scale);
    }

    /** As {@link #lowRank}, multiplied in bfloat16; takes and gives float32. */
    public static NDArray lowRankBf16(NDArray y, NDArray x, NDArray a, NDArray b, double scale) {
        return call("low_rank_bf16", y, x, a, b, scale);
    }

    /** w + scale · b a, or its transpose, computed in float64 and rounded once. */
    public static NDArray merged(NDArray w, NDArray a, NDArray b, double scale, boolean transposed) {
        return call("merged", w, a, b, scale, transposed);
    }

    /** Zeros for a share p of the entries, drawn by libtorch's generator; the others times 1/(1 − p). */
    public static NDArray dropout(NDArray x, double p) {
        return call("dropout", x, p);
    }

    /** Causal attention; q, k, v [B, heads, T, d], all with the same number of heads; scaled by 1/√d. */
    public static NDArray causalAttention(NDArray q, NDArray k, NDArray v) {
        return call("attention", q, k, v);
    }

    /** As {@link #causalAttention}, in bfloat16; takes and gives float32. */
    public static NDArray causalAttentionBf16(NDArray q, NDArray k, NDArray v) {
        return call("attention_bf16", q, k, v);
    }

    /**
     * As {@link #causalAttentionBf16}, a block of queries at a time against the keys that they see: two to three times as
     * fast there and back on the CPU, and keeps the probabilities, N · H · T · (T + 128) / 2 of them in bfloat16.
     */
    public static NDArray causalAttentionBlocksBf16(NDArray q, NDArray k, NDArray v) {
        return call("attention_blocks_bf16", q, k, v, 1 / Math.sqrt((double) q.getShape().get(3)), ATTENTION_BLOCK);
    }

    /** Attention where {@code mask} (boolean, broadcastable to [B, heads, Tq, Tk]) is true. */
    public static NDArray maskedAttention(NDArray q, NDArray k, NDArray v, NDArray mask) {
        return call("attention_masked", q, k, v, mask);
    }

    /** Rows of a table: ids [...] int64, table [V, D]; gives [..., D]. */
    public static NDArray embedding(NDArray ids, NDArray table) {
        return call("embedding", ids, table);
    }

    /** The entries start … start + length − 1 along one axis, as a view. */
    public static NDArray narrow(NDArray x, int axis, long start, long length) {
        return call("narrow", x, axis, start, length);
    }

    /** Each head {@code times} times in a row: x [N, G, T, d] to [N, G · times, T, d]. */
    public static NDArray repeatHeads(NDArray x, int times) {
        return call("repeat_heads", x, times);
    }

    /**
     * Where a new token goes in a cache of keys and values.
     *
     * @param cos
     *            of the rotary angles of each row's position, [N, d]
     * @param mask
     *            added to the scores, [N, 1, 1, slots]: 0, or −∞ where a row has no token
     * @param masked
     *            whether the mask holds any −∞
     * @param index
     *            the slot to fill; those before it are attended to
     */
    public record Slot(NDArray cos, NDArray sin, NDArray mask, boolean masked, int index) {
    }

    /**
     * One decoder layer for one new token per row; without a graph. Writes its key and value into the slot.
     *
     * @param x
     *            [N, D]
     * @param weights
     *            attention norm, query, key, value, output, feed-forward norm, gate, up, down
     * @param keys
     *            [N, keyValueHeads, slots, d], changed in place
     */
    public static NDArray decoderLayer(NDArray x, NDList weights, NDArray keys, NDArray values, Slot slot, int heads,
            int keyValueHeads, double eps) {
        return call("decoder_layer", x, weights, keys, values, slot.cos(), slot.sin(), slot.mask(), slot.masked(),
                slot.index(), heads, keyValueHeads, eps);
    }

    /** Overwrites the first array, which may be a view, by the second. */
    public static void copyInto(NDArray to, NDArray from) {
        call("copy_into", to, from).close();
    }

    /** Rows of x [N, ...] by index [M] int64; gives [M, ...]. */
    public static NDArray selectRows(NDArray x, NDArray rows) {
        return call("select_rows", x, rows);
    }

    /**
     * One token per row by the inverse distribution function, in float64: softmax(logits / temperature), cut to the
     * {@code topK} likeliest (0: off), then to the smallest set of likeliest with probability {@code topP} (1: off).
     *
     * @param logits
     *            [N, V]
     * @param uniforms
     *            [N] float64 in [0, 1)
     * @return [N] int64
     */
    public static NDArray sample(NDArray logits, NDArray uniforms, double temperature, int topK, double topP) {
        return call("sample", logits, uniforms, temperature, topK, topP);
    }

    /** Logits [N, V] of the tokens ids [N, L] divided by the penalty where positive, multiplied where negative. */
    public static NDArray penalised(NDArray logits, NDArray ids, double penalty) {
        return call("penalised", logits, ids, penalty);
    }

    /** x / rms(x) · w over the last axis. */
    public static NDArray rmsNorm(NDArray x, NDArray w, double eps) {
        return call("rms_norm", x, w, eps);
    }

    /** x / rms(x) · (1 + w) over the last axis. */
    public static NDArray rmsNormPlusOne(NDArray x, NDArray w, double eps) {
        return call("rms_norm_plus_one", x, w, eps);
    }

    /** (x − mean) / √(variance + ε) · w + b over the last axis. */
    public static NDArray layerNorm(NDArray x, NDArray w, NDArray b, double eps) {
        return call("layer_norm", x, w, b, eps);
    }

    /** x · Φ(x). */
    public static NDArray gelu(NDArray x) {
        return call("gelu", x);
    }

    /** x/2 · (1 + tanh(√(2/π) (x + 0.044715 x³))). */
    public static NDArray geluTanh(NDArray x) {
        return call("gelu_tanh", x);
    }

    /** cap · tanh(x / cap). */
    public static NDArray softCap(NDArray x, double cap) {
        return call("soft_cap", x, cap);
    }

    /** The transpose of a matrix. */
    public static NDArray transposed(NDArray w) {
        return call("transposed", w);
    }

    /**
     * softmax(cap · tanh(scale · q kᵀ / cap), where the mask allows) v; q, k, v [B, heads, T, d], mask boolean. Every query
     * must be allowed some key.
     */
    public static NDArray cappedAttention(NDArray q, NDArray k, NDArray v, NDArray mask, double scale, double cap) {
        return call("attention_capped", q, k, v, mask, scale, cap);
    }

    /** As {@link #rope}, turning only as many of the last axis as cos and sin have. */
    public static NDArray ropePartial(NDArray x, NDArray cos, NDArray sin) {
        return call("rope_partial", x, cos, sin);
    }

    /** x · σ(x). */
    public static NDArray silu(NDArray x) {
        return call("silu", x);
    }

    /** silu(gate) · up. */
    public static NDArray swiGlu(NDArray gate, NDArray up) {
        return call("swiglu", gate, up);
    }

    /** Rotary position embedding in the rotate-half layout; x [B, heads, T, d], cos and sin [T, d] or [B, 1, T, d]. */
    public static NDArray rope(NDArray x, NDArray cos, NDArray sin) {
        return call("rope", x, cos, sin);
    }

    /** log softmax(logits)[target]; logits [N, V] float32 or float64, targets [N] int64; gives [N]. */
    public static NDArray tokenLogProbs(NDArray logits, NDArray targets) {
        return call("token_log_probs", logits, targets);
    }

    /**
     * KL(p‖q) over the vocabulary, exact: p and q given as logits [..., V]; gives [...]. Entries without probability
     * under p contribute 0, whatever q says, −∞ included.
     */
    public static NDArray vocabularyKl(NDArray pLogits, NDArray qLogits) {
        return call("vocabulary_kl", pLogits, qLogits);
    }

    /** −Σ p log p over the vocabulary, exact: logits [..., V] to [...]. */
    public static NDArray entropy(NDArray logits) {
        return call("entropy", logits);
    }

    /** log σ(x), finite for every finite x. */
    public static NDArray logSigmoid(NDArray x) {
        return call("log_sigmoid", x);
    }

    /** σ(x) = 1/(1 + exp(−x)); 1 − σ(x) is σ(−x). */
    public static NDArray sigmoid(NDArray x) {
        return call("sigmoid", x);
    }

    /** exp(x) − 1 without cancellation near 0. */
    public static NDArray expm1(NDArray x) {
        return call("expm1", x);
    }

    /** log(1 − exp(x)) for x &lt; 0, without cancellation near 0; keep 0 and NaN out, also where a select drops them. */
    public static NDArray log1mExp(NDArray x) {
        return expm1(x).neg().log();
    }

    /** log Σ exp over the last axis. */
    public static NDArray logSumExp(NDArray x) {
        return call("log_sum_exp", x);
    }

    /** a where the boolean condition holds, else b; no gradient and no NaN leaks from the side not taken. */
    public static NDArray select(NDArray condition, NDArray a, NDArray b) {
        return call("select", condition, a, b);
    }

    /**
     * x · factor.
     *
     * <p>
     * decision: DJL's own {@code mul}, {@code div}, {@code pow}, {@code maximum} and {@code minimum} with a Java number
     * wrap the number in memory that Java's collector frees while the graph still points at it; gradients then turn to
     * zeros or junk at random. What is differentiated meets numbers through these methods only.
     */
    public static NDArray times(NDArray x, double factor) {
        return call("times", x, factor);
    }

    /** x / divisor; see {@link #times}. */
    public static NDArray dividedBy(NDArray x, double divisor) {
        return call("divided_by", x, divisor);
    }

    /** x to the power of the exponent; see {@link #times}. */
    public static NDArray power(NDArray x, double exponent) {
        return call("power", x, exponent);
    }

    /** The larger of x and a bound; see {@link #times}. */
    public static NDArray atLeast(NDArray x, double bound) {
        return call("at_least", x, bound);
    }

    /** The smaller of x and a bound; see {@link #times}. */
    public static NDArray atMost(NDArray x, double bound) {
        return call("at_most", x, bound);
    }

    /** One array after another along the first axis, on the graph even for one alone (DJL copies that off the graph). */
    public static NDArray concat(NDList arrays) {
        return call(arrays.get(0).getManager(), "concat", arrays);
    }

    /** Rows of x [R, ...] by number, [K] int64; gives [K, ...]. Rows may repeat: their gradients add up. */
    public static NDArray indexSelect(NDArray x, NDArray rows) {
        return call("index_select", x, rows);
    }

    /** To float32, from whatever type (also from bfloat16, which DJL cannot name). */
    public static NDArray toFloat32(NDArray x) {
        return call("cast", x, TorchType.FLOAT32.code());
    }

    /** To another type, by libtorch's own name for it. */
    public static NDArray cast(NDArray x, TorchType type) {
        return call("cast", x, type.code());
    }

    /** The same bytes under another type; the last axis shrinks or grows with the width. */
    public static NDArray reinterpret(NDArray x, TorchType type) {
        return call("reinterpret", x, type.code());
    }

    /** The L2 norm over all entries of all arrays, as a scalar array. */
    public static NDArray gradientNorm(NDList gradients) {
        return call(gradients.get(0).getManager(), "grad_norm", gradients);
    }

    /** Multiplies every array in place. */
    public static void scaleInPlace(NDList arrays, double factor) {
        call(arrays.get(0).getManager(), "scale", arrays, factor).close();
    }

    /**
     * One AdamW step in place (Loshchilov and Hutter 2019; decoupled weight decay, bias-corrected moments).
     *
     * @param steps
     *            one float32 scalar per parameter: how many steps it has seen; increased here
     */
    public static void adamW(NDList parameters, NDList gradients, NDList firstMoments, NDList secondMoments,
            NDList steps,
            AdamW settings, double learningRate) {
        call(parameters.get(0).getManager(), "adamw", parameters, gradients, firstMoments, secondMoments, steps,
                learningRate,
                settings.beta1(), settings.beta2(), settings.weightDecay(), settings.epsilon()).close();
    }

    /** AdamW's constants; weight decay is decoupled from the gradient. */
    public record AdamW(double beta1, double beta2, double epsilon, double weightDecay) {
    }
}
