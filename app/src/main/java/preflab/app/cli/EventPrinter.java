package preflab.app.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.TreeMap;
import preflab.engine.metric.Metrics;
import preflab.engine.metric.ReferenceSavings;
import preflab.engine.train.RunEvent;
import preflab.engine.train.RunListener;

/** Prints the events of a run as they come: every one as JSON, some two dozen lines for people. */
final class EventPrinter implements RunListener {

    /** What a person follows while a run goes on, as far as the objective logs it. */
    private static final List<String> SHOWN = List.of("loss", "rewards/accuracies", "rewards/margins", "kl",
            "grad_norm", "tokens_per_second");
    private static final int LINES = 20;

    private final int run;
    private final int totalSteps;
    private final Output output;

    EventPrinter(int run, int totalSteps, Output output) {
        this.run = run;
        this.totalSteps = totalSteps;
        this.output = output;
    }

    @Override
    public void on(RunEvent event) {
        output.json(json(event));
        switch (event) {
            case RunEvent.Measured measured -> measured(measured);
            case RunEvent.Warned warned ->
                output.text((RunEvent.Warned.NOTES.contains(warned.code()) ? "note" : "warning") + " at step "
                        + warned.step() + ": " + warned.message());
            case RunEvent.Checkpointed saved -> output.text("checkpoint at step " + saved.step() + ": "
                    + saved.folder());
            case RunEvent.Ended ended -> output.text(ended(ended));
            case RunEvent.Started started -> output.text("run " + run + " started");
            case RunEvent.Sampled sampled -> {
                // for the window and the report; a terminal shows the accuracy that comes of them
            }
        }
    }

    private void measured(RunEvent.Measured event) {
        if (event.metrics().containsKey(Metrics.REFERENCE_FOUND)) {
            ReferenceSavings.of(event.metrics()).ifPresent(savings -> output.text("step " + event.step() + "/"
                    + totalSteps + "  " + savings.words()));
            return;
        }
        int every = Math.max(1, totalSteps / LINES);
        boolean evaluated = event.metrics().keySet().stream().anyMatch(key -> key.startsWith("eval/"));
        if (!evaluated && event.step() % every != 0 && event.step() != 1) {
            return;
        }
        StringJoiner line = new StringJoiner("  ");
        line.add("step " + event.step() + "/" + totalSteps);
        SHOWN.stream().filter(event.metrics()::containsKey)
                .forEach(key -> line.add(key + " " + Numbers.real(event.metrics().get(key))));
        new TreeMap<>(event.metrics()).entrySet().stream().filter(metric -> metric.getKey().startsWith("eval/"))
                .forEach(metric -> line.add(metric.getKey() + " " + Numbers.real(metric.getValue())));
        output.text(line.toString());
    }

    private String ended(RunEvent.Ended event) {
        String why = event.message().isEmpty() ? "" : ": " + event.message();
        return "run " + run + " " + event.outcome() + " at step " + event.step() + why;
    }

    private Map<String, Object> json(RunEvent event) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("event", name(event));
        line.put("run", run);
        switch (event) {
            case RunEvent.Started started -> line.put("environment", new TreeMap<>(started.environment()));
            case RunEvent.Measured measured -> put(line, measured.step(), "metrics",
                    new TreeMap<>(measured.metrics()));
            case RunEvent.Sampled sampled -> put(line, sampled.step(), "purpose", sampled.purpose());
            case RunEvent.Checkpointed saved -> put(line, saved.step(), "path", saved.folder().toString());
            case RunEvent.Warned warned -> {
                put(line, warned.step(), "code", warned.code());
                line.put("message", warned.message());
            }
            case RunEvent.Ended ended -> {
                put(line, ended.step(), "outcome", ended.outcome().name());
                line.put("message", ended.message());
                line.put("metrics", new TreeMap<>(ended.metrics()));
            }
        }
        return line;
    }

    private static void put(Map<String, Object> line, int step, String key, Object value) {
        line.put("step", step);
        line.put(key, value);
    }

    private static String name(RunEvent event) {
        return switch (event) {
            case RunEvent.Started _ -> "started";
            case RunEvent.Measured _ -> "measured";
            case RunEvent.Sampled _ -> "sampled";
            case RunEvent.Checkpointed _ -> "checkpointed";
            case RunEvent.Warned _ -> "warned";
            case RunEvent.Ended _ -> "ended";
        };
    }
}
