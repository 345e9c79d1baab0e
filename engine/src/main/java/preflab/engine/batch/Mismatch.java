package preflab.engine.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import preflab.engine.objective.Group;

/**
 * KTO's mismatched completions: those of an optimizer step, cycled by one against its prompts. The j-th completion of a
 * row stands after the prompt of the row behind it, the last row's after the first prompt, so that both sides of a pair
 * go to another row's prompt.
 */
public final class Mismatch {

    /** Rows a step must have: with one, a completion could only answer its own prompt. */
    public static final int FEWEST_ROWS = 2;

    private Mismatch() {
    }

    /**
     * The rows of a step, in its order, each with the mismatched completions that stand after its prompt. Rows of which
     * there are fewer than {@link #FEWEST_ROWS} stay as they are.
     *
     * @param limit
     *            tokens of prompt and completion together; what is longer loses its end
     */
    public static List<Item> added(List<Item> step, int limit) {
        if (step.size() < FEWEST_ROWS) {
            return step;
        }
        List<Item> items = new ArrayList<>(step.size());
        for (int i = 0; i < step.size(); i++) {
            Item item = step.get(i);
            Sequence prompt = item.sequences().getFirst();
            List<Sequence> all = new ArrayList<>(item.sequences());
            neighbour(step, i).ifPresent(other -> other.sequences()
                    .forEach(completion -> all.add(completion.answering(prompt, limit))));
            items.add(new Item(item.row(), all));
        }
        return items;
    }

    /** The nearest row before, round the step, whose prompt is another; none if all rows share one. */
    private static Optional<Item> neighbour(List<Item> step, int i) {
        Sequence prompt = step.get(i).sequences().getFirst();
        return IntStream.range(1, step.size()).mapToObj(back -> step.get((i + step.size() - back) % step.size()))
                .filter(other -> !other.sequences().getFirst().samePrompt(prompt)).findFirst();
    }

    /** The items with only their mismatched completions, or with all others; items without any are left out. */
    public static List<Item> only(List<Item> items, boolean mismatched) {
        return items.stream()
                .map(item -> new Item(item.row(), item.sequences().stream()
                        .filter(sequence -> sequence.group() == Group.MISMATCHED == mismatched).toList()))
                .filter(item -> !item.sequences().isEmpty()).toList();
    }
}
