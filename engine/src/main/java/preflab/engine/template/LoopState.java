package preflab.engine.template;

import java.util.List;

/** The variable {@code loop}: where a loop stands. */
final class LoopState {

    private final List<Object> items;
    private int index;
    private Arguments last; // of changed()

    LoopState(List<Object> items) {
        this.items = items;
    }

    void turn(int to) {
        index = to;
    }

    Object attribute(String name) {
        return switch (name) {
            case "index" -> index + 1L;
            case "index0" -> (long) index;
            case "revindex" -> (long) items.size() - index;
            case "revindex0" -> items.size() - index - 1L;
            case "first" -> index == 0;
            case "last" -> index == items.size() - 1;
            case "length" -> (long) items.size();
            case "depth" -> 1L; // it counts recursion only
            case "depth0" -> 0L;
            case "previtem" -> index == 0 ? new Undefined("there is no previous item") : items.get(index - 1);
            case "nextitem" -> index == items.size() - 1
                    ? new Undefined("there is no next item")
                    : items.get(index + 1);
            case "cycle" -> (Callable) arguments -> arguments.positional()
                    .get(Math.floorMod(index, arguments.positional().size()));
            case "changed" -> (Callable) this::changed;
            default -> new Undefined("loop has no " + name);
        };
    }

    private boolean changed(Arguments arguments) {
        boolean changed = last == null
                || !Comparison.equal(new Tuple(last.positional()), new Tuple(arguments.positional()));
        last = arguments;
        return changed;
    }
}
