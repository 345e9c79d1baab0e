package preflab.engine.bandit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import preflab.engine.objective.CandidateLists;
import preflab.engine.objective.Group;

/**
 * Proposition 3.3 of MC-PO by enumeration: with candidates from μ, the expected gradient of log Ẑ is that of log Z where
 * the preferred response comes from p_θ ∝ μ exp(β r), and is biased where it comes from elsewhere. MC-PO's loss is
 * log Ẑ − β h_0, so its own gradient plus β at the preferred response is the estimate.
 */
final class PartitionEstimate {

    private static final double TOLERANCE = 1e-9;
    private static final double SHARP = 5; // logit of the third response in the sharp target

    private PartitionEstimate() {
    }

    static List<BanditResult> check(JsonNode golden) {
        double beta = golden.path("beta").asDouble();
        double[] mu = Checks.numbers(golden.path("mu"));
        double[] r = Checks.numbers(golden.path("r"));
        double[] tilted = Tables.log(mu);
        for (int i = 0; i < tilted.length; i++) {
            tilted[i] += beta * r[i];
        }
        double[] policy = Tables.exp(Tables.logSoftmax(tilted));
        Map<String, double[]> preferred = Map.of("y0 from p_theta", policy, "y0 from mu", mu, "y0 from sharp target",
                Tables.exp(Tables.logSoftmax(new double[]{0, 0, SHARP, 0})));
        List<BanditResult> results = new ArrayList<>();
        golden.path("estimates").properties().forEach(one -> {
            Checks checks = new Checks("mcpo", "prop_3_3/" + one.getKey());
            double[] estimate = estimate(preferred.get(one.getKey()), mu, r, beta, golden.path("M").asInt());
            checks.near("estimate", estimate, one.getValue().path("estimate"), TOLERANCE);
            double bias = 0;
            for (int i = 0; i < estimate.length; i++) {
                bias = Math.max(bias, Math.abs(estimate[i] - beta * policy[i]));
            }
            checks.near("bias", bias, one.getValue().path("max_abs_bias").asDouble(), TOLERANCE);
            checks.claim("unbiased only from p_theta", one.getKey().endsWith("p_theta") == bias < TOLERANCE);
            results.add(checks.result());
        });
        return results;
    }

    /** E[∇ log Ẑ] by the log-probabilities, [K]. */
    private static double[] estimate(double[] preferred, double[] mu, double[] r, double beta, int count) {
        List<int[]> draws = draws(mu.length, count);
        List<Sequence> responses = TabularData.responses(0, mu.length);
        List<Sequence> chosen = new ArrayList<>();
        List<Sequence> candidates = new ArrayList<>();
        double[] weights = new double[draws.size() * mu.length];
        for (int y = 0; y < mu.length; y++) {
            for (int[] draw : draws) {
                weights[chosen.size()] = preferred[y];
                for (int i : draw) {
                    weights[chosen.size()] *= mu[i];
                    candidates.add(responses.get(i));
                }
                chosen.add(responses.get(y));
            }
        }
        double[] gradient = gradient(chosen, candidates, weights, mu, r, beta, count);
        for (int y = 0; y < gradient.length; y++) {
            gradient[y] += beta * preferred[y];
        }
        return gradient;
    }

    private static double[] gradient(List<Sequence> chosen, List<Sequence> candidates, double[] weights, double[] mu,
            double[] r, double beta, int count) {
        Map<Group, List<Sequence>> rows = new EnumMap<>(Group.class);
        rows.put(Group.CHOSEN, chosen);
        rows.put(Group.CANDIDATES, candidates);
        CandidateLists lists = CandidateLists.of(Collections.nCopies(chosen.size(), count));
        double[] each = new double[candidates.size()];
        for (int i = 0; i < each.length; i++) {
            each[i] = weights[i / count] / count; // the loss multiplies by the number of rows
        }
        double[] table = Tables.log(mu); // need not be normalised: h = r
        for (int i = 0; i < table.length; i++) {
            table[i] += r[i];
        }
        try (TabularLoss loss = TabularLoss.of("mcpo", Map.of("beta", Double.toString(beta), "sampler", "all"),
                new TabularData(rows, lists),
                TabularData.Weights.fixed(Map.of(Group.CHOSEN, weights, Group.CANDIDATES, each)), Tables.log(mu))) {
            return loss.tableGradient(new double[][]{table}, new double[1]).byLogProbs()[0];
        }
    }

    /** Every sequence of so many draws with replacement. */
    private static List<int[]> draws(int responses, int count) {
        List<int[]> all = new ArrayList<>();
        int total = (int) Math.round(Math.pow(responses, count));
        for (int code = 0; code < total; code++) {
            int[] draw = new int[count];
            for (int i = 0, rest = code; i < count; i++, rest /= responses) {
                draw[i] = rest % responses;
            }
            all.add(draw);
        }
        return all;
    }
}
