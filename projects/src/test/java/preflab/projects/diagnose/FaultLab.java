package preflab.projects.diagnose;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import preflab.datasets.example.Content;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.Demonstration;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Source;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.Stepwise;
import preflab.datasets.example.Unlearning;
import preflab.datasets.example.Unpaired;
import preflab.datasets.importer.Progress;
import preflab.datasets.sample.CharTokenizer;
import preflab.datasets.sample.Mistake;
import preflab.datasets.sample.SumGenerator;
import preflab.datasets.sample.SumProblem;
import preflab.datasets.sample.SumSolution;
import preflab.engine.model.ModelConfig;
import preflab.engine.model.TransformerPolicy;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.objective.Objectives;
import preflab.engine.tensor.Torch;
import preflab.engine.train.RunEvent;
import preflab.engine.train.RunSpec;
import preflab.engine.train.Settings;
import preflab.engine.train.StopSignal;
import preflab.engine.train.TrainInputs;
import preflab.engine.train.Trainer;
import preflab.projects.run.RunWorker;
import preflab.projects.workspace.Workspace;

/**
 * Trains a small model for real, in about a second, as a run in a project: with rows and settings as they should be, or
 * spoilt on purpose. The model has a hundred thousand weights and learned sums of two numbers from somebody who forgets
 * the carry every other time.
 */
final class FaultLab implements AutoCloseable {

    /** What is wrong with the rows. */
    enum Rows {
        /** Right answers are preferred to wrong ones. */
        SOUND,
        /** Every label is the wrong way round, in the held-out rows too: the judge is wrong. */
        WRONG_JUDGE,
        /** Every fourth label is the wrong way round. */
        FLIPPED,
        /** Both sides of every second pair are the same. */
        EQUAL_SIDES,
        /** Preferred answers say everything three times. */
        LONG_CHOSEN,
        /** Preferred answers leave the working out. */
        SHORT_CHOSEN
    }

    /** A healthy run's settings, whatever the objective. */
    private static final Map<String, String> COMMON = Map.ofEntries(Map.entry("training.steps", "24"),
            Map.entry("training.batch_size", "16"), Map.entry("optimizer.learning_rate", "2e-5"),
            Map.entry("optimizer.max_grad_norm", "10000"), Map.entry("schedule.kind", "constant"),
            Map.entry("samples.prompts", "0"), Map.entry("evaluation.rows", "32"),
            Map.entry("evaluation.every", "12"), Map.entry("evaluation.max_new_tokens", "24"),
            Map.entry("evaluation.kl_prompts", "0"), Map.entry("checkpoint.keep_last", "1"),
            Map.entry("compute.threads", "1"));
    private static final ModelConfig CONFIG = new ModelConfig("llama", CharTokenizer.vocabularySize(), 64, 128, 2, 4, 4,
            16, 96, 1e-5, 10_000, true, CharTokenizer.BOS, CharTokenizer.EOS);
    private static final SumGenerator SUMS = new SumGenerator(2, 1, 25, Map.of(Mistake.DROPPED_CARRY, 0.5));
    private static final int PROBLEMS = 300;
    private static final int HELD_OUT = 32;
    private static final Source SOURCE = new Source("made for this test", 1);

    private final Workspace workspace;
    private final Path model;
    private final Map<String, DatasetVersionId> stored = new HashMap<>();

    FaultLab(Path folder) {
        workspace = Workspace.create(folder.resolve("faults.preflab"));
        model = baseModel(folder);
    }

    Workspace workspace() {
        return workspace;
    }

    List<Finding> findings(int run, boolean withRows) {
        if (withRows) {
            Diagnosis.readRows(workspace, run, Progress.NONE);
        }
        return Diagnosis.of(workspace, run).findings();
    }

    /** A run's number, after it ended. */
    int train(String objective, int seed, Rows rows, String... settings) {
        Kind kind = kind(objective);
        DatasetVersionId train = stored.computeIfAbsent("train " + rows + kind + seed,
                name -> store(name, kind, train(seed), rows, seed));
        DatasetVersionId heldOut = stored.computeIfAbsent("held out " + (rows == Rows.WRONG_JUDGE) + kind,
                name -> store(name, kind, heldOut(), rows == Rows.WRONG_JUDGE ? rows : Rows.SOUND, 0));
        int run = workspace.runs().create(spec(objective, seed, train, heldOut, settings));
        RunWorker.execute(workspace, run, event -> {
        });
        return run;
    }

    static Kind kind(String objective) {
        return switch (objective) {
            case "kto", "pmpo", "bco" -> Kind.UNPAIRED;
            case "pipa_m", "pipa_n" -> Kind.STEPWISE;
            case "npo", "npo_rt", "ga", "graddiff", "simnpo" -> Kind.FORGET_RETAIN;
            default -> Kind.PAIRED;
        };
    }

    private static List<SumProblem> problems() {
        return SUMS.problems(PROBLEMS, 1).stream().filter(p -> p.terms().get(0) % 10 + p.terms().get(1) % 10 > 9)
                .toList();
    }

    private static List<SumProblem> heldOut() {
        return problems().subList(0, HELD_OUT);
    }

    private static List<SumProblem> train(int seed) {
        List<SumProblem> rest = new ArrayList<>(problems().subList(HELD_OUT, problems().size()));
        Collections.shuffle(rest, new Random(seed));
        return rest;
    }

    private DatasetVersionId store(String name, Kind kind, List<SumProblem> problems, Rows rows, int seed) {
        List<PreferenceExample> all = new ArrayList<>();
        Random random = new Random(seed);
        for (SumProblem problem : problems) {
            boolean flipped = rows == Rows.WRONG_JUDGE || (rows == Rows.FLIPPED && all.size() % 4 == 3);
            String right = problem.solution().text();
            String wrong = wrong(problem, random);
            String good = flipped ? wrong : right;
            String bad = flipped ? right : wrong;
            if (rows == Rows.EQUAL_SIDES && all.size() % 2 == 0) {
                bad = good;
            } else if (rows == Rows.LONG_CHOSEN) {
                good = right.lines().findFirst().orElseThrow() + "\n" + right.lines().findFirst().orElseThrow() + "\n"
                        + right;
            }
            if (rows == Rows.SHORT_CHOSEN) {
                good = "#### " + problem.answer();
                bad = right;
            }
            all.add(row(kind, all.size(), Content.of(problem.prompt()), good, bad));
        }
        return workspace.datasets().add(name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-"), kind,
                all.iterator(), "made for this test");
    }

    private static String wrong(SumProblem problem, Random random) {
        for (;;) {
            String text = SUMS.imperfectSolution(problem, random).text();
            if (!text.equals(problem.solution().text())) {
                return text;
            }
        }
    }

    private static PreferenceExample row(Kind kind, int index, Content prompt, String good, String bad) {
        ExampleId id = new ExampleId(index);
        boolean isGood = index % 2 == 0;
        String either = isGood ? good : bad;
        return switch (kind) {
            case PAIRED -> new Paired(id, prompt, Content.of(good), Content.of(bad), SOURCE);
            case UNPAIRED -> new Unpaired(id, prompt, Content.of(either), isGood, SOURCE);
            case FORGET_RETAIN -> new Unlearning(id, prompt, Content.of(either), !isGood, SOURCE);
            default -> new Stepwise(id, prompt, SumSolution.split(either).steps().stream()
                    .map(step -> Step.labelled(step, isGood ? StepLabel.GOOD : StepLabel.BAD)).toList(),
                    Optional.of(isGood), SOURCE);
        };
    }

    private RunSpec spec(String objective, int seed, DatasetVersionId train, DatasetVersionId heldOut,
            String... settings) {
        return spec(objective, seed, train, Optional.of(heldOut), model.toString(), settings);
    }

    private static RunSpec spec(String objective, int seed, DatasetVersionId train, Optional<DatasetVersionId> heldOut,
            String model, String... settings) {
        ObjectiveType<?> type = Objectives.find(objective).orElseThrow();
        Map<String, String> given = new HashMap<>(COMMON);
        given.put("training.seed", Integer.toString(seed));
        Settings known = Settings.of(type);
        for (String setting : settings) {
            String[] pair = setting.split("=", 2);
            given.put(known.resolve(pair[0]).name(), pair[1]);
        }
        Settings.Resolved resolved = known.apply(given);
        return new RunSpec(RunSpec.CURRENT_VERSION, objective + " " + seed, train, heldOut, model, Optional.empty(),
                type.id(), resolved.hyper(), resolved.settings());
    }

    /** Learns from imperfect solutions of all problems. */
    private static Path baseModel(Path folder) {
        Random random = new Random(5);
        List<PreferenceExample> rows = new ArrayList<>();
        List<SumProblem> problems = SUMS.problems(PROBLEMS, 1);
        for (int i = 0; i < 20_000; i++) {
            SumProblem problem = problems.get(i % problems.size());
            rows.add(new Demonstration(new ExampleId(i), Content.of(problem.prompt()),
                    Content.of(SUMS.imperfectSolution(problem, random).text()), SOURCE));
        }
        ExampleView view = ExampleView.of(new DatasetVersionId("imperfect", 1, "0".repeat(64)), Kind.SFT, rows);
        RunSpec spec = spec("sft", 1, view.version(), Optional.empty(), "random", "training.steps=400",
                "batch_size=64", "optimizer.learning_rate=3e-3", "schedule.kind=cosine", "evaluation.every=0",
                "max_grad_norm=1");
        List<Path> checkpoints = new ArrayList<>();
        new Trainer(spec, new TrainInputs(view, Optional.empty(), random(folder), Optional.empty(),
                folder.resolve("base")), event -> {
                    if (event instanceof RunEvent.Checkpointed done) {
                        checkpoints.add(done.folder());
                    }
                }, new StopSignal()).run();
        return checkpoints.getLast();
    }

    private static Path random(Path folder) {
        try (NDManager manager = Torch.newManager();
                TransformerPolicy policy = TransformerPolicy.random(CONFIG, 3, manager)) {
            Path tokenizer = Files.writeString(folder.resolve("tokenizer.json"), CharTokenizer.json(),
                    StandardCharsets.UTF_8);
            policy.save(folder.resolve("random"), tokenizer);
            return folder.resolve("random");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        workspace.close();
    }
}
