package preflab.datasets.check;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;

import preflab.datasets.example.Content;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Stepwise;
import preflab.datasets.example.Unlearning;
import preflab.datasets.example.Unpaired;

/** The same answer to the same prompt judged both ways, or the same two answers preferred either way round. */
final class Contradictions implements RowCheck {

    private final Keys keys = new Keys();
    private final BitSet verdicts = new BitSet();

    @Override
    public void add(PreferenceExample row) {
        int position = keys.size();
        switch (row) {
            case Unpaired e -> judged(e, position, e.completion(), e.accepted());
            case Unlearning e -> judged(e, position, e.completion(), e.forget());
            case Stepwise e when e.answerCorrect().isPresent() ->
                judged(e, position, Content.of(e.answer()), e.answerCorrect().get());
            case Paired e -> {
                long chosen = hash(e.chosen());
                long rejected = hash(e.rejected());
                verdicts.set(position, chosen < rejected);
                keys.add(Keys.mixed(prompt(e), Keys.mixed(Math.min(chosen, rejected), Math.max(chosen, rejected))));
            }
            default -> keys.add(Keys.mixed(position, Long.MIN_VALUE)); // says nothing that could be contradicted
        }
    }

    private void judged(PreferenceExample row, int position, Content answer, boolean verdict) {
        verdicts.set(position, verdict);
        keys.add(Keys.mixed(prompt(row), hash(answer)));
    }

    @Override
    public Optional<Finding> finding(ExampleView view) {
        List<Integer> rows = keys.groups().stream().filter(this::disagree).flatMap(List::stream).sorted().toList();
        return rows.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding("contradictory",
                        "the same answers to the same prompt are judged both ways in "
                                + Finding.rows(rows.size()),
                        rows.size(),
                        rows, "decide which verdict is right and leave the other rows out"));
    }

    private boolean disagree(List<Integer> group) {
        return group.stream().map(verdicts::get).distinct().count() == 2;
    }

    private static long prompt(PreferenceExample row) {
        return Fingerprint.ofExactPrompt(row).high();
    }

    private static long hash(Content content) {
        return Fingerprint.of(content).high();
    }
}
