package preflab.datasets.label.export;

import java.util.List;

import com.fasterxml.jackson.databind.node.ObjectNode;

import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.Stepwise;

/** Math-Shepherd: the tag "ки" after every step, + or − in its place in the label. A last step may go without. */
final class TaggedRows {

    private static final String TAG = " ки";

    private TaggedRows() {
    }

    static ObjectNode row(Stepwise row) {
        String problem = PlainRows.problem(row, StepFormat.MATH_SHEPHERD);
        StringBuilder input = new StringBuilder(problem);
        StringBuilder label = new StringBuilder(problem);
        List<Step> steps = row.steps();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (!Character.isWhitespace(step.text().charAt(0))) {
                throw StepExport.refused(row, StepFormat.MATH_SHEPHERD,
                        "step " + (i + 1) + " does not begin with white space, which the format needs before it");
            }
            input.append(step.text());
            label.append(step.text());
            if (step.label() != StepLabel.UNMARKED) {
                input.append(TAG);
                label.append(step.label() == StepLabel.GOOD ? " +" : " -");
            } else if (i + 1 < steps.size()) {
                throw StepExport.refused(row, StepFormat.MATH_SHEPHERD,
                        "step " + (i + 1) + " is unmarked, and only the last one may be");
            }
        }
        if (!steps.getFirst().text().stripLeading().startsWith("Step 1:")) {
            throw StepExport.refused(row, StepFormat.MATH_SHEPHERD,
                    "its first step does not begin with 'Step 1:', by which the format finds the question's end");
        }
        return PlainRows.sides(PlainRows.JSON.createObjectNode().put("input", input.toString()).put("label",
                label.toString()), row);
    }
}
