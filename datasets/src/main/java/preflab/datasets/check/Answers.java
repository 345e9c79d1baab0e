package preflab.datasets.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import preflab.datasets.example.Content;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.PreferenceExample;

/** Rows with an empty answer, or with two equal ones where a choice is to be learnt. */
final class Answers implements RowCheck {

    private final boolean empty;
    private final List<Integer> rows = new ArrayList<>();
    private int position;

    private Answers(boolean empty) {
        this.empty = empty;
    }

    static Answers empty() {
        return new Answers(true);
    }

    static Answers equal() {
        return new Answers(false);
    }

    @Override
    public void add(PreferenceExample row) {
        List<Content> answers = Parts.of(row).stream().skip(1).map(Parts.Part::content).toList();
        if (empty
                ? row.kind() != Kind.PROMPTS && answers.stream().anyMatch(Content::isBlank)
                : answers.stream().map(Content::text).distinct().count() < answers.size()) {
            rows.add(position);
        }
        position++;
    }

    @Override
    public Optional<Finding> finding(ExampleView view) {
        if (rows.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(empty
                ? new Finding("empty_answers", "an empty answer in " + Finding.rows(rows.size()), rows.size(), rows,
                        "leave them out; an empty answer trains the end of text")
                : new Finding("equal_answers", "two equal answers in " + Finding.rows(rows.size())
                        + ": there is nothing to prefer", rows.size(),
                        rows, "leave them out; their loss never moves"));
    }
}
