package preflab.datasets.store;

import java.util.BitSet;
import java.util.List;

/** Row positions of the three parts of a view, each rising; together they are all rows, none twice. */
public record Split(List<Integer> train, List<Integer> validation, List<Integer> test) {
    public Split {
        train = List.copyOf(train);
        validation = List.copyOf(validation);
        test = List.copyOf(test);
    }

    /** The rows of one part. */
    public List<Integer> rows(SplitPlan.Part part) {
        return switch (part) {
            case TRAIN -> train;
            case VALIDATION -> validation;
            case TEST -> test;
        };
    }

    /** The rows of one part as a set. */
    BitSet part(SplitPlan.Part part) {
        BitSet rows = new BitSet();
        rows(part).forEach(rows::set);
        return rows;
    }
}
