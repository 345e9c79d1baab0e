package preflab.engine.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;

/**
 * The kernels once more, slowly, by DJL's own operations and the textbook's formulas: what the tests and the self-test
 * compare {@link Kernels} with. Types and shapes as there; differentiable likewise.
 */
public final class Oracles {

    private Oracles() {
    }

    static NDArray linear(NDArray x, NDArray w) {
        return x.matMul(w.transpose());
    }

    /** softmax(q kᵀ / √d + bias) v. */
    private static NDArray attention(NDArray q, NDArray k, NDArray v, NDArray bias) {
        double scale = 1 / Math.sqrt((double) q.getShape().get(3));
        return q.matMul(k.swapAxes(2, 3)).mul(scale).add(bias).softmax(-1).matMul(v);
    }

    static NDArray causalAttention(NDArray q, NDArray k, NDArray v) {
        int t = (int) q.getShape().get(2);
        NDManager manager = q.getManager();
        NDArray future = manager.arange(t).reshape(t, 1).lt(manager.arange(t).reshape(1, t));
        return attention(q, k, v, future.toType(q.getDataType(), false).mul(-1e30));
    }

    static NDArray maskedAttention(NDArray q, NDArray k, NDArray v, NDArray mask) {
        return attention(q, k, v, mask.logicalNot().toType(q.getDataType(), false).mul(-1e30));
    }

    static NDArray rmsNorm(NDArray x, NDArray w, double eps) {
        return x.div(x.square().mean(new int[]{-1}, true).add(eps).sqrt()).mul(w);
    }

    static NDArray silu(NDArray x) {
        return x.div(x.neg().exp().add(1));
    }

    static NDArray swiGlu(NDArray gate, NDArray up) {
        return silu(gate).mul(up);
    }

    static NDArray rope(NDArray x, NDArray cos, NDArray sin) {
        long half = x.getShape().get(3) / 2;
        NDArray first = x.get("..., :" + half);
        NDArray second = x.get("..., " + half + ":");
        return x.mul(cos).add(second.neg().concat(first, -1).mul(sin));
    }

    static NDArray repeatHeads(NDArray x, int times) {
        return x.repeat(1, times);
    }

    static NDArray embedding(NDArray ids, NDArray table) {
        long classes = table.getShape().get(0);
        return ids.oneHot(Math.toIntExact(classes)).toType(table.getDataType(), false).matMul(table);
    }

    static NDArray logSumExp(NDArray x) {
        NDArray top = x.max(new int[]{-1}, true).stopGradient();
        return x.sub(top).exp().sum(new int[]{-1}).log().add(top.squeeze(-1));
    }

    static NDArray tokenLogProbs(NDArray logits, NDArray targets) {
        return logits.gather(targets.expandDims(1), 1).squeeze(1).sub(logSumExp(logits));
    }

    static NDArray vocabularyKl(NDArray pLogits, NDArray qLogits) {
        NDArray p = pLogits.sub(logSumExp(pLogits).expandDims(-1));
        NDArray q = qLogits.sub(logSumExp(qLogits).expandDims(-1));
        return p.exp().mul(p.sub(q)).sum(new int[]{-1});
    }

    /** min(x, 0) − log(1 + e^−|x|). */
    static NDArray logSigmoid(NDArray x) {
        return x.minimum(0).sub(x.abs().neg().exp().add(1).log());
    }

    static double gradientNorm(NDList gradients) {
        return Math.sqrt(gradients.stream()
                .mapToDouble(g -> g.toType(DataType.FLOAT64, false).square().sum().toDoubleArray()[0]).sum());
    }

    /**
     * One AdamW step on plain numbers: θ ← θ − η λ θ − η m̂ / (√v̂ + ε), with m̂ = m / (1 − β₁ᵗ), v̂ = v / (1 − β₂ᵗ).
     *
     * @param moments
     *            m and v, changed in place
     * @param step
     *            t, from 1
     */
    static double[] adamW(double[] parameters, double[] gradients, double[][] moments, int step, Kernels.AdamW settings,
            double learningRate) {
        double[] next = new double[parameters.length];
        for (int i = 0; i < next.length; i++) {
            double g = gradients[i];
            moments[0][i] = settings.beta1() * moments[0][i] + (1 - settings.beta1()) * g;
            moments[1][i] = settings.beta2() * moments[1][i] + (1 - settings.beta2()) * g * g;
            double m = moments[0][i] / (1 - Math.pow(settings.beta1(), step));
            double v = moments[1][i] / (1 - Math.pow(settings.beta2(), step));
            next[i] = parameters[i] * (1 - learningRate * settings.weightDecay())
                    - learningRate * m / (Math.sqrt(v) + settings.epsilon());
        }
        return next;
    }
}
