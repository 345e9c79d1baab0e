package preflab.datasets.label.export;

import java.util.List;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import preflab.datasets.example.StepLabel;
import preflab.datasets.example.Stepwise;

/** ProcessBench: good steps, the first wrong one, and what follows unmarked. Steps are paragraphs. */
final class FirstErrorRows {

    private FirstErrorRows() {
    }

    static ObjectNode row(Stepwise row) {
        List<StepLabel> labels = row.steps().stream().map(step -> step.label()).toList();
        int error = labels.indexOf(StepLabel.BAD);
        for (int i = 0; i < labels.size(); i++) {
            StepLabel held = error < 0 || i < error ? StepLabel.GOOD : StepLabel.UNMARKED;
            if (i != error && labels.get(i) != held) {
                throw StepExport.refused(row, StepFormat.PROCESSBENCH,
                        "step " + (i + 1) + " is " + labels.get(i).name().toLowerCase(java.util.Locale.ROOT)
                                + "; the format holds good steps, a first wrong one and unmarked ones after it");
            }
        }
        ObjectNode json = PlainRows.JSON.createObjectNode().put("problem",
                PlainRows.problem(row, StepFormat.PROCESSBENCH));
        ArrayNode steps = json.putArray("steps");
        PlainRows.unseparated(row, "\n\n", StepFormat.PROCESSBENCH).forEach(steps::add);
        row.answerCorrect().ifPresent(right -> json.put("final_answer_correct", right));
        json.put("label", error);
        return PlainRows.columns(json, row);
    }
}
