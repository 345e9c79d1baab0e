package preflab.projects.compare;

import java.util.List;

/**
 * A setting in which the compared runs differ.
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
}
