package preflab.app.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import preflab.projects.compare.Estimate;
import preflab.projects.compare.Interval;
import preflab.projects.compare.PairedDifference;

/** A measured value with its interval and its differences, as JSON. */
final class EstimateJson {

    private EstimateJson() {
    }

    static void put(Map<String, Object> object, Estimate estimate) {
        object.put("step", estimate.step());
        object.put("value", estimate.value());
        estimate.interval().ifPresent(interval -> object.put("interval", json(interval)));
        estimate.versusBaseline().ifPresent(difference -> object.put("versus_baseline", json(difference)));
        estimate.versusStart().ifPresent(difference -> object.put("versus_start", json(difference)));
    }

    static Map<String, Object> json(Interval interval) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("low", interval.low());
        object.put("high", interval.high());
        object.put("level", interval.level());
        object.put("method", interval.method());
        object.put("n", interval.n());
        return object;
    }

    private static Map<String, Object> json(PairedDifference difference) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("difference", difference.difference());
        object.put("interval", json(difference.interval()));
        object.put("p_value", difference.pValue());
        object.put("better", difference.better());
        object.put("worse", difference.worse());
        object.put("scope", difference.scope());
        return object;
    }
}
