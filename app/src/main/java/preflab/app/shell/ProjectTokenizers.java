package preflab.app.shell;

import java.util.ArrayList;
import java.util.List;
import preflab.app.data.Tokenizers;
import preflab.engine.batch.TextTokenizer;
import preflab.projects.run.ModelRefs;
import preflab.projects.store.RunSummary;
import preflab.projects.workspace.Workspace;

/** The tokenizers of the built-in models and of a project's runs. */
record ProjectTokenizers(Workspace workspace) implements Tokenizers {

    @Override
    public List<String> names() {
        List<String> names = new ArrayList<>(ModelRefs.builtins());
        for (RunSummary run : workspace.runs().list()) {
            if (!workspace.runs().checkpoints(run.id()).isEmpty()) {
                names.add("run:" + run.id());
            }
        }
        return names;
    }

    @Override
    public TextTokenizer open(String name) {
        return TextTokenizer.load(ModelRefs.resolve(workspace, name));
    }
}
