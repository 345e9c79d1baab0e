package preflab.datasets.store;

/**
 * How rows are divided into parts for training and for held-out measurement; see {@link Splits#byPrompt}.
 *
 * @param validation
 *            share of the rows, 0 ≤ share &lt; 1
 * @param test
 *            likewise; together below 1
 * @param seed
 *            equal seeds give equal parts
 */
public record SplitPlan(double validation, double test, long seed) {

    /** One of the three. */
    public enum Part {
        TRAIN("train"), VALIDATION("validation"), TEST("test");

        private final String id;

        Part(String id) {
            this.id = id;
        }

        /** Its name on screens, in dataset names and in JSON. */
        public String id() {
            return id;
        }
    }

    public SplitPlan {
        if (!(validation >= 0 && test >= 0 && validation + test < 1)) {
            throw new IllegalArgumentException("the shares of validation and test must not be negative and together"
                    + " stay below 1, not " + validation + " and " + test);
        }
    }
}
