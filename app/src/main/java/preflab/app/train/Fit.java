package preflab.app.train;

import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import preflab.datasets.example.Kind;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.param.ParamValues;

/** Whether rows of a kind can train an objective. */
final class Fit {

    private Fit() {
    }

    /** Why rows of this kind cannot be used; empty if they can. */
    static Optional<String> problem(ObjectiveType<?> objective, Optional<ParamValues> hyper, Kind kind) {
        Set<Kind> kinds = hyper.map(objective.needs()).orElseGet(objective::defaultNeeds).kinds();
        return kinds.contains(kind) ? Optional.empty() : Optional.of(objective.name() + " needs " + words(kinds));
    }

    /** "paired or ranked data". */
    static String words(Set<Kind> kinds) {
        return kinds.stream().map(Kind::id).sorted().collect(Collectors.joining(" or ")) + " data";
    }
}
