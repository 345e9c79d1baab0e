package preflab.engine.objective.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** Compares a tree of numbers with the expected one: |x − y| ≤ atol + rtol·|y|. */
final class Comparison {

    private final boolean required;
    private final double rtol;
    private final double atol;
    private double maxError;
    private double worstExcess = 1;
    private String worst = "";

    /** A tolerance that is not an object accepts everything and still measures. */
    Comparison(JsonNode tolerance) {
        required = tolerance.isObject();
        rtol = required ? tolerance.path("rtol").asDouble() : Double.POSITIVE_INFINITY;
        atol = required ? tolerance.path("atol").asDouble() : Double.POSITIVE_INFINITY;
    }

    /** Compares a number, or every number of a list or object; {@code where} names the place in messages. */
    void tree(String where, JsonNode actual, JsonNode expected) {
        if (expected.isObject()) {
            expected.properties().forEach(e -> tree(where + "." + e.getKey(), actual.path(e.getKey()), e.getValue()));
        } else if (expected.isArray()) {
            for (int i = 0; i < expected.size(); i++) {
                tree(where + "[" + i + "]", actual.path(i), expected.get(i));
            }
        } else {
            number(where, Numbers.read(actual), Numbers.read(expected));
        }
    }

    void number(String where, double actual, double expected) {
        double difference = Math.abs(actual - expected);
        double error = difference / Math.max(1, Math.abs(expected));
        maxError = Double.isNaN(error) ? Double.POSITIVE_INFINITY : Math.max(maxError, error);
        double excess = Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference / allowed(expected);
        if (required && excess > worstExcess) {
            worstExcess = excess;
            worst = String.format(Locale.ROOT, "%s is %s, expected %s", where, actual, expected);
        }
    }

    private double allowed(double expected) {
        return atol + rtol * Math.abs(expected);
    }

    GoldenResult result(String file, JsonNode golden, String objective, double loss, JsonNode gradient) {
        return new GoldenResult(file, golden.path("id").asText(), objective, loss, gradient, worst.isEmpty(), required,
                maxError, worst);
    }

    /** Where the worst value stands; empty if all passed. */
    String worst() {
        return worst;
    }
}
