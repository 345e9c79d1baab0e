package preflab.engine.bandit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import preflab.engine.objective.golden.GoldenException;

/** Runs the tabular experiments on the catalogue's own losses and compares them with exact results. */
public final class BanditRunner {

    private static final String SCHEMA = "prefref-bandit/1";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** The file of exact results that comes with the program. */
    public static final String BUILT_IN = "bandit.json";

    /** The experiments' keys in a file, in the order in which they run. */
    public static final List<String> EXPERIMENTS = List.of("interpolation", "preservation", "constraint",
            "constraint_beta0.5", "pmpo", "npo", "mcpo", "pipa", "step_dpo");

    private BanditRunner() {
    }

    /**
     * Runs the experiments of a file.
     *
     * @throws GoldenException
     *             if the file cannot be read or holds something else
     */
    public static List<BanditResult> run(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return run(in, file.getFileName().toString());
        } catch (IOException e) {
            throw new GoldenException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** As {@link #run(Path)}, from a stream; the name is for messages. */
    public static List<BanditResult> run(InputStream json, String name) throws IOException {
        JsonNode root = JSON.readTree(json);
        String schema = root.path("schema").asText();
        if (!schema.equals(SCHEMA)) {
            throw new GoldenException(name + " holds no tabular experiments: its schema is \"" + schema + "\", not \""
                    + SCHEMA + "\"");
        }
        return run(root);
    }

    /** The experiments that come with the program. */
    public static List<BanditResult> runBuiltIn() {
        return run(builtIn());
    }

    /** One of the experiments that come with the program, by its key in the file; empty if there is none. */
    public static List<BanditResult> runBuiltIn(String experiment) {
        return run(builtIn(), experiment);
    }

    private static JsonNode builtIn() {
        try (InputStream in = BanditRunner.class.getResourceAsStream("/preflab/golden/" + BUILT_IN)) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a resource of this program
        }
    }

    /** A file may hold some of the experiments only; side by side, since one by one they take a minute and a half. */
    private static List<BanditResult> run(JsonNode root) {
        List<String> held = EXPERIMENTS.stream().filter(root::has).toList();
        return held.parallelStream().flatMap(experiment -> run(root, experiment).stream()).toList();
    }

    private static List<BanditResult> run(JsonNode root, String experiment) {
        JsonNode golden = root.path(experiment);
        return switch (experiment) {
            case "interpolation" -> Interpolation.check(golden);
            case "preservation" -> Preservation.check(golden);
            case "constraint", "constraint_beta0.5" -> Constraint.check(golden, root.path("interpolation"));
            case "pmpo" -> PmpoThresholds.check(golden);
            case "npo" -> Unlearning.check(golden);
            case "mcpo" -> McPoSamplers.check(golden);
            case "pipa" -> PipaTree.check(golden);
            case "step_dpo" -> StepDpoTree.check(golden);
            default -> List.of();
        };
    }
}
