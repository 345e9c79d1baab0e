package preflab.datasets.example;

/** A prompt alone, to be answered by a model. */
public record PromptOnly(ExampleId id, Content prompt, Source source) implements PreferenceExample {
    @Override
    public Kind kind() {
        return Kind.PROMPTS;
    }

    @Override
    public PromptOnly withId(ExampleId newId) {
        return new PromptOnly(newId, prompt, source);
    }
}
