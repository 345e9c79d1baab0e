package preflab.projects.foreign;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import preflab.datasets.example.ExampleView;
import preflab.projects.store.ImportedRun;
import preflab.projects.store.ProjectException;
import preflab.projects.store.RunStore;
import preflab.projects.store.RunSummary;
import preflab.projects.workspace.Workspace;

/**
 * Enters runs that other programs or projects trained. What a file is, is found in its content and name:
 * {@code trainer_state.json}, TensorBoard's event files (one, or a folder of them), CSV, answers as JSON Lines, or the
 * folder of another project.
 */
public final class ForeignImport {

    /** Larger files are no logs. */
    private static final long LARGEST = 1L << 30;
    private static final int HEAD = 16;

    /**
     * What a user can say of a run beside the file.
     *
     * @param name
     *            what to call it, where the file holds one run; else its own name
     * @param objective
     *            id in the catalogue, or the other program's word; – where unknown
     * @param heldOut
     *            NAME or NAME@VERSION of the problems that answers are to; else the smallest version here that has all
     *            their prompts
     */
    public record Told(Optional<String> name, Optional<String> objective, Optional<String> heldOut) {
        /** Nothing. */
        public static final Told NOTHING = new Told(Optional.empty(), Optional.empty(), Optional.empty());
    }

    private ForeignImport() {
    }

    /**
     * Enters all runs of a file or folder.
     *
     * @return their numbers here
     * @throws ProjectException
     *             NOT_A_RUN if nothing can be read from it; WRONG_STATE if all of it is here already
     */
    public static List<Integer> add(Workspace workspace, Path path, Told told) {
        Path file = path.toAbsolutePath().normalize();
        if (!Files.exists(file)) {
            throw bad(file, "does not exist");
        }
        try {
            return Workspace.isProject(file)
                    ? fromProject(workspace, file)
                    : store(workspace.runs(), read(workspace, file, told), told);
        } catch (JsonProcessingException e) {
            throw bad(file, "is damaged JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw bad(file, "cannot be read: " + e.getMessage());
        }
    }

    private static List<Integer> fromProject(Workspace workspace, Path folder) {
        if (folder.equals(workspace.folder())) {
            throw bad(folder, "is this project itself");
        }
        try (Workspace other = Workspace.open(folder)) {
            OtherProject project = new OtherProject(other);
            List<RunSummary> runs = project.runs();
            if (runs.isEmpty()) {
                throw bad(folder, "holds no run that is over");
            }
            List<Integer> added = new ArrayList<>();
            List<ProjectException> refused = new ArrayList<>();
            for (RunSummary run : runs) {
                try {
                    added.add(workspace.runs().add(project.run(run)));
                } catch (ProjectException e) {
                    if (e.code() != ProjectException.Code.WRONG_STATE) {
                        throw e;
                    }
                    refused.add(e); // it is here from an earlier time
                }
            }
            if (added.isEmpty()) {
                throw refused.getFirst();
            }
            return added;
        }
    }

    private record Read(List<Found> runs, String format, Path file, String sha256, Instant at) {
    }

    private static List<Integer> store(RunStore runs, Read read, Told told) {
        String origin = read.format() + " " + read.file();
        List<Integer> added = new ArrayList<>();
        for (Found found : read.runs()) {
            Found named = read.runs().size() == 1 && told.name().isPresent()
                    ? new Found(told.name().get(), found.curves(), found.settings(), found.model(), found.answers(),
                            found.problems())
                    : found;
            added.add(runs.add(named.run(origin, read.sha256(), told.objective().orElse(ImportedRun.UNKNOWN),
                    read.at())));
        }
        return added;
    }

    private static Read read(Workspace workspace, Path file, Told told) throws IOException {
        if (Files.isDirectory(file)) {
            return folder(file);
        }
        if (Files.size(file) > LARGEST) {
            throw bad(file, "is larger than 1 GiB, which no log of a run is");
        }
        byte[] bytes = Files.readAllBytes(file);
        String sha256 = sha256(bytes);
        Instant at = Files.getLastModifiedTime(file).toInstant();
        if (EventFile.fits(bytes)) {
            Curves curves = new Curves();
            EventFile.read(file, bytes, curves);
            return new Read(List.of(Found.of(parentName(file), checked(file, curves))), "TensorBoard file", file,
                    sha256, at);
        }
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".json") || name.endsWith(".jsonl")) {
            Optional<Found> trainer = name.endsWith(".json") ? TrainerState.read(file, bytes) : Optional.empty();
            if (trainer.isPresent()) {
                return new Read(List.of(trainer.get()), "Trainer's log", file, sha256, at);
            }
            return new Read(List.of(answers(workspace, file, bytes, told)), "answers", file, sha256, at);
        }
        if (name.endsWith(".csv") || name.endsWith(".tsv")) {
            return new Read(MetricCsv.read(file, bytes), "CSV", file, sha256, at);
        }
        throw bad(file, "is none of: trainer_state.json, an event file of TensorBoard, CSV with a column for the step,"
                + " answers as .jsonl, the folder of another project");
    }

    private static Found answers(Workspace workspace, Path file, byte[] bytes, Told told) throws IOException {
        List<String> prompts = Generations.prompts(bytes);
        if (prompts.isEmpty()) {
            throw bad(file,
                    "holds neither the log_history of a trainer_state.json nor objects with a prompt and a completion");
        }
        Optional<ExampleView> problems = told.heldOut().isPresent()
                ? told.heldOut().map(which -> workspace.datasets().view(workspace.datasets().resolve(which)))
                : AnsweredProblems.find(workspace, prompts);
        return Generations.read(file, bytes, problems);
    }

    /** A folder with a Trainer's log, or one that TensorBoard would show as one run. */
    private static Read folder(Path folder) throws IOException {
        Path state = folder.resolve("trainer_state.json");
        if (Files.isRegularFile(state)) {
            byte[] bytes = Files.readAllBytes(state);
            Found found = TrainerState.read(state, bytes)
                    .orElseThrow(() -> bad(state, "has no log_history"));
            return new Read(List.of(found), "Trainer's log", state, sha256(bytes),
                    Files.getLastModifiedTime(state).toInstant());
        }
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> file.getFileName().toString().contains("tfevents")).sorted().toList();
        }
        if (files.isEmpty()) {
            throw bad(folder, "holds no trainer_state.json and no event file of TensorBoard, and is no project");
        }
        Curves curves = new Curves();
        MessageDigest digest = digest();
        for (Path file : files) {
            byte[] bytes = Files.readAllBytes(file);
            digest.update(bytes);
            if (bytes.length > 0 && !EventFile.fits(java.util.Arrays.copyOf(bytes, Math.min(HEAD, bytes.length)))) {
                throw bad(file, "is no event file of TensorBoard");
            }
            EventFile.read(file, bytes, curves);
        }
        return new Read(List.of(Found.of(folder.getFileName().toString(), checked(folder, curves))),
                "TensorBoard folder", folder, HexFormat.of().formatHex(digest.digest()),
                Files.getLastModifiedTime(files.getLast()).toInstant());
    }

    private static Curves checked(Path file, Curves curves) {
        if (curves.isEmpty()) {
            throw bad(file, "holds no single numbers over steps");
        }
        return curves;
    }

    private static String parentName(Path file) {
        Path folder = file.getParent();
        return folder == null || folder.getFileName() == null
                ? file.getFileName().toString()
                : folder.getFileName().toString();
    }

    static String sha256(byte[] bytes) {
        return HexFormat.of().formatHex(digest().digest(bytes));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** What is wrong with a file that was to be a run. */
    static ProjectException bad(Path file, String why) {
        return new ProjectException(ProjectException.Code.NOT_A_RUN, file + ": " + why);
    }
}
