package preflab.datasets.example;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A prompt with an answer in steps. `answerCorrect` says whether the final answer is right, where known. */
public record Stepwise(ExampleId id, Content prompt, List<Step> steps, Optional<Boolean> answerCorrect,
        Source source) implements PreferenceExample {
    public Stepwise {
        steps = List.copyOf(steps);
    }

    /** The whole answer: the texts of the steps joined, nothing added. */
    public String answer() {
        return steps.stream().map(Step::text).collect(Collectors.joining());
    }

    @Override
    public Kind kind() {
        return Kind.STEPWISE;
    }

    @Override
    public Stepwise withId(ExampleId newId) {
        return new Stepwise(newId, prompt, steps, answerCorrect, source);
    }
}
