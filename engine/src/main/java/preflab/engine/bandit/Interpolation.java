package preflab.engine.bandit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Does λ lead from the true distribution to the reference? Only TYPO's does; the others start at the mode. */
final class Interpolation {

    private static final String NAME = "interpolation";
    private static final double PROBABILITY = 1e-3;

    private final JsonNode golden;
    private final double[] truth;
    private final double[] reference;
    private final PairPopulation population;

    private Interpolation(JsonNode golden) {
        this.golden = golden;
        this.truth = Checks.numbers(golden.path("pi_star"));
        this.reference = Checks.numbers(golden.path("pi_ref"));
        this.population = new PairPopulation(truth, reference);
    }

    static List<BanditResult> check(JsonNode golden) {
        Interpolation all = new Interpolation(golden);
        List<BanditResult> results = new ArrayList<>();
        for (PairPopulation.Method method : PairPopulation.Method.values()) {
            for (Map.Entry<String, JsonNode> row : golden.path("minimisers").path(method.id()).properties()) {
                results.add(all.minimiser(method, row.getKey(), row.getValue()));
            }
            results.add(all.trace(method));
        }
        results.add(all.typoInterpolates());
        return results;
    }

    private BanditResult minimiser(PairPopulation.Method method, String lambda, JsonNode expected) {
        double strength = Double.parseDouble(lambda);
        Checks checks = new Checks(NAME, method.id() + "/lambda=" + lambda);
        double[] pi = Tables.exp(population.minimiser(method, strength));
        checks.near("pi", pi, expected, PROBABILITY);
        checks.near("TV to pi*", Tables.totalVariation(pi, truth), at("dist_to_star_tv", method, lambda), PROBABILITY);
        checks.near("TV to pi_ref", Tables.totalVariation(pi, reference), at("dist_to_ref_tv", method, lambda),
                PROBABILITY);
        if (strength >= 0.1 && strength <= 100) {
            Optional<Double> slope = population.gradientAt(method, strength, Checks.numbers(expected));
            checks.near("gradient at the closed form", slope.orElse(Double.NaN), 0, 1e-9 * Math.max(1, strength));
        }
        if (strength == 1e5) {
            checks.claim("pi tends to pi_ref", Tables.totalVariation(pi, reference) < 1e-5);
        }
        if (strength == 1e-5) {
            checks.claim("TYPO tends to pi*, the others to the mode", method == PairPopulation.Method.TYPO
                    ? Tables.totalVariation(pi, truth) < 1e-5
                    : pi[0] > 1 - 1e-12);
        }
        return checks.result();
    }

    private double at(String table, PairPopulation.Method method, String lambda) {
        return golden.path(table).path(method.id()).path(lambda).asDouble(Double.NaN);
    }

    private BanditResult trace(PairPopulation.Method method) {
        Checks checks = new Checks(NAME, method.id() + "/adam");
        TabularLoss loss = population.loss(method, 1e-5);
        try (BanditRun run = new BanditRun(loss, population.start(), new Adam(1e-2, 10))) {
            for (Map.Entry<String, JsonNode> mark : golden.path("adam_traces_lambda_1e-5").path(method.id())
                    .properties()) {
                run.stepTo(Integer.parseInt(mark.getKey()));
                checks.relative("pi after " + mark.getKey(), run.distribution(0), mark.getValue(), 1e-6);
            }
        }
        return checks.result();
    }

    private BanditResult typoInterpolates() {
        Checks checks = new Checks(NAME, "typo/monotone");
        double fromTruth = -1;
        double fromReference = 2;
        for (Map.Entry<String, JsonNode> row : golden.path("minimisers").path("typo").properties()) {
            double[] pi = Tables
                    .exp(population.minimiser(PairPopulation.Method.TYPO, Double.parseDouble(row.getKey())));
            double nextFromTruth = Tables.totalVariation(pi, truth);
            double nextFromReference = Tables.totalVariation(pi, reference);
            checks.claim("TV to pi* grows at lambda " + row.getKey(), nextFromTruth > fromTruth);
            checks.claim("TV to pi_ref falls at lambda " + row.getKey(), nextFromReference < fromReference);
            fromTruth = nextFromTruth;
            fromReference = nextFromReference;
        }
        return checks.result();
    }
}
