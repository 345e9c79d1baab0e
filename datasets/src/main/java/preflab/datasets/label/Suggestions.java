package preflab.datasets.label;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepCuts;
import preflab.datasets.example.Stepwise;

/** What is suggested for one task on one version. */
final class Suggestions {

    private final Map<Integer, Map<Integer, Suggestion>> byRow = new HashMap<>();

    Suggestions(LabelTask task, List<Suggestion> all) {
        boolean steps = task == LabelTask.STEPS;
        all.stream().filter(suggestion -> suggestion.step() != Suggestion.WHOLE == steps).forEach(suggestion -> byRow
                .computeIfAbsent(suggestion.row(), _ -> new HashMap<>()).put(suggestion.step(), suggestion));
    }

    /** By step as it is cut now; where somebody cut otherwise than the data, those for steps of the same extent. */
    Map<Integer, Suggestion> of(PreferenceExample example, int row, List<Step> steps) {
        Map<Integer, Suggestion> suggested = of(row);
        List<Integer> now = StepCuts.ends(steps);
        List<Integer> then = example instanceof Stepwise stepwise && !steps.isEmpty()
                ? StepCuts.ends(stepwise.steps())
                : now;
        if (now.equals(then)) {
            return suggested;
        }
        Map<Integer, Suggestion> kept = new HashMap<>();
        suggested.forEach((step, suggestion) -> {
            int same = step < then.size() ? now.indexOf(then.get(step)) : -1;
            if (same >= 0 && start(now, same) == start(then, step)) {
                kept.put(same, suggestion);
            }
        });
        return kept;
    }

    /** By step of the data. */
    Map<Integer, Suggestion> of(int row) {
        return byRow.getOrDefault(row, Map.of());
    }

    /** Of each row the uncertainty of its least sure step. */
    Map<Integer, Double> uncertainty() {
        Map<Integer, Double> highest = new HashMap<>();
        byRow.forEach((row, suggested) -> highest.put(row,
                suggested.values().stream().mapToDouble(Suggestion::uncertainty).max().orElse(0)));
        return highest;
    }

    private static int start(List<Integer> ends, int step) {
        return step == 0 ? 0 : ends.get(step - 1);
    }
}
