package preflab.projects.run;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import preflab.engine.train.Checkpoint;
import preflab.engine.model.PeftFolder;
import preflab.projects.store.ProjectException;
import preflab.projects.store.StoredCheckpoint;
import preflab.projects.workspace.Workspace;

/** Finds the folder of weights behind a name: {@code builtin:NAME}, {@code run:ID[@STEP]} or a folder. */
public final class ModelRefs {

    private static final String BUILTIN = "builtin:";
    private static final String RUN = "run:";

    private ModelRefs() {
    }

    /**
     * The Hugging Face folder this name stands for.
     *
     * @param reference
     *            {@code builtin:NAME}; {@code run:ID}, the run's last checkpoint; {@code run:ID@STEP}, that after a step; or
     *            a folder, absolute or relative to the project's
     * @throws ProjectException
     *             if there is none; the message says what would be allowed
     */
    public static Path resolve(Workspace workspace, String reference) {
        if (reference.startsWith(BUILTIN)) {
            return BuiltinModels.unpack(reference.substring(BUILTIN.length()), workspace.cache());
        }
        if (reference.startsWith(RUN)) {
            return lastCheckpoint(workspace, reference);
        }
        return folder(workspace, reference);
    }

    /**
     * The Hugging Face folder this name stands for, outside of any project: a folder or {@code builtin:NAME}.
     *
     * @param cache
     *            where a built-in model is unpacked
     */
    public static Path resolve(Path cache, String reference) {
        if (reference.startsWith(BUILTIN)) {
            return BuiltinModels.unpack(reference.substring(BUILTIN.length()), cache);
        }
        if (reference.startsWith(RUN)) {
            throw noSuchModel(reference, "it names a run, so a project must be named too");
        }
        return checked(Path.of(reference), reference);
    }

    /** Names of the built-in models, for example {@code builtin:sums}. */
    public static List<String> builtins() {
        return BuiltinModels.names().stream().map(name -> BUILTIN + name).toList();
    }

    /** A checkpoint of a run of the project. */
    public record RunCheckpoint(int run, int step) {
    }

    /** Which checkpoint {@code run:ID} or {@code run:ID@STEP} is; empty for other names. */
    public static Optional<RunCheckpoint> checkpoint(Workspace workspace, String reference) {
        if (!reference.startsWith(RUN)) {
            return Optional.empty();
        }
        Path folder = lastCheckpoint(workspace, reference);
        int at = reference.indexOf('@');
        int run = number(reference.substring(RUN.length(), at < 0 ? reference.length() : at)).orElseThrow();
        return models(workspace, run).stream().filter(checkpoint -> checkpoint.folder().equals(folder)).findFirst()
                .map(checkpoint -> new RunCheckpoint(run, checkpoint.step()));
    }

    /** The last checkpoint of a run that is a model. */
    public static Optional<Path> checkpoint(Workspace workspace, int run) {
        return models(workspace, run).stream().map(StoredCheckpoint::folder).findFirst();
    }

    /**
     * The checkpoint that a run is judged by: that of its best evaluation where it followed one
     * ({@code checkpoint.best_by}), so that validation has chosen it, else its last.
     */
    public static Optional<StoredCheckpoint> judged(Workspace workspace, int run) {
        return best(workspace, run).or(() -> models(workspace, run).stream().findFirst());
    }

    /** The checkpoint of the best evaluation that the newest one knows of; empty where none was followed or kept. */
    public static Optional<StoredCheckpoint> best(Workspace workspace, int run) {
        List<StoredCheckpoint> there = models(workspace, run);
        OptionalInt step = there.isEmpty() ? OptionalInt.empty() : Checkpoint.bestStep(there.getFirst().folder());
        return there.stream().filter(one -> step.isPresent() && one.step() == step.getAsInt()).findFirst();
    }

    /** The checkpoints of a run that are there, newest first. */
    public static List<StoredCheckpoint> checkpoints(Workspace workspace, int run) {
        return models(workspace, run);
    }

    private static List<StoredCheckpoint> models(Workspace workspace, int run) {
        return workspace.runs().checkpoints(workspace.runs().summary(run).id()).reversed().stream()
                .filter(checkpoint -> isModel(checkpoint.folder())).toList();
    }

    /** The last checkpoint of {@code run:ID}, or that of {@code run:ID@STEP}. */
    private static Path lastCheckpoint(Workspace workspace, String reference) {
        String name = reference.substring(RUN.length());
        int at = name.indexOf('@');
        int run = number(at < 0 ? name : name.substring(0, at)).orElseThrow(
                () -> noSuchModel(reference, "after run: comes the number of a run, as in run:3 or run:3@40"));
        OptionalInt step = at < 0 ? OptionalInt.empty() : number(name.substring(at + 1));
        if (at >= 0 && step.isEmpty()) {
            throw noSuchModel(reference, "after @ comes the step of a checkpoint, as in run:3@40");
        }
        List<StoredCheckpoint> there = models(workspace, run);
        return there.stream().filter(checkpoint -> step.isEmpty() || checkpoint.step() == step.getAsInt())
                .map(StoredCheckpoint::folder).findFirst()
                .orElseThrow(() -> noSuchModel(reference, there.isEmpty()
                        ? "run " + run + " has no checkpoint"
                        : "run " + run + " has checkpoints after steps "
                                + there.reversed().stream().map(StoredCheckpoint::step).distinct().toList()));
    }

    private static OptionalInt number(String text) {
        try {
            return OptionalInt.of(Integer.parseInt(text.strip()));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }

    private static Path folder(Workspace workspace, String reference) {
        try {
            Path inProject = workspace.folder().resolve(reference).normalize();
            return isModel(inProject) ? inProject : checked(Path.of(reference), reference);
        } catch (InvalidPathException e) {
            throw noSuchModel(reference, "this cannot be a folder's name");
        }
    }

    private static Path checked(Path folder, String reference) {
        Path absolute = folder.toAbsolutePath().normalize();
        if (!isModel(absolute)) {
            throw noSuchModel(reference, Files.isDirectory(absolute)
                    ? withoutConfig(absolute)
                    : "there is no folder " + absolute);
        }
        return absolute;
    }

    private static String withoutConfig(Path folder) {
        return PeftFolder.isIn(folder)
                ? "the folder holds an adapter without its model; merge makes one of both"
                : "the folder holds no config.json";
    }

    private static boolean isModel(Path folder) {
        return Files.isRegularFile(folder.resolve("config.json"));
    }

    private static ProjectException noSuchModel(String reference, String why) {
        return new ProjectException(ProjectException.Code.NO_SUCH_MODEL, "no model \"" + reference + "\": " + why
                + ". A model is builtin:NAME " + BuiltinModels.names()
                + ", run:ID or run:ID@STEP, or a Hugging Face folder.");
    }
}
