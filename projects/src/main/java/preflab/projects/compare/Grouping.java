package preflab.projects.compare;

import java.util.List;

/**
 * Which runs share a line of the table.
 *
 * @param butSeed
 *            those alike in all settings except the seed
 * @param names
 *            those with the same values of these settings; empty for a line each
 */
public record Grouping(boolean butSeed, List<String> names) {

    /** A line for each run. */
    public static final Grouping NONE = new Grouping(false, List.of());
    /** Runs alike in all settings except the seed. */
    public static final Grouping ALL_BUT_SEED = new Grouping(true, List.of());

    public Grouping {
        names = List.copyOf(names);
    }

    /** Runs alike in these settings. */
    public static Grouping by(List<String> names) {
        return new Grouping(false, names);
    }

    boolean isNone() {
        return !butSeed && names.isEmpty();
    }

    Object key(int run, RunFields fields) {
        if (isNone()) {
            return run;
        }
        return butSeed ? fields.allButSeed() : names.stream().map(name -> fields.get(name).orElse("–")).toList();
    }
}
