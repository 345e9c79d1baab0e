package preflab.engine.bandit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.stream.StreamSupport;

/** Collects comparisons of one case; the worst one that fails is told. */
final class Checks {

    private final String experiment;
    private final String id;
    private double maxError;
    private double worstExcess = 1;
    private String worst = "";

    Checks(String experiment, String id) {
        this.experiment = experiment;
        this.id = id;
    }

    /** |actual − expected| ≤ tolerance. */
    Checks near(String what, double actual, double expected, double tolerance) {
        double difference = Math.abs(actual - expected);
        double error = difference / Math.max(1, Math.abs(expected));
        maxError = Double.isNaN(error) ? Double.POSITIVE_INFINITY : Math.max(maxError, error);
        return excess(difference / tolerance, what + " is " + actual + ", expected " + expected + " ± " + tolerance);
    }

    /** |actual − expected| ≤ tolerance · |expected|, and below 1e-290 (where probabilities underflow) anything. */
    Checks relative(String what, double actual, double expected, double tolerance) {
        return near(what, actual, expected, tolerance * Math.abs(expected) + 1e-290);
    }

    Checks near(String what, double[] actual, JsonNode expected, double tolerance) {
        for (int i = 0; i < actual.length; i++) {
            near(what + "[" + i + "]", actual[i], expected.path(i).asDouble(Double.NaN), tolerance);
        }
        return this;
    }

    Checks relative(String what, double[] actual, JsonNode expected, double tolerance) {
        double[] numbers = new double[actual.length]; // what is missing agrees with nothing
        Arrays.setAll(numbers, i -> expected.path(i).asDouble(Double.NaN));
        return relative(what, actual, numbers, tolerance);
    }

    Checks relative(String what, double[] actual, double[] expected, double tolerance) {
        for (int i = 0; i < actual.length; i++) {
            relative(what + "[" + i + "]", actual[i], expected[i], tolerance);
        }
        return this;
    }

    /** A statement that must hold. */
    Checks claim(String what, boolean holds) {
        return excess(holds ? 0 : Double.POSITIVE_INFINITY, "not so: " + what);
    }

    private Checks excess(double excess, String what) {
        double counted = Double.isNaN(excess) ? Double.POSITIVE_INFINITY : excess;
        if (counted > worstExcess) {
            worstExcess = counted;
            worst = what;
        }
        return this;
    }

    BanditResult result() {
        return new BanditResult(experiment, id, worst.isEmpty(), maxError, worst);
    }

    static double[] numbers(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).mapToDouble(JsonNode::asDouble).toArray();
    }

    static double[][] table(JsonNode rows) {
        return StreamSupport.stream(rows.spliterator(), false).map(Checks::numbers).toArray(double[][]::new);
    }
}
