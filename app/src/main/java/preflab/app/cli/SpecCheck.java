package preflab.app.cli;

import java.util.stream.Collectors;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.Kind;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.objective.Objectives;
import preflab.engine.train.RunSpec;
import preflab.projects.run.LaunchCheck;
import preflab.projects.run.ModelRefs;
import preflab.projects.workspace.Workspace;

/** Finds out what cannot be trained before a run is entered: such a mistake is bad input, not a failed run. */
final class SpecCheck {

    private SpecCheck() {
    }

    static ObjectiveType<?> objective(String id) {
        return Objectives.find(id).orElseThrow(() -> CliException.badInput("there is no objective \"" + id
                + "\"; known: " + Objectives.ALL.stream().map(ObjectiveType::id).collect(Collectors.joining(", "))));
    }

    /** Models exist, the objective can use rows of this kind, and no prompt leaves nothing to learn from. */
    static void requireTrainable(Workspace workspace, RunSpec spec) {
        ModelRefs.resolve(workspace, spec.model());
        spec.reference().ifPresent(reference -> ModelRefs.resolve(workspace, reference));
        ObjectiveType<?> type = objective(spec.objective());
        Kind kind = workspace.datasets().info(spec.dataset()).kind();
        var kinds = type.needs().apply(spec.hyper()).kinds();
        if (!kinds.contains(kind)) {
            throw CliException.badInput("objective " + type.id() + " needs "
                    + kinds.stream().map(Kind::id).sorted().collect(Collectors.joining(" or ")) + " data; "
                    + spec.dataset().display() + " is " + kind.id());
        }
        LaunchCheck.refusal(workspace, spec).ifPresent(why -> {
            throw CliException.badInput(why);
        });
    }

    /** The rows a run file names are the rows this project has under that name. */
    static void requireSameRows(Workspace workspace, DatasetVersionId wanted) {
        DatasetVersionId found = workspace.datasets().resolve(wanted.dataset() + "@" + wanted.version());
        if (!found.sha256().equals(wanted.sha256())) {
            throw CliException.badInput(wanted.display() + " of the run file has the hash " + wanted.sha256()
                    + ", the one in this project " + found.sha256() + ": these are other rows");
        }
    }
}
