package preflab.app.ui;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import preflab.datasets.example.Content;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.Demonstration;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Message;
import preflab.datasets.example.Paired;
import preflab.datasets.example.Source;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.Stepwise;
import preflab.datasets.example.Unpaired;
import preflab.engine.metric.ReferenceSavings;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.objective.Objectives;
import preflab.engine.train.Outcome;
import preflab.engine.train.RunEvent;
import preflab.engine.train.RunSpec;
import preflab.engine.train.Sample;
import preflab.engine.train.Settings;
import preflab.projects.store.EventWriter;
import preflab.projects.store.RunLock;
import preflab.projects.workspace.Workspace;

/** Projects with made-up contents, for pictures and tests of screens. */
public final class ProjectFixture {

    private static final String LONG = "The answer depends on which of the two definitions is meant, and a careful reader"
            + " would ask first. ";

    private ProjectFixture() {
    }

    /** Six datasets of different kinds and sizes. */
    public static List<DatasetVersionId> addData(Workspace workspace) {
        return List.of(
                workspace.datasets().add("sums-pairs", Kind.PAIRED, IntStream.range(0, 5000).mapToObj(
                        ProjectFixture::pair).iterator(), "generated"),
                workspace.datasets().add("sums-answers", Kind.UNPAIRED, IntStream.range(0, 300)
                        .mapToObj(i -> new Unpaired(id(i), sum(i), answer(i, i % 3 != 0), i % 3 != 0, source(i)))
                        .iterator(), "generated"),
                workspace.datasets().add("sums-steps", Kind.STEPWISE,
                        IntStream.range(0, 200).mapToObj(ProjectFixture::steps).iterator(), "generated"),
                workspace.datasets().add("sums-validation", Kind.SFT,
                        IntStream.range(0, 60)
                                .mapToObj(i -> new Demonstration(id(i), sum(i), answer(i, true), source(i)))
                                .iterator(),
                        "generated"),
                workspace.datasets().add("a-conversation-dataset-with-a-really-long-name", Kind.PAIRED,
                        IntStream.range(0, 40).mapToObj(ProjectFixture::conversation).iterator(),
                        "imported from a file whose name is long as well.jsonl"));
    }

    private static Paired pair(int i) {
        return new Paired(id(i), sum(i), answer(i, true), answer(i, false), source(i));
    }

    private static Content sum(int i) {
        return Content.of((10 + i % 50) + "+" + (7 + i % 43) + "+" + (3 + i % 9) + "=");
    }

    private static Content answer(int i, boolean right) {
        int first = 10 + i % 50 + 7 + i % 43 - (right ? 0 : 10);
        int total = first + 3 + i % 9;
        return Content.of((10 + i % 50) + "+" + (7 + i % 43) + "=" + first + "\n" + first + "+" + (3 + i % 9) + "="
                + total + "\n#### " + total);
    }

    private static Stepwise steps(int i) {
        boolean right = i % 2 == 0;
        List<Step> steps = new ArrayList<>();
        String[] lines = answer(i, right).text().split("(?<=\n)", -1);
        for (int s = 0; s < lines.length; s++) {
            StepLabel label = right ? StepLabel.GOOD : s == 0 ? StepLabel.BAD : StepLabel.UNMARKED;
            steps.add(new Step(lines[s], label, OptionalDouble.of(right ? 0.9 - 0.1 * s : -0.6 - 0.1 * s)));
        }
        return new Stepwise(id(i), sum(i), steps, Optional.of(right), source(i));
    }

    private static Paired conversation(int i) {
        return new Paired(id(i),
                Content.of(List.of(new Message("system", "You answer in one paragraph."),
                        new Message("user", "Question " + i + ": " + LONG.repeat(2)))),
                Content.of(List.of(new Message("assistant", LONG.repeat(6)))),
                Content.of(List.of(new Message("assistant", "No.\n\nBecause 日本語 and “quotes” and a_very_long_word_"
                        + "without_any_break_".repeat(8)))),
                new Source("conversations.jsonl", i + 1L, Map.of("score", "0.75", "origin", "\"forum\"")));
    }

    private static ExampleId id(int i) {
        return new ExampleId(i);
    }

    private static Source source(int i) {
        return new Source("sums.jsonl", i + 1L);
    }

    /** A run that ended after these steps, with curves that fall and rise as one would hope. */
    public static int addRun(Workspace workspace, String objective, String name, DatasetVersionId data, int seed,
            int steps, Outcome outcome) {
        int run = workspace.runs().create(spec(objective, name, data, seed, steps));
        try (EventWriter writer = workspace.runs().writer(run)) {
            emit(writer, seed, outcome == Outcome.FINISHED ? steps : steps * 2 / 3);
            writer.on(new RunEvent.Ended(outcome, outcome == Outcome.FINISHED ? steps : steps * 2 / 3,
                    message(outcome), Map.of()));
        }
        return run;
    }

    /**
     * A sweep: DPO at each β with three seeds, 2,500 steps each, judged on 400 problems of which the middle β gets most
     * right.
     */
    public static void addSweep(Workspace workspace, DatasetVersionId data) {
        ObjectiveType<?> dpo = Objectives.find("dpo").orElseThrow();
        Map<String, Integer> rightByBeta = new LinkedHashMap<>();
        rightByBeta.put("0.01", 220);
        rightByBeta.put("0.1", 310);
        rightByBeta.put("0.5", 250);
        rightByBeta.forEach((beta, right) -> {
            for (int seed = 1; seed <= 3; seed++) {
                int run = workspace.runs().create(spec(dpo, "dpo β " + beta, data, Map.of("beta", beta,
                        "training.steps", "2500", "training.seed", String.valueOf(seed))));
                try (EventWriter writer = workspace.runs().writer(run)) {
                    sweepRun(writer, Double.parseDouble(beta), seed, right + 3 * seed);
                }
            }
        });
    }

    private static void sweepRun(EventWriter writer, double beta, int seed, int right) {
        Random random = new Random(seed);
        writer.on(new RunEvent.Started(Map.of("device", "cpu", "threads", "2")));
        for (int step = 1; step <= 2500; step++) {
            double done = 1 - Math.exp(-step / 600.0);
            writer.on(new RunEvent.Measured(step, Map.of("loss", 0.69 - 0.4 * done + 0.03 * random.nextGaussian()
                    + (step == 1777 ? 1.5 : 0), "rewards/margins", beta * (8 * done + 0.3 * random.nextGaussian()),
                    "kl", 12 * done * done / (1 + 10 * beta) + 0.1 * random.nextDouble(), "tokens",
                    900 + 200 * random.nextDouble(), "seconds", 0.11 + 0.02 * seed)));
            if (step % 500 == 0) {
                judged(writer, step, (int) Math.round(180 + (right - 180) * step / 2500.0), random);
            }
        }
        writer.on(new RunEvent.Ended(Outcome.FINISHED, 2500, "", Map.of()));
    }

    /** Of 400 problems the first ones are right, but for one in ten that is not what it would have been. */
    private static void judged(EventWriter writer, int step, int right, Random random) {
        List<Sample> samples = new ArrayList<>();
        int correct = 0;
        for (int row = 0; row < 400; row++) {
            boolean isRight = row < right ^ random.nextInt(10) == 0;
            correct += isRight ? 1 : 0;
            samples.add(new Sample(row, row + "+1=", isRight ? "#### " + (row + 1) : "#### 0",
                    Optional.of(String.valueOf(row + 1)), Optional.of(isRight)));
        }
        writer.on(new RunEvent.Sampled(step, "eval", samples));
        writer.on(new RunEvent.Measured(step, Map.of("eval/accuracy", correct / 400.0, "eval/count", 400.0)));
    }

    private static String message(Outcome outcome) {
        return switch (outcome) {
            case DIVERGED -> "the loss is NaN; first non-finite value in layers.2.mlp.down_proj (rows 17, 40)";
            case FAILED -> "not enough memory for a batch of 512 × 1024 tokens";
            case FINISHED, STOPPED, INTERRUPTED -> "";
        };
    }

    /** A run that is under way for as long as the lock is held. */
    public static RunLock addRunning(Workspace workspace, String objective, String name, DatasetVersionId data) {
        int run = workspace.runs().create(spec(objective, name, data, 7, 2000));
        RunLock lock = workspace.runs().lock(run);
        try (EventWriter writer = workspace.runs().writer(run)) {
            emit(writer, 7, 320);
            writer.on(new RunEvent.Warned(310, "chosen-falling",
                    "the chosen log-probability fell by 12 % since step 200: the margin grows by pushing both answers"
                            + " down. A smaller learning rate or a larger beta holds it."));
            writer.on(new RunEvent.Measured(320,
                    new ReferenceSavings(1280, 0, 48.3, 0, 4_300_000, 2_120_000).metrics()));
        }
        return lock;
    }

    /** A complete spec. */
    public static RunSpec spec(String objective, String name, DatasetVersionId data, int seed, int steps) {
        ObjectiveType<?> type = Objectives.find(objective).orElseThrow();
        return spec(type, name, data,
                Map.of("training.steps", String.valueOf(steps), "training.seed", String.valueOf(seed)));
    }

    private static RunSpec spec(ObjectiveType<?> type, String name, DatasetVersionId data,
            Map<String, String> settings) {
        Settings.Resolved values = Settings.of(type).apply(new HashMap<>(settings));
        return new RunSpec(RunSpec.CURRENT_VERSION, name, data, Optional.empty(), "builtin:sums", Optional.empty(),
                type.id(), values.hyper(), values.settings());
    }

    private static void emit(EventWriter writer, int seed, int steps) {
        Random random = new Random(seed);
        writer.on(new RunEvent.Started(Map.of("device", "cpu", "threads", "2")));
        writer.on(new RunEvent.Measured(0, Map.of("eval/accuracy", 0.47)));
        writer.on(new RunEvent.Sampled(0, "samples", samples(0.4, random)));
        writer.on(new RunEvent.Sampled(0, "eval", samples(0.45, random)));
        for (int step = 1; step <= steps; step++) {
            double done = step / 200.0;
            Map<String, Double> metrics = new HashMap<>();
            metrics.put("loss", 0.69 * Math.exp(-done / (1 + 0.2 * seed)) + 0.05 * random.nextGaussian());
            metrics.put("rewards/chosen", 0.3 * done + 0.04 * random.nextGaussian());
            metrics.put("rewards/rejected", -0.8 * done + 0.06 * random.nextGaussian());
            metrics.put("rewards/margins", 1.1 * done + 0.08 * random.nextGaussian());
            metrics.put("rewards/accuracies", Math.min(1, 0.5 + 0.4 * done + 0.05 * random.nextGaussian()));
            metrics.put("grad_norm", 1 + 0.3 * random.nextGaussian());
            metrics.put("learning_rate", 1e-4 * Math.max(0, 1 - done / 2));
            metrics.put("tokens_per_second", 1840 + 30 * random.nextGaussian());
            if (step % 40 == 0) {
                metrics.put("eval/accuracy", Math.min(0.95, 0.47 + 0.25 * done + 0.02 * random.nextGaussian()));
            }
            writer.on(new RunEvent.Measured(step, metrics));
        }
        writer.on(new RunEvent.Sampled(steps, "samples", samples(0.8, random)));
        writer.on(new RunEvent.Sampled(steps, "eval", samples(0.75, random)));
    }

    private static List<Sample> samples(double accuracy, Random random) {
        List<Sample> samples = new ArrayList<>();
        for (int row = 0; row < 4; row++) {
            boolean right = random.nextDouble() < accuracy;
            String text = answer(row, right).text();
            samples.add(new Sample(row, sum(row).text(), text, Optional.of(answer(row, true).text().replaceAll(
                    "(?s).*#### ", "")), Optional.of(right)));
        }
        return samples;
    }
}
