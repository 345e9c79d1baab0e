package preflab.datasets.label.export;

import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.Stepwise;

/**
 * Math-Shepherd: the tag "ки" after every step, + or − in its place in the label. A last step may go without. Answers
 * that do not begin with white space become rows of its second shape: {@code question, process, labels}, with 1, 0, null.
 */
final class TaggedRows {

    private static final String TAG = " ки";

    private TaggedRows() {
    }

    static ObjectNode row(Stepwise row) {
        String problem = PlainRows.problem(row, StepFormat.MATH_SHEPHERD);
        boolean apart = !isSpace(row.steps().getFirst());
        return PlainRows.columns(apart ? apart(problem, row) : joined(problem, row), row);
    }

    private static ObjectNode apart(String problem, Stepwise row) {
        ObjectNode json = PlainRows.JSON.createObjectNode().put("question", problem);
        StringBuilder process = new StringBuilder();
        ArrayNode labels = json.arrayNode();
        for (int i = 0; i < row.steps().size(); i++) {
            requireSpaceAfterTag(row, i);
            process.append(row.steps().get(i).text()).append(TAG);
            switch (row.steps().get(i).label()) {
                case GOOD -> labels.add(1);
                case BAD -> labels.add(0);
                default -> labels.addNull();
            }
        }
        return json.put("process", process.toString()).set("labels", labels);
    }

    private static ObjectNode joined(String problem, Stepwise row) {
        StringBuilder input = new StringBuilder(problem);
        StringBuilder label = new StringBuilder(problem);
        List<Step> steps = row.steps();
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            requireSpaceAfterTag(row, i);
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
        return PlainRows.JSON.createObjectNode().put("input", input.toString()).put("label", label.toString());
    }

    private static void requireSpaceAfterTag(Stepwise row, int step) {
        if (step > 0 && !isSpace(row.steps().get(step))) {
            throw StepExport.refused(row, StepFormat.MATH_SHEPHERD,
                    "step " + (step + 1) + " does not begin with white space, which the format needs before it");
        }
    }

    private static boolean isSpace(Step step) {
        return Character.isWhitespace(step.text().charAt(0));
    }
}
