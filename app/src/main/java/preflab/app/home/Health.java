package preflab.app.home;

import java.util.List;

/**
 * What the engine's self-test found.
 *
 * @param engine
 *            name and version
 * @param device
 *            what it computes on
 * @param memory
 *            in words
 */
public record Health(String engine, String device, String memory, List<Check> checks) {
    public Health {
        checks = List.copyOf(checks);
    }

    /** One thing that was tried. */
    public record Check(String name, boolean ok, String detail) {
    }

    public boolean isWell() {
        return checks.stream().allMatch(Check::ok);
    }

    /** Those that failed. */
    public List<Check> failures() {
        return checks.stream().filter(check -> !check.ok()).toList();
    }
}
