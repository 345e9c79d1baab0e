package preflab.engine.bandit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** A prompt on which the reference is right already, and one on which it is wrong: TYPO keeps one, mends the other. */
final class Preservation {

    private static final double PROBABILITY = 1e-3;

    private Preservation() {
    }

    static List<BanditResult> check(JsonNode golden) {
        List<BanditResult> results = new ArrayList<>();
        for (PairPopulation.Method method : PairPopulation.Method.values()) {
            for (JsonNode row : golden.path("methods").path(method.id())) {
                results.add(check(golden, method, row));
            }
        }
        return results;
    }

    private static BanditResult check(JsonNode golden, PairPopulation.Method method, JsonNode row) {
        double lambda = row.path("lambda").asDouble();
        Checks checks = new Checks("preservation", method.id() + "/lambda=" + lambda);
        double good = side("good", golden, method, row, checks);
        double bad = side("bad", golden, method, row, checks);
        double referenceError = golden.path("ref_error_bad_tv").asDouble();
        if (method == PairPopulation.Method.TYPO) {
            checks.claim("TYPO leaves the good prompt alone", good < 1e-9);
            checks.claim("TYPO mends the bad prompt", bad < referenceError);
        } else {
            checks.claim("the good prompt is harmed", good > 1e-9);
            checks.claim("the bad prompt is not mended", bad > referenceError);
        }
        return checks.result();
    }

    private static double side(String side, JsonNode golden, PairPopulation.Method method, JsonNode row,
            Checks checks) {
        double[] truth = Checks.numbers(golden.path(side).path("pi_star"));
        PairPopulation population = new PairPopulation(truth, Checks.numbers(golden.path(side).path("pi_ref")));
        double[] pi = Tables.exp(population.minimiser(method, row.path("lambda").asDouble()));
        double error = Tables.totalVariation(pi, truth);
        checks.near("pi_" + side, pi, row.path("pi_" + side), PROBABILITY);
        checks.near(side + " TV", error, row.path(side + "_tv").asDouble(), PROBABILITY);
        checks.near(side + " L2", Tables.euclidean(pi, truth), row.path(side + "_l2").asDouble(), PROBABILITY);
        return error;
    }
}
