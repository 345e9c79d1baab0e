package preflab.projects.run;

import preflab.projects.store.Pending;
import java.nio.file.Path;
import java.util.List;
import preflab.projects.workspace.Workspace;

/** Finds the folder of weights behind a name: {@code builtin:NAME}, {@code run:ID} or a folder. */
public final class ModelRefs {

    private ModelRefs() {
    }

    /**
     * The Hugging Face folder this name stands for.
     *
     * @throws preflab.projects.store.ProjectException
     *             if there is none; the message says what would be allowed
     */
    public static Path resolve(Workspace workspace, String reference) {
        return Pending.value();
    }

    /** The same without a project: a built-in model or a folder. A {@code run:ID} needs a project and is refused. */
    public static Path resolve(String reference) {
        return Pending.value();
    }

    /** Names of the built-in models, for example {@code builtin:sums}. */
    public static List<String> builtins() {
        return Pending.value();
    }
}
