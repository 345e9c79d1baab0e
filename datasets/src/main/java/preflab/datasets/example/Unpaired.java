package preflab.datasets.example;

/** A prompt with one completion and whether it was accepted. */
public record Unpaired(ExampleId id, Content prompt, Content completion, boolean accepted,
        Source source) implements PreferenceExample {
    @Override
    public Kind kind() {
        return Kind.UNPAIRED;
    }

    @Override
    public Unpaired withId(ExampleId newId) {
        return new Unpaired(newId, prompt, completion, accepted, source);
    }
}
