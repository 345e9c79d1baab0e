package preflab.projects.foreign;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import preflab.engine.train.RunEvent;

/** Metrics of one run as they are read, under the names we use. Not thread-safe. */
final class Curves {

    private final NavigableMap<Integer, Map<String, Double>> bySteps = new TreeMap<>();

    /** The value of a metric at a step; a later one replaces an earlier one, as where a run was resumed. */
    void add(long step, String name, double value) {
        int at = Math.clamp(step, 0, Integer.MAX_VALUE);
        bySteps.computeIfAbsent(at, key -> new HashMap<>()).put(ours(name), value);
    }

    /**
     * Hugging Face's Trainer says {@code eval_loss} in its files and {@code train/loss}, {@code eval/loss} on
     * TensorBoard; we say {@code eval/loss} and {@code loss}.
     */
    static String ours(String name) {
        String plain = name.strip();
        if (plain.startsWith("eval_")) {
            return "eval/" + plain.substring("eval_".length());
        }
        return plain.startsWith("train/") ? plain.substring("train/".length()) : plain;
    }

    boolean isEmpty() {
        return bySteps.isEmpty();
    }

    int lastStep() {
        return bySteps.isEmpty() ? 0 : bySteps.lastKey();
    }

    List<RunEvent> events() {
        List<RunEvent> events = new ArrayList<>();
        bySteps.forEach((step, metrics) -> events.add(new RunEvent.Measured(step, metrics)));
        return events;
    }
}
