package preflab.projects.foreign;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.ExampleView;
import preflab.datasets.store.DatasetInfo;
import preflab.projects.workspace.PromptIndex;
import preflab.projects.workspace.Workspace;

/** Finds the rows that another program's answers are to, where nobody told. */
final class AnsweredProblems {

    private AnsweredProblems() {
    }

    /** The smallest version that has all these prompts, as often as they were asked; empty where none has. */
    static Optional<ExampleView> find(Workspace workspace, List<String> prompts) {
        return workspace.datasets().list().stream().map(DatasetInfo::id)
                .filter(version -> mayHold(workspace, version, prompts)).<ExampleView>map(workspace.datasets()::view)
                .sorted(Comparator.comparingInt(ExampleView::size)).filter(view -> holds(view, prompts)).findFirst();
    }

    /** By fingerprints that are kept, so that most versions need not be read. */
    private static boolean mayHold(Workspace workspace, DatasetVersionId version, List<String> prompts) {
        return PromptIndex.of(workspace, version)
                .filter(keys -> keys.size() >= prompts.size() && prompts.stream().allMatch(keys::holds)).isPresent();
    }

    private static boolean holds(ExampleView view, List<String> prompts) {
        Map<String, Integer> left = new HashMap<>();
        for (int row = 0; row < view.size(); row++) {
            left.merge(view.get(row).prompt().text().strip(), 1, Integer::sum);
        }
        return prompts.stream().allMatch(prompt -> left.merge(prompt.strip(), -1, Integer::sum) >= 0);
    }
}
