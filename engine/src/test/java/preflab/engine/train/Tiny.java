package preflab.engine.train;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import preflab.datasets.example.Content;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.Demonstration;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Ranked;
import preflab.datasets.example.Source;
import preflab.datasets.example.Step;
import preflab.datasets.example.Stepwise;
import preflab.datasets.example.Unlearning;
import preflab.datasets.example.Unpaired;
import preflab.engine.model.TransformerPolicy;
import preflab.engine.model.ModelConfig;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.objective.Objectives;
import preflab.engine.tensor.Torch;

/** A model of some ten thousand weights with a tokenizer of single characters, and rows about sums of two digits. */
final class Tiny {

    static final ModelConfig CONFIG = new ModelConfig("llama", 48, 32, 64, 2, 4, 2, 8, 128, 1e-5, 10_000, true, 1, 2);
    private static final Source SOURCE = new Source("tiny", 1);

    private Tiny() {
    }

    /** A model folder with random weights. */
    static Path model(Path parent, long seed) {
        Path folder = parent.resolve("model-" + seed);
        if (!Files.exists(folder)) {
            try (NDManager manager = Torch.newManager()) {
                TransformerPolicy.random(CONFIG, seed, manager).save(folder, tokenizer(parent));
            }
        }
        return folder;
    }

    /** The policy with seed 7 and, where the plan needs one, the reference with seed 8. */
    static RunModels models(RunPlan<?> plan, Path folder) {
        return RunModels.load(plan.settings(), plan.needs(), new TrainInputs(demonstrations(1), Optional.empty(),
                model(folder, 7), Optional.of(model(folder, 8)), folder));
    }

    private static Path tokenizer(Path parent) {
        Path file = parent.resolve("tokenizer.json");
        try (InputStream in = Tiny.class.getResourceAsStream("/preflab/engine/tiny/tokenizer.json")) {
            Files.write(file, in.readAllBytes());
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code 1+2=} with the answer {@code #### 3}. */
    static ExampleView demonstrations(int rows) {
        List<PreferenceExample> list = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            list.add(new Demonstration(new ExampleId(i), prompt(i), Content.of(right(i)), SOURCE));
        }
        return view(Kind.SFT, list);
    }

    /** The right answer before a wrong one of another length. */
    static ExampleView pairs(int rows) {
        List<PreferenceExample> list = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            list.add(new Paired(new ExampleId(i), prompt(i), Content.of(right(i)), Content.of(wrong(i)), SOURCE));
        }
        return view(Kind.PAIRED, list);
    }

    /** Two right answers, then a wrong one. */
    static ExampleView unpaired(int rows) {
        List<PreferenceExample> list = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            boolean good = i % 3 != 2;
            list.add(new Unpaired(new ExampleId(i), prompt(i), Content.of(good ? right(i) : wrong(i)), good, SOURCE));
        }
        return view(Kind.UNPAIRED, list);
    }

    /** Two steps each; every second answer is wrong from its second step on. */
    static ExampleView steps(int rows) {
        List<PreferenceExample> list = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            boolean good = i % 2 == 0;
            List<Step> steps = List.of(Step.valued("add\n", good ? 1 : 0.75),
                    Step.valued(good ? right(i) : wrong(i), good ? 1 : -1));
            list.add(new Stepwise(new ExampleId(i), prompt(i), steps, Optional.of(good), SOURCE));
        }
        return view(Kind.STEPWISE, list);
    }

    /** As {@link #pairs}; the scores of both sides are 0.25 to 1 apart. */
    static ExampleView scoredPairs(int rows) {
        List<PreferenceExample> list = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            Map<String, String> side = Map.of("score_chosen", "1.5", "score_rejected",
                    "\"" + (0.5 + i % 4 / 4.0) + "\"");
            list.add(new Paired(new ExampleId(i), prompt(i), Content.of(right(i)), Content.of(wrong(i)),
                    new Source("tiny", 1, side)));
        }
        return view(Kind.PAIRED, list);
    }

    /** The right answer and two to four wrong ones, in mixed order. */
    static ExampleView ranked(int rows) {
        List<PreferenceExample> list = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            List<Ranked.Candidate> candidates = new ArrayList<>();
            for (int k = 0; k < 2 + i % 3; k++) {
                candidates.add(new Ranked.Candidate(Content.of(wrong(i + k) + "?".repeat(k)), k));
            }
            candidates.add(i % candidates.size(), new Ranked.Candidate(Content.of(right(i)), 10));
            list.add(new Ranked(new ExampleId(i), prompt(i), candidates, SOURCE));
        }
        return view(Kind.RANKED, list);
    }

    /** Every third row is to be retained, the others to be forgotten. */
    static ExampleView unlearning(int rows) {
        List<PreferenceExample> list = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            list.add(new Unlearning(new ExampleId(i), prompt(i), Content.of(right(i)), i % 3 != 2, SOURCE));
        }
        return view(Kind.FORGET_RETAIN, list);
    }

    /** As {@link #steps}, with a right and a wrong answer to every prompt. */
    static ExampleView stepAnswers(int rows) {
        List<PreferenceExample> list = new ArrayList<>();
        ExampleView steps = steps(rows);
        for (int i = 0; i < rows; i++) {
            Stepwise row = (Stepwise) steps.get(i);
            list.add(new Stepwise(row.id(), prompt(i / 2), row.steps(), row.answerCorrect(), SOURCE));
        }
        return view(Kind.STEPWISE, list);
    }

    static ExampleView view(Kind kind, List<PreferenceExample> rows) {
        return ExampleView.of(new DatasetVersionId("tiny-" + kind.id(), 1, "0".repeat(64)), kind, rows);
    }

    static Content prompt(int i) {
        return Content.of(i % 10 + "+" + i / 10 % 10 + "=");
    }

    private static String right(int i) {
        return "#### " + (i % 10 + i / 10 % 10);
    }

    private static String wrong(int i) {
        return "oh dear " + "?".repeat(i % 5) + (i % 10 + 3);
    }

    /** A run of a few small steps without samples; overrides by dotted or bare names. */
    static RunSpec spec(String objective, ExampleView rows, Map<String, String> overrides) {
        ObjectiveType<?> type = Objectives.find(objective).orElseThrow();
        Map<String, String> given = new HashMap<>(Map.of("training.steps", "4", "training.batch_size", "8",
                "optimizer.learning_rate", "0.01", "samples.prompts", "0", "evaluation.rows", "0", "schedule.kind",
                "constant", "schedule.warmup_ratio", "0"));
        Settings known = Settings.of(type);
        overrides.forEach((name, value) -> given.put(known.resolve(name).name(), value));
        Settings.Resolved resolved = known.apply(given);
        return new RunSpec(RunSpec.CURRENT_VERSION, "tiny " + objective, rows.version(), Optional.empty(), "tiny",
                Optional.empty(), objective, resolved.hyper(), resolved.settings());
    }

    /** What a run said. */
    static final class Recorder implements RunListener {
        final List<RunEvent> events = new ArrayList<>();

        @Override
        public void on(RunEvent event) {
            events.add(event);
        }

        <T extends RunEvent> List<T> all(Class<T> type) {
            return events.stream().filter(type::isInstance).map(type::cast).toList();
        }

        /** The values of a metric in the order of the steps. */
        List<Double> series(String key) {
            return all(RunEvent.Measured.class).stream().filter(m -> m.metrics().containsKey(key))
                    .map(m -> m.metrics().get(key)).toList();
        }

        RunEvent.Ended ended() {
            return (RunEvent.Ended) events.getLast();
        }
    }

    /** Runs to the end from the model with seed 7, which is also the reference. */
    static Recorder run(Path folder, String objective, ExampleView rows, Map<String, String> overrides) {
        return run(folder, spec(objective, rows, overrides), rows, Optional.empty(), model(folder, 7));
    }

    static Recorder run(Path folder, RunSpec spec, ExampleView rows, Optional<ExampleView> heldOut, Path model) {
        Recorder recorder = new Recorder();
        new Trainer(spec, new TrainInputs(rows, heldOut, model, Optional.empty(), folder.resolve("checkpoints")),
                recorder, new StopSignal()).run();
        return recorder;
    }
}
