package preflab.projects.foreign;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import preflab.datasets.example.DatasetVersionId;
import preflab.engine.train.Outcome;
import preflab.engine.train.RunEvent;
import preflab.engine.train.Sample;
import preflab.projects.store.ImportedRun;
import preflab.projects.store.LateEvaluation;

/**
 * A run as a file of another program tells it.
 *
 * @param settings
 *            what the file says of how it was trained, by dotted names
 * @param model
 *            what it started from; – where the file does not say
 * @param problems
 *            the version whose prompts the answers are to, if any
 */
record Found(String name, Curves curves, Map<String, String> settings, String model, List<Sample> answers,
        Optional<DatasetVersionId> problems) {

    static Found of(String name, Curves curves) {
        return new Found(name, curves, Map.of(), ImportedRun.UNKNOWN, List.of(), Optional.empty());
    }

    ImportedRun run(String origin, String sha256, String objective, Instant at) {
        int steps = Math.max(curves.lastStep(), answers.isEmpty() ? 0 : 1);
        List<RunEvent> events = new ArrayList<>(curves.events());
        if (!answers.isEmpty() && problems.isEmpty()) {
            events.add(new RunEvent.Sampled(steps, "eval", answers));
        }
        events.add(new RunEvent.Ended(Outcome.FINISHED, steps, "imported from " + origin, Map.of()));
        return new ImportedRun(name, origin, sha256, objective, ImportedRun.UNKNOWN_DATA, model, 0, steps,
                spec(objective), at, at, events, answered(steps, at));
    }

    /** Nobody watched these problems while it trained, as far as is known: they were asked of it afterwards. */
    private List<LateEvaluation> answered(int step, Instant at) {
        return problems.stream().map(version -> new LateEvaluation(0, step, version, LateEvaluation.ELSEWHERE, at,
                Generations.judged(answers), answers)).toList();
    }

    /** What is known, in the places where a run file has it. */
    private String spec(String objective) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        spec.put("name", name);
        spec.put("model", model);
        spec.put("objective", objective);
        ObjectNode all = spec.putObject("settings");
        new TreeMap<>(settings).forEach(all::put);
        return spec.toPrettyString();
    }
}
