package preflab.engine.bandit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import preflab.engine.objective.CandidateLists;
import preflab.engine.objective.Group;
import preflab.engine.objective.PairNumber;

/**
 * The whole population as rows, group by group; how probable each row is, is said at every step by {@link Weights},
 * since some samplers follow the policy. All sequences of a group have the same length.
 *
 * @param lists
 *            how candidates fall into lists, where the objective is on lists
 * @param numbers
 *            [pairs], what comes with every pair besides its two responses
 */
public record TabularData(Map<Group, List<Sequence>> rows, CandidateLists lists, Map<PairNumber, double[]> numbers) {

    /** How probable the rows of each group are at this policy. */
    @FunctionalInterface
    public interface Weights {
        /**
         * The weights at a policy.
         *
         * @param logPolicy
         *            log π(action | node), [nodes][actions]
         * @return [rows] by group; a group's weights sum to 1
         */
        Map<Group, double[]> at(double[][] logPolicy);

        /** Weights that do not depend on the policy. */
        static Weights fixed(Map<Group, double[]> weights) {
            Map<Group, double[]> copy = new EnumMap<>(weights);
            return policy -> copy;
        }
    }

    public TabularData {
        rows = new EnumMap<>(rows);
        numbers = Map.copyOf(numbers);
    }

    public TabularData(Map<Group, List<Sequence>> rows, CandidateLists lists) {
        this(rows, lists, Map.of());
    }

    public static TabularData of(Map<Group, List<Sequence>> rows) {
        return new TabularData(rows, CandidateLists.NONE);
    }

    /** Every response of one token at a node, in order. */
    static List<Sequence> responses(int node, int count) {
        List<Sequence> all = new ArrayList<>();
        for (int action = 0; action < count; action++) {
            all.add(Sequence.of(node, action));
        }
        return all;
    }
}
