package preflab.engine.batch;

import java.util.List;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;

/** Where the steps of an answer lie in its text, and how each was judged. */
final class StepSpans {

    private final int[] ends; // UTF-16 offset behind each step
    private final List<StepLabel> labels;

    StepSpans(List<Step> steps, List<StepLabel> labels) {
        this.labels = labels;
        this.ends = new int[steps.size()];
        int end = 0;
        for (int i = 0; i < ends.length; i++) {
            end += steps.get(i).text().length();
            ends[i] = end;
        }
    }

    /** The step that owns the character at this offset; what follows the text (its end token) is the last step's. */
    int stepAt(int offset) {
        int step = 0;
        while (step < ends.length - 1 && offset >= ends[step]) {
            step++;
        }
        return step;
    }

    boolean marked(int step) {
        return labels.get(step) != StepLabel.UNMARKED;
    }

    boolean right(int step) {
        return labels.get(step) == StepLabel.GOOD;
    }
}
