package preflab.engine.bandit;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import preflab.engine.objective.Group;

/**
 * Every pair of responses, uniformly, labelled by Bradley–Terry on a true distribution: a pair is two rows, one for
 * either label. Objectives on pairs alone and TYPO, which also takes the reference's responses, learn from it.
 */
public final class PairPopulation {

    /** A method of the comparison and the name of its strength in the catalogue. */
    public enum Method {
        DPO("dpo", "dpo", "beta", ""), IPO("ipo", "ipo", "beta", ""), FDPO_JS("fdpo_js", "fdpo", "beta",
                "js"), TYPO("typo", "typo", "lambda", "");

        private final String id;
        private final String objective;
        private final String strength;
        private final String divergence;

        Method(String id, String objective, String strength, String divergence) {
            this.id = id;
            this.objective = objective;
            this.strength = strength;
            this.divergence = divergence;
        }

        public String id() {
            return id;
        }

        private Map<String, String> hyper(double lambda) {
            String value = Double.toString(lambda);
            return divergence.isEmpty()
                    ? Map.of(strength, value)
                    : Map.of(strength, value, "divergence", divergence);
        }
    }

    private final double[] truth; // π*
    private final double[] reference; // π_ref

    public PairPopulation(double[] truth, double[] reference) {
        this.truth = truth.clone();
        this.reference = reference.clone();
    }

    /** The expected loss of a method at strength λ (β of DPO and f-DPO, τ of IPO). */
    public TabularLoss loss(Method method, double lambda) {
        Map<Group, List<Sequence>> rows = new EnumMap<>(Group.class);
        Map<Group, double[]> weights = new EnumMap<>(Group.class);
        addPairs(rows, weights);
        if (method == Method.TYPO) {
            rows.put(Group.REFERENCE_SAMPLES, TabularData.responses(0, reference.length));
            weights.put(Group.REFERENCE_SAMPLES, reference);
        }
        return TabularLoss.of(method.objective, method.hyper(lambda), TabularData.of(rows),
                TabularData.Weights.fixed(weights), Tables.log(reference));
    }

    private void addPairs(Map<Group, List<Sequence>> rows, Map<Group, double[]> weights) {
        List<Sequence> chosen = new ArrayList<>();
        List<Sequence> rejected = new ArrayList<>();
        List<Double> share = new ArrayList<>();
        int n = truth.length;
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                if (i != j) {
                    chosen.add(Sequence.of(0, i));
                    rejected.add(Sequence.of(0, j));
                    share.add(Tables.preference(truth, i, j) / (n * (n - 1) / 2.0));
                }
            }
        }
        rows.put(Group.CHOSEN, chosen);
        rows.put(Group.REJECTED, rejected);
        double[] each = share.stream().mapToDouble(Double::doubleValue).toArray();
        weights.put(Group.CHOSEN, each);
        weights.put(Group.REJECTED, each);
    }

    /** A policy that starts at the reference. */
    public TabularPolicy start() {
        return SoftmaxTables.of(Tables.log(reference));
    }

    /** The minimiser of the expected loss, by Newton from the reference; log-probabilities. */
    public double[] minimiser(Method method, double lambda) {
        try (TabularLoss loss = loss(method, lambda)) {
            TabularPolicy start = start();
            double[] theta = Newton.solve(x -> loss.gradient(start.at(x)), start.parameters());
            return start.at(theta).logProbs()[0];
        }
    }

    /** The largest entry of the gradient at a distribution given by probabilities; empty where one of them is 0. */
    public Optional<Double> gradientAt(Method method, double lambda, double[] probabilities) {
        for (double p : probabilities) {
            if (p == 0) {
                return Optional.empty();
            }
        }
        try (TabularLoss loss = loss(method, lambda)) {
            return Optional.of(Tables.largest(loss.gradient(SoftmaxTables.of(Tables.log(probabilities)))));
        }
    }
}
