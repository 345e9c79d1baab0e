package preflab.projects.run;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.TDistribution;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.datasets.SharedData;
import preflab.datasets.example.Content;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Paired;
import preflab.datasets.importer.Progress;
import preflab.datasets.store.DatasetStore;
import preflab.datasets.store.ImportRequest;
import preflab.engine.batch.Encoded;
import preflab.engine.batch.TextTokenizer;
import preflab.engine.model.TransformerPolicy;
import preflab.engine.model.Precision;
import preflab.engine.model.TokenLogProbs;
import preflab.engine.objective.Objectives;
import preflab.engine.tensor.Torch;
import preflab.engine.train.Outcome;
import preflab.engine.train.RunEvent;
import preflab.engine.train.RunSpec;
import preflab.engine.train.Settings;
import preflab.engine.train.StopSignal;
import preflab.engine.train.TrainInputs;
import preflab.engine.train.Trainer;

/**
 * DPO on real HH-RLHF pairs from a model of 260,000 parameters that has only ever read children's stories: does it learn
 * anything about pairs whose opening question it has not seen? Rows that begin with the same question are always in the
 * same part and count as one cluster. The learning rate is chosen on validation rows; then the model is trained anew on
 * both parts and the held-out rows are scored once. The figures are written to {@code target/hh-rlhf-proof.txt}.
 */
@Tag("slow")
class HhRlhfProofTest {

    private static final int LONGEST = Integer.getInteger("preflab.hh.length", 384);
    private static final int EPOCHS = Integer.getInteger("preflab.hh.epochs", 2);
    private static final int BATCH = 16;
    private static final List<String> RATES = List.of("3e-4", "1e-3");
    private static final double BETA = 0.1;
    private static final Path FIGURES = Path.of("target", "hh-rlhf-proof.txt");

    @TempDir
    Path folder;

    /** A share of rows with its 95 % interval, rows of one question counted together. */
    private record Share(double mean, double low, double high, int rows, int clusters) {

        /** Of rows that are right (1), wrong (0) or undecided (½). */
        static Share of(List<Paired> rows, ToDoubleFunction<Paired> right) {
            double mean = rows.stream().mapToDouble(right).average().orElseThrow();
            Map<String, Double> residuals = rows.stream().collect(Collectors.groupingBy(HhRlhfProofTest::question,
                    Collectors.summingDouble(row -> right.applyAsDouble(row) - mean)));
            int clusters = residuals.size();
            double squares = residuals.values().stream().mapToDouble(e -> e * e).sum();
            double error = Math.sqrt(squares * clusters / (clusters - 1)) / rows.size();
            double t = new TDistribution(clusters - 1).inverseCumulativeProbability(0.975);
            return new Share(mean, mean - t * error, mean + t * error, rows.size(), clusters);
        }

        String words() {
            return String.format(Locale.ROOT, "%.1f %% [%.1f, %.1f] of %d rows, %d questions", 100 * mean, 100 * low,
                    100 * high, rows, clusters);
        }
    }

    @Test
    void dpoLearnsSomethingAboutPairsWithQuestionsItHasNotSeen() throws IOException {
        Path model = SharedData.data("models/stories260k");
        Files.createDirectories(FIGURES.getParent());
        Files.deleteIfExists(FIGURES);
        ExampleView all = imported();
        List<Paired> heldOut = part(all, bucket -> bucket < 4);
        List<Paired> validation = part(all, bucket -> bucket == 4 || bucket == 5);
        List<Paired> train = part(all, bucket -> bucket > 5);
        note(String.format(Locale.ROOT, "%d rows: %d to train on, %d to validate, %d held out", all.size(),
                train.size(), validation.size(), heldOut.size()));
        note(String.format(Locale.ROOT, "%.1f %% of held-out rows are longer than %d tokens and lose their beginning",
                100 * cutShare(model, heldOut), LONGEST));

        String rate = bestRate(model, all, train, validation);
        List<Paired> both = part(all, bucket -> bucket > 3);
        Share proof = Share.of(heldOut, correct(model, train(model, view(all, both), rate), heldOut)::get);
        boolean longer = Share.of(both, HhRlhfProofTest::chosenIsLonger).mean() > 0.5;
        Share length = Share.of(heldOut, row -> longer ? chosenIsLonger(row) : 1 - chosenIsLonger(row));
        note("held out, trained on both other parts: " + proof.words());
        note("held out, choosing the " + (longer ? "longer" : "shorter") + " answer: " + length.words());
        note(proof.low() > 0.5 ? "shown: better than chance" : "not shown: the interval holds chance");

        assertThat(proof.low()).isGreaterThan(0.5);
    }

    private String bestRate(Path model, ExampleView all, List<Paired> train, List<Paired> validation)
            throws IOException {
        String best = RATES.getFirst();
        double bestShare = -1;
        for (String rate : RATES) {
            Share share = Share.of(validation,
                    correct(model, train(model, view(all, train), rate), validation)::get);
            note("learning rate " + rate + ": validation " + share.words());
            if (share.mean() > bestShare) {
                bestShare = share.mean();
                best = rate;
            }
        }
        return best;
    }

    private ExampleView imported() {
        DatasetStore store = DatasetStore.open(folder.resolve("datasets"));
        return store.view(store.importFile(SharedData.data("hh_rlhf/harmless-base_part1.jsonl.gz"),
                ImportRequest.named("hh"), Progress.NONE).version());
    }

    private static List<Paired> part(ExampleView all, Predicate<Integer> bucket) {
        return IntStream.range(0, all.size()).mapToObj(i -> (Paired) all.get(i))
                .filter(row -> bucket.test(Math.floorMod(question(row).hashCode() * 31 + 7, 10))).toList();
    }

    private static String question(Paired row) {
        return row.prompt() instanceof Content.Chat chat ? chat.messages().getFirst().content() : row.prompt().text();
    }

    /** 1 if it is, 0 if it is shorter, ½ if both are equally long. */
    private static double chosenIsLonger(Paired row) {
        return (1 + Integer.signum(row.chosen().text().length() - row.rejected().text().length())) / 2.0;
    }

    private static ExampleView view(ExampleView all, List<Paired> rows) {
        return ExampleView.of(all.version(), all.kind(), rows);
    }

    private Path train(Path model, ExampleView rows, String rate) {
        Settings.Resolved settings = Settings.of(Objectives.find("dpo").orElseThrow()).apply(new HashMap<>(Map.of(
                "training.steps", Integer.toString(EPOCHS * rows.size() / BATCH), "training.batch_size",
                Integer.toString(BATCH), "optimizer.learning_rate", rate,
                "objective.beta", Double.toString(BETA), "data.max_length", Integer.toString(LONGEST),
                "data.prompt_truncation", "cut_left", "samples.prompts", "0", "compute.threads", "1", "training.seed",
                "1")));
        RunSpec spec = new RunSpec(RunSpec.CURRENT_VERSION, "hh", rows.version(), Optional.empty(), model.toString(),
                Optional.empty(), "dpo", settings.hyper(), settings.settings());
        Path checkpoints = folder.resolve("rate-" + rate + "-rows-" + rows.size());
        List<RunEvent> events = new ArrayList<>();
        new Trainer(spec, new TrainInputs(rows, Optional.empty(), model, Optional.of(model), checkpoints), events::add,
                new StopSignal()).run();
        RunEvent.Ended end = (RunEvent.Ended) events.getLast();
        assertThat(end.outcome()).as(end.message()).isEqualTo(Outcome.FINISHED);
        return events.stream().filter(RunEvent.Checkpointed.class::isInstance).map(RunEvent.Checkpointed.class::cast)
                .map(RunEvent.Checkpointed::folder).map(checkpoints::resolve).toList().getLast();
    }

    /** Whether the implied reward β log (π / π_ref) of the chosen answer is the higher one. */
    private static Map<Paired, Double> correct(Path reference, Path policy, List<Paired> rows) {
        Map<Paired, Double> before = margins(reference, rows);
        Map<Paired, Double> after = margins(policy, rows);
        return rows.stream()
                .collect(Collectors.toMap(row -> row, row -> after.get(row) > before.get(row) ? 1.0 : 0.0));
    }

    /** log π(chosen) − log π(rejected), in nats. */
    private static Map<Paired, Double> margins(Path folder, List<Paired> rows) {
        try (TextTokenizer tokenizer = TextTokenizer.load(folder);
                NDManager manager = Torch.newManager();
                TransformerPolicy policy = TransformerPolicy.load(folder, manager, Precision.FLOAT32)) {
            ToDoubleFunction<Encoded> sum = row -> Arrays.stream(TokenLogProbs.ofCompletions(policy, List.of(row))
                    .getFirst()).sum();
            return rows.stream().collect(Collectors.toMap(row -> row, row -> {
                List<Encoded> sides = sides(tokenizer, row);
                return sum.applyAsDouble(sides.get(0)) - sum.applyAsDouble(sides.get(1));
            }));
        }
    }

    private static double cutShare(Path model, List<Paired> rows) {
        try (TextTokenizer tokenizer = TextTokenizer.load(model)) {
            return rows.stream().filter(row -> longest(tokenizer, row) > LONGEST).count() / (double) rows.size();
        }
    }

    private static int longest(TextTokenizer tokenizer, Paired row) {
        return Math.max(tokenizer.encode(row.prompt(), row.chosen()).length(),
                tokenizer.encode(row.prompt(), row.rejected()).length());
    }

    /** Both sides as training sees them: the prompt's start is cut by the same amount, then the end. */
    private static List<Encoded> sides(TextTokenizer tokenizer, Paired row) {
        int over = Math.max(0, longest(tokenizer, row) - LONGEST);
        return List.of(row.chosen(), row.rejected()).stream().map(answer -> tokenizer.encode(row.prompt(), answer))
                .map(encoded -> cut(encoded, Math.min(over, encoded.promptLength() - 1))).toList();
    }

    private static Encoded cut(Encoded row, int fromStart) {
        int length = Math.min(LONGEST, row.length() - fromStart);
        int[] ids = new int[length];
        ids[0] = row.id(0);
        for (int i = 1; i < length; i++) {
            ids[i] = row.id(i + fromStart);
        }
        int prompt = Math.min(row.promptLength() - fromStart, length);
        return new Encoded(ids, prompt, new int[length - prompt], false);
    }

    private static void note(String line) throws IOException {
        Files.writeString(FIGURES, line + "\n", StandardCharsets.UTF_8, StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }
}
