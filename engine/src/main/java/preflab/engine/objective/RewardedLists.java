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
        return rewards(lists);
    }

    private static List<double[]> rewards(CandidateLists lists) {
        return lists.optionalRewards()
                .orElseThrow(() -> new IllegalStateException("no rewards of the candidates were provided"));
    }

    /** The mean over lists, with the implicit reward of the best and the worst candidate as chosen and rejected. */
    LossTerms over(NDArray perList) {
        NDArray best = at(lists, implicitRewards, RewardedLists::best);
        NDArray worst = at(lists, implicitRewards, list -> CandidateSampler.lowest(list, 1)[0]);
        Map<String, NDArray> diagnostics = Diagnostics.none().matched(best, worst).build();
        return LossTerms.of(lists.mean(perList), diagnostics);
    }

    /** The value [M] of the candidate with the highest reward of each list, [N]. */
    static NDArray ofBest(CandidateLists lists, NDArray perCandidate) {
        return at(lists, lists.lists(perCandidate, 0), RewardedLists::best);
    }

    private static int best(double[] rewards) {
        return CandidateSampler.highest(rewards, 1)[0];
    }

    /** The value [N,K] of one candidate per list, [N]. */
    private static NDArray at(CandidateLists lists, NDArray values, ToIntFunction<double[]> choice) {
        List<double[]> oneHot = rewards(lists).stream().map(list -> {
            double[] hot = new double[list.length];
            hot[choice.applyAsInt(list)] = 1;
            return hot;
        }).toList();
        return values.mul(lists.padded(oneHot, values.getManager(), values.getDataType())).sum(new int[]{1});
    }
}
