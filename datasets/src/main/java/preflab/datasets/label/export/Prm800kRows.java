package preflab.datasets.label.export;

import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.Stepwise;
import preflab.datasets.importer.RatedPath;
import preflab.datasets.label.LabelledRows;

/**
 * PRM800K. A row that was imported from such a file keeps all its candidates; the ratings along its path are corrected in
 * place. Any other row gets one candidate a step.
 */
final class Prm800kRows {

    private Prm800kRows() {
    }

    static ObjectNode row(Stepwise row) {
        String question = row.source().side().get("question");
        String label = row.source().side().get("label");
        if (question != null && label != null && PlainRows.tree(label).path("steps").isArray()) {
            ObjectNode json = PlainRows.JSON.createObjectNode();
            ObjectNode rated = (ObjectNode) PlainRows.tree(label);
            json.set("question", PlainRows.tree(question));
            json.set("label", rated);
            if (corrected(row, rated.path("steps"), json.path("question").path("pre_generated_steps"))) {
                return PlainRows.columns(finished(json, row), row);
            }
        }
        return PlainRows.columns(fresh(row), row);
    }

    /** Puts the labels into the ratings of the path; false where the steps are no longer those of the path. */
    private static boolean corrected(Stepwise row, JsonNode steps, JsonNode underJudgement) {
        List<JsonNode> path = RatedPath.of(steps, underJudgement);
        List<Step> judged = row.steps();
        if (path.size() != judged.size()) {
            return false;
        }
        for (int i = 0; i < path.size(); i++) {
            String text = path.get(i).path("text").asText() + (i + 1 < path.size() ? "\n" : "");
            if (!text.equals(judged.get(i).text())) {
                return false;
            }
        }
        for (int i = 0; i < path.size(); i++) {
            StepLabel label = judged.get(i).label();
            if (label != StepLabel.UNMARKED || path.get(i).has("rating")) {
                ((ObjectNode) path.get(i)).set("rating", PlainRows.number(label));
            }
        }
        return true;
    }

    private static ObjectNode fresh(Stepwise row) {
        ObjectNode json = PlainRows.JSON.createObjectNode();
        json.putObject("question").put("problem", PlainRows.problem(row, StepFormat.PRM800K));
        ArrayNode steps = json.putObject("label").putArray("steps");
        List<String> texts = PlainRows.unseparated(row, "\n", StepFormat.PRM800K);
        for (int i = 0; i < texts.size(); i++) {
            ObjectNode step = steps.addObject();
            ObjectNode candidate = step.putArray("completions").addObject().put("text", texts.get(i));
            candidate.set("rating", PlainRows.number(row.steps().get(i).label()));
            candidate.put("flagged", false);
            step.putNull("human_completion");
            step.put("chosen_completion", 0);
        }
        boolean wrong = row.steps().stream().anyMatch(step -> step.label() == StepLabel.BAD);
        ((ObjectNode) json.path("label")).put("finish_reason", wrong ? "found_error" : "solution");
        return finished(json, row);
    }

    private static ObjectNode finished(ObjectNode json, Stepwise row) {
        String reason = row.source().side().get(LabelledRows.FINISH_REASON);
        if (reason != null) {
            ((ObjectNode) json.path("label")).set("finish_reason", PlainRows.tree(reason));
        }
        return json;
    }
}
