package preflab.datasets.check;

import java.util.ArrayList;
import java.util.List;

import preflab.datasets.example.Content;
import preflab.datasets.example.Demonstration;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.PromptOnly;
import preflab.datasets.example.Ranked;
import preflab.datasets.example.Stepwise;
import preflab.datasets.example.Unlabelled;
import preflab.datasets.example.Unlearning;
import preflab.datasets.example.Unpaired;

/** The texts a row is made of, by the names of their columns. */
public final class Parts {

    /** One text of a row. */
    public record Part(String name, Content content) {
    }

    private Parts() {
    }

    /** The prompt first, then every answer; an answer in steps is one text. */
    public static List<Part> of(PreferenceExample example) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("prompt", example.prompt()));
        switch (example) {
            case Paired row -> {
                parts.add(new Part("chosen", row.chosen()));
                parts.add(new Part("rejected", row.rejected()));
            }
            case Unpaired row -> parts.add(new Part("completion", row.completion()));
            case Ranked row -> row.candidates().forEach(c -> parts.add(new Part("completions", c.completion())));
            case Stepwise row -> parts.add(new Part("completions", Content.of(row.answer())));
            case Unlabelled row -> row.completions().forEach(c -> parts.add(new Part("completions", c)));
            case Unlearning row -> parts.add(new Part("completion", row.completion()));
            case Demonstration row -> parts.add(new Part("completion", row.completion()));
            case PromptOnly _ -> {
                // the prompt is all there is
            }
        }
        return parts;
    }
}
