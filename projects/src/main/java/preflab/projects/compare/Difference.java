package preflab.projects.compare;

import java.util.List;

/**
 * A setting of the compared runs, a fact of their data or of their environment, side by side.
 *
 * @param group
 *            {@code data}, {@code model}, {@code objective}, {@code hyper}, {@code settings} or {@code environment}
 * @param values
 *            in the order of the runs; – where a run does not have the setting
 */
public record Difference(String group, String name, List<String> values) {
    public Difference {
        values = List.copyOf(values);
    }

    /** Whether the runs are not all alike in it. */
    public boolean differs() {
        return values.stream().distinct().count() > 1;
    }

    /** As it is set and asked for: {@code objective.beta}, {@code training.seed}; {@code environment.threads}. */
    public String fullName() {
        return switch (group) {
            case "hyper" -> "objective." + name;
            case Differences.ENVIRONMENT -> group + "." + name;
            default -> name;
        };
    }
}
