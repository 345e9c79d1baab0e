package preflab.datasets.example;

/** A demonstration to forget or to retain. */
public record Unlearning(ExampleId id, Content prompt, Content completion, boolean forget,
        Source source) implements PreferenceExample {
    @Override
    public Kind kind() {
        return Kind.FORGET_RETAIN;
    }

    @Override
    public Unlearning withId(ExampleId newId) {
        return new Unlearning(newId, prompt, completion, forget, source);
    }
}
