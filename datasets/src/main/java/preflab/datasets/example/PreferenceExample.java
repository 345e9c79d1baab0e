package preflab.datasets.example;

/** One row of preference data. Sealed, so that whoever handles rows handles every kind of them. */
public sealed interface PreferenceExample permits Paired, Unpaired, Ranked, Stepwise, Unlabelled, Unlearning,
        Demonstration, PromptOnly {

    ExampleId id();

    Content prompt();

    Source source();

    /** The kind of dataset such rows make up. */
    Kind kind();

    /** The same row under another id; stores number the rows they accept. */
    PreferenceExample withId(ExampleId id);
}
