package preflab.datasets.example;

import java.util.List;

/** A prompt with several candidate completions, each scored (higher is better). */
public record Ranked(ExampleId id, Content prompt, List<Candidate> candidates,
        Source source) implements PreferenceExample {
    public Ranked {
        candidates = List.copyOf(candidates);
    }

    /** One completion and its score; higher is better. A file's rank r becomes the score −r. */
    public record Candidate(Content completion, double score) {
    }

    @Override
    public Kind kind() {
        return Kind.RANKED;
    }

    @Override
    public Ranked withId(ExampleId newId) {
        return new Ranked(newId, prompt, candidates, source);
    }
}
