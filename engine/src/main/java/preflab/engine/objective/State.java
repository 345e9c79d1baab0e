package preflab.engine.objective;

import java.util.Map;

/** Running quantities of an objective (such as BCO's δ): they go in and come out, and are checkpointed. */
public record State(Map<String, Double> values) {
    public static final State EMPTY = new State(Map.of());

    public State {
        values = Map.copyOf(values);
    }
}
