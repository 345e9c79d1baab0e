package preflab.app.compare;

import java.util.List;
import java.util.Set;
import preflab.projects.compare.RunRow;

/** Picks runs to compare, leaves them out, and makes one the baseline. */
final class RunPicks {

    /** More than these are no curves any more, and nobody could wait for their comparison. */
    static final int AT_MOST = 250;

    private final CompareModel model;

    RunPicks(CompareModel model) {
        this.model = model;
    }

    /** Picks these runs, or leaves them out if all are picked. */
    void toggle(List<Integer> runs) {
        if (runs.stream().allMatch(model::isPicked)) {
            leaveOut(runs);
        } else {
            pick(runs.reversed()); // the older ones first, as they were made
        }
    }

    /** Measures the others against the first run of a line, or no longer. */
    void star(List<Integer> runs) {
        Integer baseline = model.baselineProperty().get();
        if (baseline != null && runs.contains(baseline)) {
            model.baselineProperty().set(null);
            return;
        }
        pick(runs.reversed());
        if (model.isPicked(runs.getLast())) {
            model.baselineProperty().set(runs.getLast());
        }
    }

    /** Picks all runs of the table's lines, as far as they can be compared together. */
    void all() {
        pick(model.rows().stream().map(RunRow::numbers).flatMap(List::stream).toList());
    }

    /** Leaves out all. */
    void none() {
        leaveOut(List.copyOf(model.picked()));
    }

    private void pick(List<Integer> runs) {
        List<Integer> fresh = runs.stream().filter(run -> !model.isPicked(run)).toList();
        int room = Math.max(0, AT_MOST - model.picked().size());
        model.savedProperty().set(fresh.size() <= room
                ? ""
                : "at most " + AT_MOST + " runs are compared at a time: filter to compare others");
        if (room > 0 && !fresh.isEmpty()) {
            model.picked().addAll(fresh.subList(0, Math.min(room, fresh.size())));
        }
    }

    private void leaveOut(List<Integer> runs) {
        Set<Integer> out = Set.copyOf(runs);
        Integer baseline = model.baselineProperty().get();
        if (baseline != null && out.contains(baseline)) {
            model.baselineProperty().set(null);
        }
        model.picked().setAll(model.picked().stream().filter(run -> !out.contains(run)).toList());
    }
}
