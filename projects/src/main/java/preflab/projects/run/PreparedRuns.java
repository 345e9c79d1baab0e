package preflab.projects.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import preflab.engine.param.ParamValues;
import preflab.engine.train.RunSpec;
import preflab.engine.train.TrainSettings;
import preflab.projects.store.RunState;
import preflab.projects.store.RunStore;
import preflab.projects.store.RunSummary;
import preflab.projects.workspace.Workspace;

/** Runs that are entered but not started: they wait, one after another, until somebody starts them. */
public final class PreparedRuns {

    private PreparedRuns() {
    }

    /**
     * Enters more seeds of ways of training, the same new seeds for each: those after the greatest that any of the runs
     * used.
     *
     * @param groups
     *            runs alike but for their seeds; the first of each is repeated, unless another program trained it
     * @param seeds
     *            how many of each
     * @return the new runs' numbers; none where other programs trained all of them
     */
    public static List<Integer> moreSeeds(Workspace workspace, List<List<Integer>> groups, int seeds) {
        RunStore runs = workspace.runs();
        int greatest = groups.stream().flatMap(List::stream).mapToInt(run -> runs.summary(run).seed()).max().orElse(0);
        List<RunSpec> specs = new ArrayList<>();
        for (int seed = greatest + 1; seed <= greatest + seeds; seed++) {
            for (List<Integer> group : groups.stream().filter(one -> runs.summary(one.getFirst()).hasRunFile())
                    .toList()) {
                specs.add(withSeed(runs.spec(group.getFirst()), seed));
            }
        }
        return specs.stream().map(runs::create).toList();
    }

    private static RunSpec withSeed(RunSpec spec, int seed) {
        Map<String, String> settings = new HashMap<>(spec.settings().asText());
        settings.put(TrainSettings.SEED.id(), String.valueOf(seed));
        return new RunSpec(spec.version(), spec.name(), spec.dataset(), spec.evaluation(), spec.model(),
                spec.reference(), spec.objective(), spec.hyper(), ParamValues.parse(TrainSettings.ALL, settings));
    }

    /** The oldest run that waits, unless some run is being executed: then there is no room for another. */
    public static Optional<Integer> next(RunStore runs) {
        List<Integer> waiting = runs.waiting();
        boolean busy = runs.list().stream().filter(run -> !waiting.contains(run.id())).map(RunSummary::state)
                .anyMatch(state -> !state.isOver() && state != RunState.PAUSED);
        return busy ? Optional.empty() : waiting.stream().findFirst();
    }

    /** Starts the next run in a process of its own, if there is one and room for it. Returns its number. */
    public static Optional<Integer> startNext(Workspace workspace) {
        Optional<Integer> next = next(workspace.runs());
        next.ifPresent(run -> {
            var _ = RunLauncher.start(workspace, run);
        });
        return next;
    }
}
