package preflab.datasets.example;

import java.util.List;

/** Two or more completions of one prompt that nobody has judged yet. */
public record Unlabelled(ExampleId id, Content prompt, List<Content> completions,
        Source source) implements PreferenceExample {
    public Unlabelled {
        completions = List.copyOf(completions);
    }

    @Override
    public Kind kind() {
        return Kind.UNLABELLED;
    }

    @Override
    public Unlabelled withId(ExampleId newId) {
        return new Unlabelled(newId, prompt, completions, source);
    }
}
