package preflab.datasets.store;

import java.util.List;

import preflab.datasets.example.ExampleView;

/** Parts of a view for training and for held-out measurement. */
public final class Splits {

    private Splits() {
    }

    /**
     * Splits at random, but never a prompt: rows with equal prompts stay together, so nothing leaks.
     *
     * @param validation
     *            share of the rows, 0 ≤ share &lt; 1; met as closely as the prompts allow
     * @param test
     *            likewise; the two shares together stay below 1
     * @param seed
     *            equal seeds and equal rows give equal splits
     */
    public static Split byPrompt(ExampleView view, double validation, double test, long seed) {
        return new Split(List.of(), List.of(), List.of());
    }

    /** The rows at these positions of a view, as a view. */
    public static ExampleView part(ExampleView whole, List<Integer> indexes) {
        return whole;
    }
}
