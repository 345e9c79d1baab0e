package preflab.projects.compare;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import preflab.projects.compare.filter.FilterException;
import preflab.projects.compare.filter.RunFilter;
import preflab.projects.store.RunStore;
import preflab.projects.store.RunSummary;

/** Finds runs by a filter over settings, metrics and properties; remembers what it has read of each run. */
public final class RunFinder {

    private final RunStore store;
    private Map<RunSummary, RunFields> known = Map.of();

    public RunFinder(RunStore store) {
        this.store = store;
    }

    /**
     * Numbers of the runs that fit the filter.
     *
     * @param filter
     *            as {@link RunFilter} reads it; blank finds all
     * @throws FilterException
     *             where the filter cannot be read
     */
    public synchronized Set<Integer> find(List<RunSummary> runs, String filter) {
        Map<RunSummary, RunFields> now = new HashMap<>();
        for (RunSummary run : runs) {
            RunFields fields = known.get(run);
            now.put(run, fields != null ? fields : RunFields.of(run, store.specJson(run.id())));
        }
        known = now;
        RunFilter rule = RunFilter.parse(filter,
                name -> now.values().stream().anyMatch(fields -> fields.get(name).isPresent()));
        return runs.stream().filter(run -> rule.test(now.get(run))).map(RunSummary::id).collect(Collectors.toSet());
    }
}
