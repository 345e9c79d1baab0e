package preflab.app.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import preflab.engine.train.MemorySaving;
import preflab.projects.run.LaunchEstimate;

/** What a run will need, as an event and for people. */
final class EstimateOutput {

    private EstimateOutput() {
    }

    static void say(LaunchEstimate estimate, Output output) {
        output.json(json(estimate));
        output.text(words(estimate));
        output.text("    " + estimate.parts());
    }

    private static String words(LaunchEstimate estimate) {
        String memory = "needs about " + LaunchEstimate.gigabytes(estimate.memory().peak()) + " of memory, "
                + (estimate.onGpu()
                        ? "not held against the GPU's"
                        : LaunchEstimate.gigabytes(estimate.free()) + " free");
        return memory + estimate.time().map(time -> String.format(Locale.ROOT,
                "; about %s for %d steps (%s s a step), evaluations apart",
                Numbers.duration(Math.round(time.total(estimate.steps()))), estimate.steps(),
                Numbers.real(time.seconds()))).orElse("");
    }

    private static Map<String, Object> json(LaunchEstimate estimate) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("event", "estimated");
        line.put("peak_bytes", estimate.memory().peak());
        line.put("free_bytes", estimate.free());
        line.put("fits", estimate.fits());
        Map<String, Object> parts = new LinkedHashMap<>();
        estimate.memory().bytes().forEach((part, bytes) -> parts.put(part.name().toLowerCase(Locale.ROOT), bytes));
        line.put("parts", parts);
        estimate.time().ifPresent(time -> {
            line.put("seconds", time.total(estimate.steps()));
            line.put("seconds_per_step", time.seconds());
            line.put("seconds_more_at_first", time.more());
            line.put("steps_at_first", time.epoch());
        });
        line.put("savings", savings(estimate.savings()));
        return line;
    }

    private static List<Map<String, Object>> savings(List<MemorySaving> savings) {
        return savings.stream().map(saving -> {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("change", saving.change());
            object.put("peak_bytes", saving.peak());
            return object;
        }).toList();
    }
}
