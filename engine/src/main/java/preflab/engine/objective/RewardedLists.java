package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import preflab.engine.tensor.Kernels;

/** What the two list-wise NCA losses share: soft targets from given rewards, and diagnostics. */
final class RewardedLists {

    private final CandidateLists lists;
    private final NDArray implicitRewards; // [N,K], 0 where a list is shorter

    /** β h of every candidate. */
    RewardedLists(Scores.Candidates scores, double beta) {
        this.lists = scores.lists();
        this.implicitRewards = lists.lists(Kernels.times(scores.candidates().logRatio(), beta), 0);
    }

    NDArray implicitRewards() {
        return implicitRewards;
    }

    /** The implicit rewards with −∞ where a list is shorter. */
    NDArray logits() {
        NDArray minusInfinity = Kernels.times(implicitRewards.onesLike(), Double.NEGATIVE_INFINITY);
        return Kernels.select(lists.present(implicitRewards.getManager()), implicitRewards, minusInfinity);
    }

    /** softmax(reward/α) over each list, [N,K], 0 where it is shorter. */
    NDArray targets(double alpha) {
        return padded(rewards().stream().map(list -> CandidateSampler.weights(list, 1 / alpha)).toList());
    }

    /** 1/K_i on each list, 0 where it is shorter. */
    NDArray uniform() {
        return padded(lists.counts().stream().map(RewardedLists::uniform).toList());
    }

    private static double[] uniform(int count) {
        double[] equal = new double[count];
        Arrays.fill(equal, 1.0 / count);
        return equal;
    }

    private NDArray padded(List<double[]> values) {
        return lists.padded(values, implicitRewards.getManager(), implicitRewards.getDataType());
    }

    private List<double[]> rewards() {
        return lists.optionalRewards()
                .orElseThrow(() -> new IllegalStateException("no rewards of the candidates were provided"));
    }

    /** The mean over lists, with the implicit reward of the best and the worst candidate as chosen and rejected. */
    LossTerms over(NDArray perList) {
        NDArray best = at(list -> CandidateSampler.highest(list, 1)[0]);
        NDArray worst = at(list -> CandidateSampler.lowest(list, 1)[0]);
        Map<String, NDArray> diagnostics = Diagnostics.none().matched(best, worst).build();
        return LossTerms.of(lists.mean(perList), diagnostics);
    }

    /** The implicit reward of one candidate per list, [N]. */
    private NDArray at(ToIntFunction<double[]> choice) {
        List<double[]> oneHot = rewards().stream().map(list -> {
            double[] hot = new double[list.length];
            hot[choice.applyAsInt(list)] = 1;
            return hot;
        }).toList();
        return implicitRewards.mul(padded(oneHot)).sum(new int[]{1});
    }
}
