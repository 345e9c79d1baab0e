package preflab.projects.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.Stepwise;
import preflab.datasets.example.Unlearning;
import preflab.datasets.example.Unpaired;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.objective.Objectives;
import preflab.engine.train.Outcome;
import preflab.engine.train.RunEvent;
import preflab.engine.train.RunSpec;
import preflab.engine.train.Settings;
import preflab.engine.train.StopSignal;
import preflab.engine.train.TrainInputs;
import preflab.engine.train.Trainer;
import preflab.projects.chart.Palette;
import preflab.projects.chart.Plot;
import preflab.projects.chart.PlotLine;
import preflab.projects.chart.SvgPainter;
import preflab.projects.run.ModelRefs;
import preflab.projects.workspace.Builtins;
import preflab.projects.workspace.Workspace;

/**
 * On the built-in model and data, over three seeds, every family of objectives moves held-out rows the way its loss
 * says. A prompt is held out for every fifth remainder of its hash, so no answer to it is trained on. The figures are
 * written to {@code target/learning-proof.txt}.
 */
@Tag("slow")
class LearningProofTest {

    private static final int SEEDS = 3;
    private static final Path FIGURES = Path.of("target", "learning-proof.txt");

    @TempDir
    static Path folder;

    private static Workspace workspace;

    /** Held-out metrics before and after training, without their prefix. */
    private record Change(Map<String, Double> before, Map<String, Double> after) {
        double of(String metric) {
            return after.get(metric) - before.get(metric);
        }
    }

    @BeforeAll
    static void open() throws IOException {
        workspace = Workspace.create(folder.resolve("proof.preflab"));
        Builtins.install(workspace);
        Files.createDirectories(FIGURES.getParent());
    }

    @AfterAll
    static void close() {
        workspace.close();
    }

    private static boolean heldOut(PreferenceExample row) {
        return Math.floorMod(row.prompt().text().hashCode(), 5) == 0;
    }

    private static ExampleView part(Builtins builtin, boolean heldOut) {
        ExampleView all = workspace.datasets().view(workspace.datasets().resolve(builtin.dataset()));
        return ExampleView.of(all.version(), all.kind(), IntStream.range(0, all.size()).mapToObj(all::get)
                .filter(row -> heldOut(row) == heldOut).toList());
    }

    /** Wrong answers are to be forgotten, right ones to be kept. */
    private static ExampleView unlearning(boolean heldOut) {
        ExampleView all = part(Builtins.ANSWERS, heldOut);
        List<PreferenceExample> rows = IntStream.range(0, all.size()).mapToObj(i -> (Unpaired) all.get(i))
                .map(row -> (PreferenceExample) new Unlearning(row.id(), row.prompt(), row.completion(),
                        !row.accepted(), row.source()))
                .toList();
        return ExampleView.of(new DatasetVersionId("sums-unlearning", 1, "0".repeat(64)), Kind.FORGET_RETAIN, rows);
    }

    private static Change train(String objective, ExampleView rows, ExampleView heldOut, int seed, String... settings) {
        RunSpec spec = spec(objective, rows, heldOut, seed, settings);
        TreeMap<Integer, Map<String, Double>> measured = new TreeMap<>();
        List<RunEvent> ended = new ArrayList<>();
        new Trainer(spec, new TrainInputs(rows, Optional.of(heldOut), ModelRefs.resolve(workspace, "builtin:sums"),
                Optional.empty(), folder.resolve("checkpoints")), event -> {
                    if (event instanceof RunEvent.Measured m && m.metrics().keySet().stream()
                            .anyMatch(key -> key.startsWith("eval/"))) {
                        measured.put(m.step(), plain(m.metrics()));
                    } else if (event instanceof RunEvent.Ended) {
                        ended.add(event);
                    }
                }, new StopSignal()).run();
        RunEvent.Ended end = (RunEvent.Ended) ended.getFirst();
        assertThat(end.outcome()).as(end.message()).isEqualTo(Outcome.FINISHED);
        Change change = new Change(measured.firstEntry().getValue(), measured.lastEntry().getValue());
        note(objective, seed, change, settings);
        return change;
    }

    private static Map<String, Double> plain(Map<String, Double> metrics) {
        Map<String, Double> plain = new TreeMap<>();
        metrics.forEach((key, value) -> plain.put(key.replaceFirst("^eval/", ""), value));
        return plain;
    }

    private static RunSpec spec(String objective, ExampleView rows, ExampleView heldOut, int seed, String... settings) {
        ObjectiveType<?> type = Objectives.find(objective).orElseThrow();
        Map<String, String> given = new HashMap<>(Map.of("training.steps", "30", "training.batch_size", "32",
                "optimizer.learning_rate", "3e-5", "samples.prompts", "0", "evaluation.rows", "200",
                "evaluation.max_new_tokens", "1", "compute.threads", "1", "training.seed", Integer.toString(seed)));
        Settings known = Settings.of(type);
        for (String setting : settings) {
            String[] pair = setting.split("=", 2);
            given.put(known.resolve(pair[0]).name(), pair[1]);
        }
        Settings.Resolved resolved = known.apply(given);
        return new RunSpec(RunSpec.CURRENT_VERSION, "proof " + objective, rows.version(),
                Optional.of(heldOut.version()), "builtin:sums", Optional.empty(), objective, resolved.hyper(),
                resolved.settings());
    }

    private static void note(String objective, int seed, Change change, String... settings) {
        StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%s %s seed %d:", objective,
                String.join(" ", settings), seed));
        change.after().forEach((metric, after) -> line.append(String.format(Locale.ROOT, "  %s %.4f -> %.4f", metric,
                change.before().getOrDefault(metric, Double.NaN), after)));
        try {
            Files.writeString(FIGURES, line + "\n", StandardCharsets.UTF_8, StandardOpenOption.CREATE,
                    StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"dpo", "robust_dpo", "fdpo", "simpo", "cpo", "orpo", "rpo", "hinge"})
    void familyOfDpoWidensTheMargin(String objective) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            Change change = train(objective, part(Builtins.PAIRS, false), part(Builtins.PAIRS, true), seed);
            assertThat(change.of("rewards/margins")).as("seed " + seed).isPositive();
            assertThat(change.of("loss")).as("seed " + seed).isNegative();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "ipo")
    void ipoComesNearerItsGap(String objective) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            Change change = train(objective, part(Builtins.PAIRS, false), part(Builtins.PAIRS, true), seed);
            assertThat(change.of("ipo/distance")).as("seed " + seed).isNegative();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"kto", "bco"})
    void acceptedRiseAndRejectedFall(String objective) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            Change change = train(objective, part(Builtins.ANSWERS, false), part(Builtins.ANSWERS, true), seed,
                    "steps=60", "batch_size=64", "optimizer.learning_rate=3e-6");
            assertThat(change.of("rewards/chosen")).as("seed " + seed).isPositive();
            assertThat(change.of("rewards/rejected")).as("seed " + seed).isNegative();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "typo")
    void typoStaysNearerTheReferenceThanWithoutItsTerm(String objective) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            String[] free = {"lambda=0", "evaluation.max_new_tokens=32"};
            String[] held = {"lambda=0.5", "evaluation.max_new_tokens=32"};
            Change without = train(objective, part(Builtins.PAIRS, false), part(Builtins.PAIRS, true), seed, free);
            Change with = train(objective, part(Builtins.PAIRS, false), part(Builtins.PAIRS, true), seed, held);
            // KL(reference‖policy) on the reference's completions is a constant minus their log-likelihood
            assertThat(with.of("logps/reference_samples")).as("seed " + seed)
                    .isGreaterThan(without.of("logps/reference_samples"));
            assertThat(with.of("rewards/margins")).as("seed " + seed).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"mc", "max", "random"})
    void mcPoWidensTheMarginOverTheHardestCandidate(String sampler) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            Change change = train("mcpo", part(Builtins.RANKED, false), part(Builtins.RANKED, true), seed,
                    "sampler=" + sampler);
            assertThat(change.of("rewards/margins")).as("seed " + seed).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"pipa_m", "pipa_n"})
    void pipaLearnsToJudgeAndToAnswer(String objective) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            Change change = train(objective, part(Builtins.STEPS, false), part(Builtins.STEPS, true), seed,
                    "steps=60", "batch_size=64", "evaluation.max_new_tokens=48", "evaluation.rows=400");
            assertThat(change.before().get("value/geo_likelihood")).isBetween(0.499, 0.501);
            assertThat(change.of("value/geo_likelihood")).as("seed " + seed).isPositive();
            assertThat(change.of("accuracy")).as("seed " + seed).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "npo_rt")
    void npoForgetsAndKeepsWhatIsRetained(String objective) {
        for (int seed = 1; seed <= SEEDS; seed++) {
            Change change = train(objective, unlearning(false), unlearning(true), seed,
                    "optimizer.learning_rate=1e-5");
            assertThat(change.of("logps/forget")).as("seed " + seed).isNegative();
            double before = change.before().get("loss/retain");
            assertThat(change.after().get("loss/retain")).as("seed " + seed).isLessThanOrEqualTo(1.05 * before);
        }
    }

    /**
     * Wrong answers that begin with a right step in a form of its own (operands swapped), against right answers. DPO
     * knows answers only and unlearns that form; Step-DPO spares it. DPO is Step-DPO with all steps of the wrong answers
     * called wrong; both are measured on held-out rows with their true labels.
     */
    @ParameterizedTest
    @ValueSource(strings = {"l1", "l0"})
    void stepDpoSparesRightFirstStepsWhereDpoLowersThem(String variant) {
        ExampleView heldOut = startingRight(true, false);
        for (int seed = 1; seed <= SEEDS; seed++) {
            String[] settings = {"variant=" + variant, "optimizer.learning_rate=1e-5"};
            double dpo = train("step_dpo", startingRight(false, true), heldOut, seed, settings)
                    .of("logps/right_steps");
            double stepDpo = train("step_dpo", startingRight(false, false), heldOut, seed, settings)
                    .of("logps/right_steps");
            assertThat(dpo).as("nats an answer, DPO, seed " + seed).isLessThan(-0.5);
            assertThat(stepDpo).as("nats an answer, Step-DPO, seed " + seed).isGreaterThan(0.2 * dpo);
        }
    }

    /** Right answers, and wrong ones whose first step is right. */
    private static ExampleView startingRight(boolean heldOut, boolean wrongThroughout) {
        ExampleView all = part(Builtins.STEPS, heldOut);
        List<PreferenceExample> rows = IntStream.range(0, all.size()).mapToObj(i -> (Stepwise) all.get(i))
                .filter(row -> row.answerCorrect().orElse(false)
                        || Builtins.checkedSteps(row).getFirst())
                .map(row -> (PreferenceExample) swapped(row, wrongThroughout)).toList();
        return ExampleView.of(all.version(), all.kind(), rows);
    }

    private static Stepwise swapped(Stepwise row, boolean wrongThroughout) {
        boolean right = row.answerCorrect().orElse(false);
        List<Boolean> checked = Builtins.checkedSteps(row);
        List<Step> steps = new ArrayList<>();
        for (Step step : row.steps()) {
            StepLabel label = checked.get(steps.size()) ? StepLabel.GOOD : StepLabel.BAD;
            String text = right || !steps.isEmpty()
                    ? step.text()
                    : step.text().replaceFirst("^(\\d+)\\+(\\d+)=", "$2+$1=");
            steps.add(Step.labelled(text, wrongThroughout && !right ? StepLabel.BAD : label));
        }
        return new Stepwise(row.id(), row.prompt(), steps, row.answerCorrect(), row.source());
    }

    /**
     * With rejections alone, KL to the reference (nats an answer) after training, over the share of rejected tokens that
     * their KL term can hold: a policy collapses where it can hold none, and stays where it holds nearly all. The
     * picture and its points are written beside the figures.
     */
    @Test
    void pmpoFromRejectionsAloneHoldsOnlyUnderAStrongKl() throws IOException {
        List<PlotLine> lines = new ArrayList<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            List<double[]> points = new ArrayList<>();
            for (double beta : new double[]{0.5, 1.5, 2.5, 4, 6}) {
                points.add(rejectOnly(beta, seed));
            }
            double[] collapsed = points.getFirst();
            double[] between = points.get(1);
            double[] stable = points.getLast();
            assertThat(collapsed[0]).as("share held, seed " + seed).isZero();
            assertThat(collapsed[1]).as("collapsed, seed " + seed).isGreaterThan(10);
            assertThat(between[1]).as("between, seed " + seed).isBetween(0.1, 10.0);
            assertThat(stable[0]).as("share held, seed " + seed).isGreaterThan(0.9);
            assertThat(stable[1]).as("stable, seed " + seed).isLessThan(0.1);
            lines.add(new PlotLine("seed " + seed, points.stream().mapToDouble(point -> point[0]).toArray(),
                    points.stream().mapToDouble(point -> Math.log10(point[1])).toArray(), seed - 1, false));
        }
        Plot plot = new Plot("PMPO from rejections alone", "share of rejected tokens above the stability bound",
                "log₁₀ KL(π_ref‖π_θ), nats an answer", lines);
        Files.writeString(FIGURES.resolveSibling("pmpo-stability.svg"),
                SvgPainter.svg(plot, 640, 360, Palette.LIGHT));
        Files.writeString(FIGURES.resolveSibling("pmpo-stability.csv"), plot.csv());
    }

    /** The share of rejected tokens above the bound and the KL, after a run. */
    private static double[] rejectOnly(double beta, int seed) {
        Change change = train("pmpo", part(Builtins.ANSWERS, false), part(Builtins.ANSWERS, true), seed, "alpha=0",
                "beta=" + beta, "optimizer.learning_rate=1e-4", "steps=60");
        assertThat(change.of("logps/rejected")).as("beta " + beta + ", seed " + seed).isNegative();
        return new double[]{1 - change.after().get("pmpo/unstable_share"), change.after().get("kl/forward")};
    }
}
