package preflab.datasets.label;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

import preflab.datasets.label.PublishPolicy.Differing;

/**
 * What several people's verdicts on one row come to.
 *
 * @param label
 *            {@link RowLabel#EMPTY} where the data is to stay as it is
 * @param authors
 *            whose verdicts it is made of
 * @param differing
 *            whether annotators differ and no adjudicator has spoken
 * @param leftOut
 *            whether the row is to be left out because of that
 */
record Settled(RowLabel label, List<String> authors, boolean differing, boolean leftOut) {

    /** One question's answers come to this, or to a difference. */
    private record Vote<T>(Optional<T> winner, boolean differing) {
    }

    /** An adjudicator's word wins, the last one's by name of several; else the verdicts are counted. */
    static Settled of(Map<Author, RowLabel> spoken, Differing policy) {
        Optional<Map.Entry<Author, RowLabel>> judge = spoken.entrySet().stream()
                .filter(entry -> entry.getKey().adjudicator()).reduce((_, last) -> last);
        if (judge.isPresent()) {
            return new Settled(judge.get().getValue(), List.of(judge.get().getKey().name()), false, false);
        }
        List<String> names = spoken.keySet().stream().map(Author::name).toList();
        List<RowLabel> labels = List.copyOf(spoken.values());
        if (labels.size() < 2) {
            return new Settled(labels.isEmpty() ? RowLabel.EMPTY : labels.getFirst(), names, false, false);
        }
        return counted(labels, names, policy);
    }

    private static Settled counted(List<RowLabel> labels, List<String> names, Differing policy) {
        Vote<List<Integer>> ends = vote(labels.stream().map(RowLabel::ends).toList());
        Vote<Boolean> accepted = vote(labels.stream().flatMap(label -> label.accepted().stream()).toList());
        Vote<Choice> choice = vote(labels.stream().flatMap(label -> label.choice().stream()).toList());
        Vote<FinishReason> finish = vote(labels.stream().flatMap(label -> label.finish().stream()).toList());
        List<RowLabel> cutAlike = labels.stream()
                .filter(label -> ends.winner().filter(label.ends()::equals).isPresent()).toList();
        boolean differing = ends.differing() || accepted.differing() || choice.differing();
        List<StepVerdict> steps = new ArrayList<>();
        int count = cutAlike.stream().mapToInt(label -> label.steps().size()).max().orElse(0);
        for (int i = 0; i < count; i++) {
            int step = i;
            Vote<StepVerdict> verdict = vote(
                    cutAlike.stream().map(label -> label.step(step)).filter(StepVerdict::given).toList());
            differing |= verdict.differing();
            steps.add(verdict.winner().orElse(StepVerdict.NONE));
        }
        if (differing && policy != Differing.MAJORITY) {
            return new Settled(RowLabel.EMPTY, names, true, policy == Differing.LEAVE_OUT);
        }
        return new Settled(new RowLabel(ends.winner().orElse(List.of()), steps, accepted.winner(), choice.winner(),
                finish.winner(), false, false, false, ""), names, differing, false);
    }

    /** What more said than anything else. */
    private static <T> Vote<T> vote(Collection<T> said) {
        Map<T, Integer> counts = new HashMap<>();
        said.forEach(one -> counts.merge(Objects.requireNonNull(one), 1, Integer::sum));
        int most = counts.values().stream().mapToInt(n -> n).max().orElse(0);
        List<T> winners = counts.entrySet().stream().filter(e -> e.getValue() == most).map(Map.Entry::getKey).toList();
        return new Vote<>(winners.size() == 1 ? Optional.of(winners.getFirst()) : Optional.empty(),
                counts.size() > 1);
    }
}
