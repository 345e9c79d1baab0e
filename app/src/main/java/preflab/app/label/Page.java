package preflab.app.label;

import java.util.List;
import java.util.Optional;
import preflab.datasets.example.Content;
import preflab.datasets.label.Choice;
import preflab.datasets.label.FinishReason;
import preflab.datasets.label.Suggestion;

/**
 * One example as the window shows it, with what this annotator said about it.
 *
 * @param place
 *            in the queue, from 0
 * @param row
 *            of the version, from 0
 * @param repeated
 *            shown a second time for quality control
 * @param suggestedBy
 *            the run whose suggestions are beside it; empty for none
 * @param others
 *            what other annotators say, a line each; empty until one has given one's own verdict
 */
record Page(int place, int row, boolean repeated, Content prompt, Body body, boolean complete, boolean skipped,
        boolean flagged, String note, String suggestedBy, List<String> others) {

    Page {
        others = List.copyOf(others);
    }

    /** What is asked about. */
    sealed interface Body {
    }

    /**
     * An answer in steps.
     *
     * @param right
     *            whether its final answer is right, where the data says so
     */
    record Steps(List<StepLine> lines, Optional<Boolean> right, Optional<FinishReason> finish) implements Body {
        Steps {
            lines = List.copyOf(lines);
        }
    }

    /** A whole answer. */
    record Answer(Content completion, Optional<Boolean> accepted, boolean mine,
            Optional<Suggestion> suggestion) implements Body {
    }

    /**
     * Two answers, in the order of the screen.
     *
     * @param better
     *            FIRST is A, the left one
     * @param suggestion
     *            likewise; empty beside a verdict of one's own
     */
    record Pair(Content a, Content b, Optional<Choice> better, Optional<Choice> suggestion) implements Body {
    }
}
