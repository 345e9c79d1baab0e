package preflab.engine.template;

import java.util.HashMap;
import java.util.Map;

/** Names and their values: each turn of a loop and each call of a macro has names of its own, on top of the outer ones. */
final class Scope {

    /** Macros that call each other deeper than this are refused. */
    private static final int DEEPEST = 100;

    private final Map<String, Object> values;
    private final Scope outer; // or null
    private final Progress progress;

    private Scope(Map<String, Object> values, Scope outer, Progress progress) {
        this.values = values;
        this.outer = outer;
        this.progress = progress;
    }

    static Scope of(Map<String, Object> values) {
        return new Scope(new HashMap<>(values), null, new Progress());
    }

    Scope inner() {
        return new Scope(new HashMap<>(), this, progress);
    }

    Object get(String name) {
        for (Scope scope = this; scope != null; scope = scope.outer) {
            Object value = scope.values.get(name);
            if (value != null) {
                return value;
            }
        }
        return Undefined.name(name);
    }

    void set(String name, Object value) {
        values.put(name, value);
    }

    /** Where the work stands, for messages. */
    Progress progress() {
        return progress;
    }

    /** One rendering: the place last reached, and bounds on a template that would never end. */
    static final class Progress {

        private static final int MOST_STEPS = 5_000_000;

        private Place place = new Place(1, 1);
        private int steps;
        private int depth;

        void reach(Place at) {
            place = at;
            if (++steps > MOST_STEPS) {
                throw new Fault("the template does more than " + MOST_STEPS + " steps");
            }
        }

        Place place() {
            return place;
        }

        void enter() {
            if (++depth > DEEPEST) {
                throw new Fault("macros call each other more than " + DEEPEST + " deep");
            }
        }

        void leave() {
            depth--;
        }
    }
}
