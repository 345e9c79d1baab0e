package preflab.datasets.importer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The way through the rated steps of a PRM800K row. */
public final class RatedPath {

    private RatedPath() {
    }

    /**
     * The chosen completion of each step, else the human one; where a step has neither, the step of the solution under
     * judgement if it is among the candidates, and there the path ends.
     *
     * @param steps
     *            {@code label.steps}
     * @param underJudgement
     *            {@code question.pre_generated_steps}; may be missing
     * @return the nodes themselves, so that ratings can be corrected in place
     */
    public static List<JsonNode> of(JsonNode steps, JsonNode underJudgement) {
        List<JsonNode> path = new ArrayList<>();
        for (JsonNode step : steps) {
            JsonNode chosen = step.path("chosen_completion");
            JsonNode taken = chosen.isInt()
                    ? step.path("completions").path(chosen.intValue())
                    : step.path("human_completion");
            if (!taken.isObject()) {
                String wrong = underJudgement.path(path.size()).asText();
                step.path("completions").valueStream().filter(c -> c.path("text").asText().equals(wrong)).findFirst()
                        .ifPresent(path::add);
                return path;
            }
            path.add(taken);
        }
        return path;
    }
}
