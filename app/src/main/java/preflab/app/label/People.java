package preflab.app.label;

import java.util.List;
import preflab.datasets.label.Agreement;

/**
 * Who said how much about a version, how far they agree, and where they do not.
 *
 * @param annotators
 *            in the order of names, adjudicators last
 * @param differing
 *            rows on which annotators differ that the person at the screen may see
 * @param hidden
 *            rows on which others differ that this person has not judged yet
 */
record People(List<Annotator> annotators, Agreement agreement, List<Difference> differing, int hidden) {

    static final People NOBODY = new People(List.of(), new Agreement(0, java.util.Map.of(), List.of(),
            java.util.Map.of()), List.of(), 0);

    People {
        annotators = List.copyOf(annotators);
        differing = List.copyOf(differing);
    }

    /**
     * One person's share.
     *
     * @param complete
     *            rows they finished, repeated ones not counted
     */
    record Annotator(String name, boolean adjudicator, int complete, int flagged, int skipped) {
    }

    /**
     * A row that two people judged differently.
     *
     * @param verdicts
     *            a line each, "anna: good · bad"
     * @param settled
     *            whether an adjudicator has spoken
     */
    record Difference(int row, List<String> verdicts, boolean settled) {
        Difference {
            verdicts = List.copyOf(verdicts);
        }
    }
}
