package preflab.datasets.example;

/** A prompt with a preferred and a dispreferred completion. */
public record Paired(ExampleId id, Content prompt, Content chosen, Content rejected,
        Source source) implements PreferenceExample {
    @Override
    public Kind kind() {
        return Kind.PAIRED;
    }

    @Override
    public Paired withId(ExampleId newId) {
        return new Paired(newId, prompt, chosen, rejected, source);
    }
}
