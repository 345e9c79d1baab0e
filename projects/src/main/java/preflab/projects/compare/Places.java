package preflab.projects.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import preflab.engine.metric.Metrics;
import preflab.engine.train.TrainSettings;
import preflab.projects.chart.Curve;
import preflab.projects.store.RunStore;
import preflab.projects.store.Series;

/** Where the logged values of one run lie on an axis. */
final class Places {

    private final XAxis axis;
    /** What the axis is read from; for steps and examples unused. */
    private final Series along;
    private final long[] steps;
    private final double perStep;

    private Places(XAxis axis, Series along, double perStep) {
        this.axis = axis;
        this.along = along;
        this.steps = along.steps();
        this.perStep = perStep;
    }

    static Places of(RunStore store, int run, XAxis axis) {
        return switch (axis.kind()) {
            case STEP -> new Places(axis, Series.EMPTY, 1);
            case EXAMPLES -> new Places(axis, Series.EMPTY, perStep(store.specJson(run)));
            case TOKENS -> new Places(axis, summed(store.series(run, Metrics.TOKENS)), 0);
            case TIME -> new Places(axis, summed(store.series(run, Metrics.SECONDS)), 0);
            case EPOCH -> new Places(axis, store.series(run, Metrics.EPOCH), 0);
            case SETTING -> throw new IllegalArgumentException("a setting is no place of a logged value");
            case METRIC -> new Places(axis, store.series(run, axis.name()), 0);
        };
    }

    private static double perStep(String spec) {
        JsonNode settings = Differences.parse(spec).path("settings");
        return settings.path(TrainSettings.BATCH_SIZE.id()).asDouble(TrainSettings.BATCH_SIZE.defaultValue())
                * settings.path(TrainSettings.ACCUMULATION.id()).asDouble(TrainSettings.ACCUMULATION.defaultValue());
    }

    private static Series summed(Series each) {
        double[] sums = each.values();
        for (int i = 1; i < sums.length; i++) {
            sums[i] += sums[i - 1];
        }
        return Series.of(each.steps(), sums);
    }

    /**
     * The values that have a place: on another metric's axis those logged at a step at which that one was logged too, on
     * the others those of runs that kept count. Never interpolated.
     */
    Curve of(Series series) {
        double[] places = IntStream.range(0, series.size()).mapToDouble(i -> place(series.step(i))).toArray();
        IntPredicate hasPlace = i -> Double.isFinite(places[i]);
        int[] kept = IntStream.range(0, places.length).filter(hasPlace).toArray();
        return Curve.of(Arrays.stream(kept).mapToDouble(i -> places[i]).toArray(),
                Arrays.stream(kept).mapToLong(series::step).toArray(),
                Arrays.stream(kept).mapToDouble(series::value).toArray());
    }

    private double place(long step) {
        if (axis.kind() == XAxis.Kind.STEP || axis.kind() == XAxis.Kind.EXAMPLES) {
            return step * perStep;
        }
        int found = Arrays.binarySearch(steps, step);
        if (axis.kind() == XAxis.Kind.METRIC) {
            return found < 0 ? Double.NaN : along.value(found);
        }
        int before = found >= 0 ? found : -found - 2;
        if (along.isEmpty()) {
            return Double.NaN; // an older run that kept no count
        }
        return before < 0 ? 0 : along.value(before);
    }
}
