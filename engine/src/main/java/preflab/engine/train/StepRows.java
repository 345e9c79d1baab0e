package preflab.engine.train;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import preflab.engine.batch.Item;
import preflab.engine.batch.Mismatch;
import preflab.engine.batch.RowOrder;
import preflab.engine.objective.Group;
import preflab.engine.objective.Needs;

/**
 * The examples of each optimizer step, in order: a pure function of (seed, step). Where a loss takes what to forget and
 * what to retain, an example is a row to forget, and each brings one row to retain along, from an endless order of their
 * own; where it takes mismatched completions, they are those of the step. Not thread-safe.
 */
final class StepRows {

    /** Why one row is not enough, as the end of a sentence. */
    static final String MISMATCHED = "with z0 = batch, completions are put to the prompts of other rows of their step: "
            + "it takes at least 2 rows; or set z0 to a number, such as 0";

    private static final long RETAIN = 0x9e3779b97f4a7c15L; // sets the retain set's order apart

    private final List<Item> main;
    private final List<Item> retain; // empty unless needed
    private final Needs needs;
    private final int perStep;
    private final int limit;
    private final RowOrder order;
    private final RowOrder retainOrder; // or null

    /**
     * The rows of a run.
     *
     * @param perStep
     *            examples of one step
     * @param limit
     *            tokens a sequence may have
     */
    StepRows(List<Item> items, Needs needs, int perStep, int limit, long seed) {
        this.main = items.stream().filter(item -> !isRetained(item)).toList();
        this.retain = needs.retain() ? items.stream().filter(StepRows::isRetained).toList() : List.of();
        this.needs = needs;
        this.perStep = perStep;
        this.limit = limit;
        check();
        this.order = new RowOrder(main.size(), seed);
        this.retainOrder = needs.retain() ? new RowOrder(retain.size(), seed ^ RETAIN) : null;
    }

    private void check() {
        if (main.isEmpty() || (needs.retain() && retain.isEmpty())) {
            throw new TrainException("no row to " + (main.isEmpty() ? "forget" : "retain")
                    + " is left after tokenisation; raise data.max_length");
        }
        if (needs.mismatched() && main.size() < Mismatch.FEWEST_ROWS) {
            throw new TrainException("a single row is left after tokenisation, and " + MISMATCHED);
        }
    }

    private static boolean isRetained(Item item) {
        return item.sequences().getFirst().group() == Group.RETAIN;
    }

    /** So many of the longest examples, each with the longest row to retain where it takes one. */
    List<Item> longest(int count) {
        List<Item> items = byLength(main).subList(0, Math.min(count, main.size()));
        return retain.isEmpty()
                ? items
                : items.stream().map(item -> item.with(byLength(retain).getFirst())).toList();
    }

    private static List<Item> byLength(List<Item> items) {
        return items.stream().sorted(Comparator.comparingInt(Item::longest).reversed()).toList();
    }

    /** Examples in an epoch. */
    int size() {
        return main.size();
    }

    /** The examples of one step, 0 for the first. */
    List<Item> at(int step) {
        List<Item> items = new ArrayList<>(order.step(step, perStep).stream().map(main::get).toList());
        if (retainOrder != null) {
            List<Integer> kept = retainOrder.step(step, perStep);
            for (int i = 0; i < items.size(); i++) {
                items.set(i, items.get(i).with(retain.get(kept.get(i))));
            }
        }
        return needs.mismatched() ? Mismatch.added(items, limit) : items;
    }
}
