package preflab.engine.bandit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;

/**
 * DPO and the RLHF problem it stands for part ways once a penalty α Σ π² is added to both. Penalised losses have several
 * minima, so the lowest of the stationary points reached from several starts is taken.
 */
final class Constraint {

    private static final double TOLERANCE = 2e-3;

    private final double[] truth;
    private final double[] reference;
    private final double beta;
    private final double alpha;

    private Constraint(double[] truth, double[] reference, double beta, double alpha) {
        this.truth = truth;
        this.reference = reference;
        this.beta = beta;
        this.alpha = alpha;
    }

    /** The lowest stationary point of the penalised RLHF problem, [n]; empty if none was reached. */
    static Optional<double[]> optimum(double[] truth, double[] reference, double beta, double alpha) {
        Constraint one = new Constraint(truth, reference, beta, alpha);
        return one.lowest(one::rlhfGradient, one::rlhf);
    }

    /**
     * @param interpolation
     *            holds π* and π_ref, which are the same
     */
    static List<BanditResult> check(JsonNode golden, JsonNode interpolation) {
        List<BanditResult> results = new ArrayList<>();
        double[] truth = Checks.numbers(interpolation.path("pi_star"));
        double[] reference = Checks.numbers(interpolation.path("pi_ref"));
        double beta = golden.path("beta").asDouble();
        for (JsonNode row : golden.path("rows")) {
            results.add(new Constraint(truth, reference, beta, row.path("alpha").asDouble()).check(row));
        }
        return results;
    }

    private BanditResult check(JsonNode row) {
        Checks checks = new Checks("constraint", "beta=" + beta + "/alpha=" + alpha);
        double[] rlhf = lowest(this::rlhfGradient, this::rlhf).orElse(reference);
        double[] dpo = penalisedDpo();
        double apart = Tables.totalVariation(rlhf, dpo);
        checks.near("RLHF pi", rlhf, row.path("rlhf"), TOLERANCE).near("DPO pi", dpo, row.path("dpo"), TOLERANCE);
        checks.near("TV", apart, row.path("tv").asDouble(), TOLERANCE);
        checks.claim("without a penalty the two agree, with one they do not", alpha == 0 ? apart < 1e-6 : apart > 1e-6);
        return checks.result();
    }

    private double[] penalisedDpo() {
        PairPopulation population = new PairPopulation(truth, reference);
        try (TabularLoss loss = population.loss(PairPopulation.Method.DPO, beta)) {
            TabularPolicy policy = population.start();
            return lowest(x -> plus(loss.gradient(policy.at(x)), penaltyGradient(Tables.exp(Tables.logSoftmax(x)))),
                    x -> loss.value(policy.at(x)) + penalty(Tables.exp(Tables.logSoftmax(x)))).orElse(reference);
        }
    }

    private Optional<double[]> lowest(UnaryOperator<double[]> gradient, ToDoubleFunction<double[]> value) {
        double[] best = new double[0];
        double least = Double.POSITIVE_INFINITY;
        for (double[] start : starts()) {
            double[] found = Newton.solve(gradient, start);
            double at = value.applyAsDouble(found);
            if (Tables.norm(gradient.apply(found)) < 1e-9 && at < least) {
                least = at;
                best = found;
            }
        }
        return best.length == 0 ? Optional.empty() : Optional.of(Tables.exp(Tables.logSoftmax(best)));
    }

    private List<double[]> starts() {
        double[] unpenalised = Tables.log(reference);
        double[] ramp = new double[truth.length];
        for (int i = 0; i < truth.length; i++) {
            unpenalised[i] += Math.log(truth[i]) / beta;
            ramp[i] = 1 - i;
        }
        List<double[]> starts = new ArrayList<>(
                List.of(Tables.log(reference), new double[truth.length], Tables.log(truth), unpenalised, ramp));
        for (int i = 0; i < truth.length; i++) {
            for (double height : new double[]{4, -4}) {
                double[] peak = new double[truth.length];
                peak[i] = height;
                starts.add(peak);
            }
        }
        return starts;
    }

    /** α Σ π². */
    private double penalty(double[] pi) {
        double norm = Tables.norm(pi);
        return alpha * norm * norm;
    }

    private double[] penaltyGradient(double[] pi) {
        double[] slope = new double[pi.length]; // by π
        for (int i = 0; i < pi.length; i++) {
            slope[i] = 2 * alpha * pi[i];
        }
        return throughSoftmax(pi, slope);
    }

    private static double[] throughSoftmax(double[] pi, double[] slope) {
        double mean = 0;
        for (int i = 0; i < pi.length; i++) {
            mean += pi[i] * slope[i];
        }
        double[] gradient = new double[pi.length];
        for (int i = 0; i < pi.length; i++) {
            gradient[i] = pi[i] * (slope[i] - mean);
        }
        return gradient;
    }

    /** −E_π[log π*] + β KL(π‖π_ref) + α Σ π². */
    private double rlhf(double[] logits) {
        double[] logPi = Tables.logSoftmax(logits);
        double[] pi = Tables.exp(logPi);
        double[] cost = cost(logPi);
        double mean = 0;
        for (int i = 0; i < pi.length; i++) {
            mean += pi[i] * cost[i];
        }
        return mean + penalty(pi);
    }

    private double[] rlhfGradient(double[] logits) {
        double[] logPi = Tables.logSoftmax(logits);
        double[] pi = Tables.exp(logPi);
        return plus(throughSoftmax(pi, cost(logPi)), penaltyGradient(pi));
    }

    /** −log π* + β log(π/π_ref), [actions]. */
    private double[] cost(double[] logPi) {
        double[] cost = new double[logPi.length];
        for (int i = 0; i < cost.length; i++) {
            cost[i] = -Math.log(truth[i]) + beta * (logPi[i] - Math.log(reference[i]));
        }
        return cost;
    }

    private static double[] plus(double[] a, double[] b) {
        double[] sum = a.clone();
        for (int i = 0; i < sum.length; i++) {
            sum[i] += b[i];
        }
        return sum;
    }
}
