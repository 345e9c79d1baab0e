package preflab.app.train;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import preflab.datasets.example.Kind;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.objective.Scores;
import preflab.engine.param.ParamValues;

/** Whether rows of a kind can train an objective. */
final class Fit {

    private static final Map<Class<? extends Scores>, Kind> MADE_FOR = Map.of(Scores.Demonstrations.class, Kind.SFT,
            Scores.Pairs.class, Kind.PAIRED, Scores.PairsWithSamples.class, Kind.PAIRED, Scores.StepPairs.class,
            Kind.STEPWISE, Scores.Unpaired.class, Kind.UNPAIRED, Scores.RejectedWithSamples.class, Kind.UNPAIRED,
            Scores.Steps.class, Kind.STEPWISE, Scores.Candidates.class, Kind.RANKED, Scores.Unlearning.class,
            Kind.FORGET_RETAIN);

    private Fit() {
    }

    /** Why rows of this kind cannot be used; empty if they can. */
    static Optional<String> problem(ObjectiveType<?> objective, Optional<ParamValues> hyper, Kind kind) {
        Set<Kind> kinds = hyper.map(objective.needs()).orElseGet(objective::defaultNeeds).kinds();
        return kinds.contains(kind) ? Optional.empty() : Optional.of(objective.name() + " needs " + words(kinds));
    }

    /** Whether rows of this kind are what the objective was made for, not only what can be read as such. */
    static boolean madeFor(ObjectiveType<?> objective, Kind kind) {
        return MADE_FOR.get(objective.scores()) == kind;
    }

    /** "paired or ranked data". */
    static String words(Set<Kind> kinds) {
        return kinds.stream().map(Kind::id).sorted().collect(Collectors.joining(" or ")) + " data";
    }
}
