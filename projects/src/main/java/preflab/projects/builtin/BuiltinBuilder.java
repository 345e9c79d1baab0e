package preflab.projects.builtin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import preflab.datasets.sample.SumChecker;
import preflab.datasets.sample.SumProblem;
import preflab.engine.train.RunEvent;

/** Makes the built-in model and data anew, as the command {@code make-builtin} does. */
public final class BuiltinBuilder {

    /** Files of the model that ship. */
    private static final List<String> MODEL_FILES = List.of("config.json", "model.safetensors", "tokenizer.json",
            "generation_config.json");

    private final BuiltinRecipe recipe;
    private final Consumer<String> say;

    /** @param say takes one line per stage */
    public BuiltinBuilder(BuiltinRecipe recipe, Consumer<String> say) {
        this.recipe = recipe;
        this.say = say;
    }

    /**
     * Writes {@code model/} and {@code data/} under this folder.
     *
     * @return the base model's greedy accuracy on the test problems
     */
    public double build(Path folder) {
        try {
            Path work = Files.createDirectories(folder.resolve("work"));
            Path model = copyModel(trainedModel(work), folder.resolve("model"));
            return data(model, folder.resolve("data"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Draws, checks and values this model's answers and writes the data sets.
     *
     * @return the model's greedy accuracy on the test problems
     */
    public double data(Path model, Path folder) {
        BuiltinRecipe.Problems problems = recipe.problems();
        try (Answerer answerer = new Answerer(model)) {
            double accuracy = accuracy(answerer, problems.test());
            say.accept(String.format(Locale.ROOT, "greedy accuracy of the base: %.3f", accuracy));
            writeData(answerer, problems, Files.createDirectories(folder));
            return accuracy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Trains the base model alone. */
    public Path trainedModel(Path work) {
        say.accept("pre-training on " + recipe.pretrainSteps() * recipe.pretrainBatch() + " imperfect solutions");
        return new BaseModel(recipe, work).train(event -> {
            if (event instanceof RunEvent.Measured m && m.step() % 100 == 0) {
                say.accept("step " + m.step() + " loss " + m.metrics().get("loss"));
            }
        });
    }

    /** Share of the problems that greedy answers of this model get right. */
    public static double accuracy(Path model, List<SumProblem> problems) {
        try (Answerer answerer = new Answerer(model)) {
            return accuracy(answerer, problems);
        }
    }

    private static double accuracy(Answerer answerer, List<SumProblem> problems) {
        List<String> answers = answerer.greedy(problems.stream().map(SumProblem::prompt).toList());
        int right = 0;
        for (int i = 0; i < problems.size(); i++) {
            right += SumChecker.endsRight(problems.get(i), answers.get(i)) ? 1 : 0;
        }
        return (double) right / problems.size();
    }

    private void writeData(Answerer answerer, BuiltinRecipe.Problems problems, Path folder) {
        OnPolicyAnswers onPolicy = new OnPolicyAnswers(recipe, answerer);
        say.accept("drawing " + recipe.answers() + " answers to each of " + recipe.train() + " problems");
        List<OnPolicyAnswers.Answered> answered = onPolicy.draw(problems.train());
        say.accept("valuing steps by " + recipe.rollouts() + " roll-outs each");
        List<OnPolicyAnswers.Valued> valued = onPolicy.value(answered);
        new BuiltinFiles(folder).write(problems, answered, valued);
        say.accept("wrote " + folder);
    }

    private static Path copyModel(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        for (String name : MODEL_FILES) {
            if (Files.exists(from.resolve(name))) {
                Files.copy(from.resolve(name), to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        return to;
    }
}
