package preflab.datasets.example;

/** A prompt with one completion to imitate; for evaluation, the completion holds the right final answer. */
public record Demonstration(ExampleId id, Content prompt, Content completion,
        Source source) implements PreferenceExample {
    @Override
    public Kind kind() {
        return Kind.SFT;
    }

    @Override
    public Demonstration withId(ExampleId newId) {
        return new Demonstration(newId, prompt, completion, source);
    }
}
