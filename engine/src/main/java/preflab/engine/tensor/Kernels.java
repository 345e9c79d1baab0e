package preflab.engine.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * The fused operations that models, losses and the optimizer stand on. Each is one call into libtorch; each has a
 * plain-NDArray oracle in the tests. Results belong to the manager of the first argument and are registered with the
 * innermost {@code NDScope}. Thread-safe; compiled once per process.
 */
public final class Kernels {

    private static final String SOURCE = """
            def linear(self: __torch__.K, x: Tensor, w: Tensor) -> Tensor:
              return torch.linear(x, w)
            def linear_bf16(self: __torch__.K, x: Tensor, w: Tensor) -> Tensor:
              return torch.to(torch.linear(torch.to(x, 15), torch.to(w, 15)), 6)
            def attention(self: __torch__.K, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
              return torch.scaled_dot_product_attention(q, k, v, None, 0., True)
            def attention_bf16(self: __torch__.K, q: Tensor, k: Tensor, v: Tensor) -> Tensor:
              return torch.to(torch.scaled_dot_product_attention(torch.to(q, 15), torch.to(k, 15), torch.to(v, 15), None, 0., True), 6)
            def attention_masked(self: __torch__.K, q: Tensor, k: Tensor, v: Tensor, mask: Tensor) -> Tensor:
              return torch.scaled_dot_product_attention(q, k, v, mask, 0., False)
            def embedding(self: __torch__.K, ids: Tensor, table: Tensor) -> Tensor:
              return torch.embedding(table, ids)
            def narrow(self: __torch__.K, x: Tensor, axis: int, start: int, length: int) -> Tensor:
              return torch.narrow(x, axis, start, length)
            def repeat_heads(self: __torch__.K, x: Tensor, times: int) -> Tensor:
              n, h, t, d, = torch.size(x)
              return torch.reshape(torch.expand(torch.unsqueeze(x, 2), [n, h, times, t, d]), [n, torch.mul(h, times), t, d])
            def decoder_layer(self: __torch__.K, x: Tensor, w: List[Tensor], keys: Tensor, values: Tensor, cos: Tensor, sin: Tensor, mask: Tensor, masked: bool, slot: int, heads: int, groups: int, eps: float) -> Tensor:
              n, width, = torch.size(x)
              h = torch.rms_norm(x, [width], w[0], eps)
              c = torch.unsqueeze(cos, 1)
              s = torch.unsqueeze(sin, 1)
              q = torch.reshape(torch.linear(h, w[1]), [n, heads, -1])
              k = torch.reshape(torch.linear(h, w[2]), [n, groups, -1])
              qa, qb, = torch.chunk(q, 2, -1)
              ka, kb, = torch.chunk(k, 2, -1)
              q = torch.addcmul(torch.mul(q, c), torch.cat([torch.neg(qb), qa], -1), s)
              k = torch.addcmul(torch.mul(k, c), torch.cat([torch.neg(kb), ka], -1), s)
              v = torch.reshape(torch.linear(h, w[3]), [n, groups, -1])
              _0 = torch.copy_(torch.select(keys, 2, slot), k)
              _1 = torch.copy_(torch.select(values, 2, slot), v)
              length = torch.add(slot, 1)
              past_k = torch.narrow(keys, 2, 0, length)
              past_v = torch.narrow(values, 2, 0, length)
              q = torch.reshape(q, [n, groups, torch.floordiv(heads, groups), -1])
              if masked:
                o = torch.scaled_dot_product_attention(q, past_k, past_v, torch.narrow(mask, 3, 0, length), 0., False)
              else:
                o = torch.scaled_dot_product_attention(q, past_k, past_v, None, 0., False)
              y = torch.add(x, torch.linear(torch.reshape(o, [n, -1]), w[4]))
              h = torch.rms_norm(y, [width], w[5], eps)
              f = torch.mul(torch.silu(torch.linear(h, w[6])), torch.linear(h, w[7]))
              return torch.add(y, torch.linear(f, w[8]))
            def copy_into(self: __torch__.K, to: Tensor, x: Tensor) -> Tensor:
              return torch.copy_(to, x)
            def select_rows(self: __torch__.K, x: Tensor, rows: Tensor) -> Tensor:
              return torch.index_select(x, 0, rows)
            def sample(self: __torch__.K, logits: Tensor, u: Tensor, temperature: float, top_k: int, top_p: float) -> Tensor:
              scaled = torch.div(torch.to(logits, 7), temperature)
              if torch.__or__(torch.gt(top_k, 0), torch.lt(top_p, 1.)):
                ranked, order, = torch.sort(scaled, stable=True, dim=-1, descending=True)
                p = torch.softmax(ranked, -1)
                if torch.gt(top_k, 0):
                  p = torch.narrow(p, 1, 0, ops.prim.min(top_k, torch.size(p, 1)))
                  p = torch.div(p, torch.sum(p, [-1], True))
                below = torch.sub(torch.cumsum(p, -1), p)
                p = torch.where(torch.lt(below, top_p), p, torch.zeros_like(p))
              else:
                p = torch.softmax(scaled, -1)
                order = torch.to(scaled, 4)
              total = torch.cumsum(p, -1)
              last = torch.sub(torch.size(p, 1), 1)
              target = torch.mul(torch.unsqueeze(u, 1), torch.narrow(total, 1, last, 1))
              index = torch.clamp(torch.sum(torch.le(total, target), [-1], True), None, last)
              if torch.__or__(torch.gt(top_k, 0), torch.lt(top_p, 1.)):
                index = torch.gather(order, 1, index)
              else:
                pass
              return torch.squeeze(index, 1)
            def rms_norm(self: __torch__.K, x: Tensor, w: Tensor, eps: float) -> Tensor:
              return torch.rms_norm(x, [torch.size(x, -1)], w, eps)
            def swiglu(self: __torch__.K, gate: Tensor, up: Tensor) -> Tensor:
              return torch.mul(torch.silu(gate), up)
            def silu(self: __torch__.K, x: Tensor) -> Tensor:
              return torch.silu(x)
            def rope(self: __torch__.K, x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
              a, b, = torch.chunk(x, 2, -1)
              return torch.addcmul(torch.mul(x, cos), torch.cat([torch.neg(b), a], -1), sin)
            def token_log_probs(self: __torch__.K, logits: Tensor, targets: Tensor) -> Tensor:
              return torch.neg(torch.cross_entropy_loss(logits, targets, None, 0, -100, 0.))
            def vocabulary_kl(self: __torch__.K, p_logits: Tensor, q_logits: Tensor) -> Tensor:
              p = torch.log_softmax(p_logits, -1)
              q = torch.log_softmax(q_logits, -1)
              w = torch.exp(p)
              d = torch.where(torch.gt(w, 0), torch.sub(p, q), torch.zeros_like(p))
              return torch.sum(torch.mul(w, d), [-1])
            def log_sigmoid(self: __torch__.K, x: Tensor) -> Tensor:
              return torch.log_sigmoid(x)
            def sigmoid(self: __torch__.K, x: Tensor) -> Tensor:
              return torch.sigmoid(x)
            def expm1(self: __torch__.K, x: Tensor) -> Tensor:
              return torch.expm1(x)
            def log_sum_exp(self: __torch__.K, x: Tensor) -> Tensor:
              return torch.logsumexp(x, [-1], False)
            def select(self: __torch__.K, condition: Tensor, a: Tensor, b: Tensor) -> Tensor:
              return torch.where(condition, a, b)
            def concat(self: __torch__.K, xs: List[Tensor]) -> Tensor:
              return torch.cat(xs, 0)
            def index_select(self: __torch__.K, x: Tensor, index: Tensor) -> Tensor:
              return torch.index_select(x, 0, index)
            def cast(self: __torch__.K, x: Tensor, dtype: int) -> Tensor:
              return torch.to(x, dtype)
            def reinterpret(self: __torch__.K, x: Tensor, dtype: int) -> Tensor:
              return torch.view_copy(x, dtype=dtype)
            def grad_norm(self: __torch__.K, grads: List[Tensor]) -> Tensor:
              return torch.linalg_vector_norm(torch.stack(torch._foreach_norm(grads, 2), 0), 2)
            def scale(self: __torch__.K, xs: List[Tensor], factor: float) -> Tensor:
              torch._foreach_mul_(xs, factor)
              return xs[0]
            def adamw(self: __torch__.K, p: List[Tensor], g: List[Tensor], m: List[Tensor], v: List[Tensor], steps: List[Tensor], lr: float, beta1: float, beta2: float, weight_decay: float, eps: float) -> Tensor:
              none = annotate(List[Tensor], [])
              torch._foreach_add_(steps, 1)
              torch._fused_adamw_(p, g, m, v, none, steps, lr=lr, beta1=beta1, beta2=beta2, weight_decay=weight_decay, eps=eps, amsgrad=False, maximize=False)
              return steps[0]
            """;

    private static final class Holder {
        // lives as long as the process: the module holds code, no tensors
        static final TorchScript SCRIPT = new TorchScript(Torch.newManager(), SOURCE);
    }

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

    /** Causal attention; q, k, v [B, heads, T, d], all with the same number of heads; scaled by 1/√d. */
    public static NDArray causalAttention(NDArray q, NDArray k, NDArray v) {
        return call("attention", q, k, v);
    }

    /** As {@link #causalAttention}, in bfloat16; takes and gives float32. */
    public static NDArray causalAttentionBf16(NDArray q, NDArray k, NDArray v) {
        return call("attention_bf16", q, k, v);
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

    /** x / rms(x) · w over the last axis. */
    public static NDArray rmsNorm(NDArray x, NDArray w, double eps) {
        return call("rms_norm", x, w, eps);
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

    /** One array after another along the first axis, recorded on the graph (DJL's own concatenation is not). */
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
