package preflab.projects.builtin;

import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import preflab.datasets.example.Content;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.Demonstration;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Source;
import preflab.datasets.sample.CharTokenizer;
import preflab.datasets.sample.SumProblem;
import preflab.engine.model.TransformerPolicy;
import preflab.engine.model.ModelConfig;
import preflab.engine.objective.Objectives;
import preflab.engine.tensor.Torch;
import preflab.engine.train.Outcome;
import preflab.engine.train.RunEvent;
import preflab.engine.train.RunListener;
import preflab.engine.train.RunSpec;
import preflab.engine.train.Settings;
import preflab.engine.train.StopSignal;
import preflab.engine.train.TrainInputs;
import preflab.engine.train.Trainer;
import preflab.projects.store.ProjectException;

/** Pre-trains the base model: 0.8M parameters that learned adding from somebody who often forgets the carry. */
final class BaseModel {

    /** Four layers of width 128 over characters. */
    static final ModelConfig CONFIG = new ModelConfig("llama", CharTokenizer.vocabularySize(), 128, 344, 4, 4, 4, 32,
            128, 1e-5, 10_000, true, CharTokenizer.BOS, CharTokenizer.EOS);

    private final BuiltinRecipe recipe;
    private final Path work;

    /** Works in this folder, which must exist. */
    BaseModel(BuiltinRecipe recipe, Path work) {
        this.recipe = recipe;
        this.work = work;
    }

    /** Trains from random weights; gives the folder of the trained model. */
    Path train(RunListener listener) {
        Path initial = randomModel();
        List<Path> checkpoints = new ArrayList<>();
        RunEvent.Ended end = new Trainer(spec(), new TrainInputs(solutions(), Optional.empty(), initial,
                Optional.empty(), work.resolve("checkpoints")), event -> {
                    if (event instanceof RunEvent.Checkpointed done) {
                        checkpoints.add(done.folder());
                    }
                    listener.on(event);
                }, new StopSignal()).run();
        if (end.outcome() != Outcome.FINISHED || checkpoints.isEmpty()) {
            throw new ProjectException(ProjectException.Code.WRONG_STATE,
                    "the base model was not trained: " + end.outcome() + ", " + end.message());
        }
        return checkpoints.getLast();
    }

    private Path randomModel() {
        try (NDManager manager = Torch.newManager();
                TransformerPolicy policy = TransformerPolicy.random(CONFIG, recipe.seed(), manager)) {
            Path tokenizer = Files.writeString(work.resolve("tokenizer.json"), CharTokenizer.json(),
                    StandardCharsets.UTF_8);
            Path folder = work.resolve("initial");
            policy.save(folder, tokenizer);
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One imperfect solution for every place in every batch, so that nothing is seen twice word for word by plan. */
    private ExampleView solutions() {
        List<SumProblem> problems = recipe.problems().pretrain();
        Random random = new Random(recipe.seed() + 1);
        int count = recipe.pretrainSteps() * recipe.pretrainBatch();
        List<Demonstration> rows = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            SumProblem problem = problems.get(i % problems.size());
            rows.add(new Demonstration(new ExampleId(i), Content.of(problem.prompt()),
                    Content.of(recipe.generator().imperfectSolution(problem, random).text()),
                    new Source("imperfect-sums", i + 1L)));
        }
        return ExampleView.of(dataset(), Kind.SFT, rows);
    }

    private DatasetVersionId dataset() {
        return new DatasetVersionId("imperfect-sums", 1, "0".repeat(64)); // made from the recipe, kept nowhere
    }

    private RunSpec spec() {
        var sft = Objectives.find("sft").orElseThrow();
        Settings.Resolved values = Settings.of(sft)
                .apply(Map.of("training.steps", String.valueOf(recipe.pretrainSteps()), "training.batch_size",
                        String.valueOf(recipe.pretrainBatch()), "optimizer.learning_rate",
                        String.valueOf(recipe.learningRate()), "training.seed", String.valueOf(recipe.seed()),
                        "evaluation.rows", "0", "samples.prompts", "0"));
        return new RunSpec(RunSpec.CURRENT_VERSION, "base", dataset(), Optional.empty(), "random", Optional.empty(),
                sft.id(), values.hyper(), values.settings());
    }
}
