package preflab.app.train;

import java.util.List;
import java.util.Set;
import preflab.projects.store.RunStore;
import preflab.projects.store.RunSummary;

/**
 * The runs of a project.
 *
 * @param runs
 *            all of them, newest first
 * @param waiting
 *            the numbers of those that nobody started yet
 */
public record RunList(List<RunSummary> runs, Set<Integer> waiting) {

    public RunList {
        runs = List.copyOf(runs);
        waiting = Set.copyOf(waiting);
    }

    /** As the store has them now; reads, so not on the thread of the window. */
    public static RunList of(RunStore store) {
        return new RunList(store.list(), Set.copyOf(store.waiting()));
    }
}
