package preflab.projects.compare;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import preflab.engine.train.Outcome;
import preflab.engine.train.RunEvent;
import preflab.engine.train.RunSpec;
import preflab.engine.train.Sample;
import preflab.projects.store.EventWriter;
import preflab.projects.store.Specs;
import preflab.projects.workspace.Workspace;

/** Stored runs with known figures. */
public final class ToyRuns {

    private ToyRuns() {
    }

    /**
     * A finished run over n held-out rows: before training rows 0 … start − 1 are right, afterwards rows 0 … end − 1.
     *
     * @return its number
     */
    public static int finished(Workspace workspace, String name, Map<String, String> settings, int n, int start,
            int end) {
        return finished(workspace, Specs.sft(name, settings), n, start, end);
    }

    /** The same with a specification of one's own. */
    public static int finished(Workspace workspace, RunSpec spec, int n, int start, int end) {
        int run = workspace.runs().create(spec);
        SplittableRandom random = new SplittableRandom(run);
        try (EventWriter writer = workspace.runs().writer(run)) {
            writer.on(new RunEvent.Started(Map.of("device", "cpu", "run", spec.name())));
            evaluation(writer, 0, n, start);
            for (int step = 1; step <= 200; step++) {
                writer.on(new RunEvent.Measured(step,
                        Map.of("loss", Math.log(2) * Math.exp(-step / 80.0) + 0.02 * random.nextDouble(),
                                "rewards/margins", step * 0.01 * run + 0.1 * random.nextDouble(), "grad_norm",
                                1 + random.nextDouble(), "learning_rate", 1e-4 * (200 - step) / 200)));
            }
            evaluation(writer, 100, n, (start + end) / 2);
            evaluation(writer, 200, n, end);
            writer.on(new RunEvent.Ended(Outcome.FINISHED, 200, "", Map.of()));
        }
        return run;
    }

    private static void evaluation(EventWriter writer, int step, int n, int right) {
        List<Sample> samples = new ArrayList<>();
        for (int row = 0; row < n; row++) {
            boolean correct = row < right;
            String answer = "12+" + row + "=" + (12 + row + (correct ? 0 : 10));
            samples.add(new Sample(row, "12+" + row + "=", answer + "\n#### " + (12 + row + (correct ? 0 : 10)),
                    Optional.of(String.valueOf(12 + row)), Optional.of(correct)));
        }
        writer.on(new RunEvent.Sampled(step, "eval", samples));
        writer.on(new RunEvent.Sampled(step, "samples", samples.subList(0, Math.min(4, n))));
        writer.on(new RunEvent.Measured(step,
                Map.of("eval/accuracy", (double) right / n, "eval/count", (double) n, "eval/loss", 1.0 / (1 + right))));
    }
}
