package preflab.datasets;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

import preflab.datasets.example.Content;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.Demonstration;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Message;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.PromptOnly;
import preflab.datasets.example.Ranked;
import preflab.datasets.example.Ranked.Candidate;
import preflab.datasets.example.Source;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.Stepwise;
import preflab.datasets.example.Unlabelled;
import preflab.datasets.example.Unlearning;
import preflab.datasets.example.Unpaired;

/** Short ways to examples in tests. Ids are 0 and sources are the file {@code test}, row 1; stores renumber. */
public final class Examples {

    private static final ExampleId ID = new ExampleId(0);
    private static final Source SOURCE = new Source("test", 1);

    private Examples() {
    }

    public static Paired paired(String prompt, String chosen, String rejected) {
        return new Paired(ID, Content.of(prompt), Content.of(chosen), Content.of(rejected), SOURCE);
    }

    public static Unpaired unpaired(String prompt, String completion, boolean accepted) {
        return new Unpaired(ID, Content.of(prompt), Content.of(completion), accepted, SOURCE);
    }

    /** Candidates in falling order of preference: the scores are −1, −2, … */
    public static Ranked ranked(String prompt, String... bestFirst) {
        List<Candidate> candidates = new ArrayList<>();
        for (String text : bestFirst) {
            candidates.add(new Candidate(Content.of(text), -1.0 - candidates.size()));
        }
        return new Ranked(ID, Content.of(prompt), candidates, SOURCE);
    }

    public static Stepwise stepwise(String prompt, Step... steps) {
        return new Stepwise(ID, Content.of(prompt), List.of(steps), Optional.empty(), SOURCE);
    }

    public static Stepwise stepwise(String prompt, boolean answerCorrect, Step... steps) {
        return new Stepwise(ID, Content.of(prompt), List.of(steps), Optional.of(answerCorrect), SOURCE);
    }

    /** A step with both a verdict and a value. */
    public static Step step(String text, StepLabel label, double q) {
        return new Step(text, label, OptionalDouble.of(q));
    }

    public static Unlabelled unlabelled(String prompt, String... completions) {
        List<Content> contents = new ArrayList<>();
        for (String text : completions) {
            contents.add(Content.of(text));
        }
        return new Unlabelled(ID, Content.of(prompt), contents, SOURCE);
    }

    public static Unlearning forget(String prompt, String completion) {
        return new Unlearning(ID, Content.of(prompt), Content.of(completion), true, SOURCE);
    }

    public static Unlearning retain(String prompt, String completion) {
        return new Unlearning(ID, Content.of(prompt), Content.of(completion), false, SOURCE);
    }

    public static Demonstration demonstration(String prompt, String completion) {
        return new Demonstration(ID, Content.of(prompt), Content.of(completion), SOURCE);
    }

    public static PromptOnly prompt(String prompt) {
        return new PromptOnly(ID, Content.of(prompt), SOURCE);
    }

    /** A conversation: texts of user and assistant in turn. */
    public static Content chat(String... turns) {
        List<Message> messages = new ArrayList<>();
        for (String text : turns) {
            messages.add(new Message(messages.size() % 2 == 0 ? "user" : "assistant", text));
        }
        return Content.of(messages);
    }

    /** One assistant turn. */
    public static Content reply(String text) {
        return Content.of(List.of(new Message("assistant", text)));
    }

    /** A view over these rows, numbered from 0, as version 1 of a dataset called {@code test}. */
    public static ExampleView view(PreferenceExample... rows) {
        List<PreferenceExample> numbered = new ArrayList<>();
        for (PreferenceExample row : rows) {
            numbered.add(row.withId(new ExampleId(numbered.size())));
        }
        return ExampleView.of(new DatasetVersionId("test", 1, "0".repeat(64)), rows[0].kind(), numbered);
    }
}
