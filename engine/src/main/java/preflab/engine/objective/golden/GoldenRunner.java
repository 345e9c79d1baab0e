package preflab.engine.objective.golden;

import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.objective.Objectives;

/** Evaluates objectives on worked examples and compares loss and every gradient entry, on the user's own machine. */
public final class GoldenRunner {

    private static final String SCHEMA = "prefref-golden/1";
    private static final String OTHER_TABLES = "prefref-bandit/1"; // lies beside the vectors; not ours to judge
    private static final ObjectMapper JSON = new ObjectMapper();

    private GoldenRunner() {
    }

    /**
     * Evaluates the cases of one file; a file of tabular experiments, which lies beside them, has none.
     *
     * @param type
     *            FLOAT64 or FLOAT32
     * @throws GoldenException
     *             if the file cannot be read or holds something else
     */
    public static List<GoldenResult> run(Path file, DataType type) {
        try (InputStream in = Files.newInputStream(file)) {
            return run(in, file.getFileName().toString(), type);
        } catch (IOException e) {
            throw new GoldenException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** As {@link #run(Path, DataType)}, from a stream. */
    public static List<GoldenResult> run(InputStream json, String file, DataType type) throws IOException {
        JsonNode root = JSON.readTree(json);
        String schema = root.path("schema").asText();
        if (schema.equals(OTHER_TABLES)) {
            return List.of();
        }
        if (!schema.equals(SCHEMA)) {
            throw new GoldenException(file + " holds no worked examples: its schema is \"" + schema + "\", not \""
                    + SCHEMA + "\"");
        }
        List<GoldenResult> results = new ArrayList<>();
        root.path("cases").forEach(c -> results.add(evaluate(c, file, root.path("objective").asText(), type)));
        return results;
    }

    /** The worked examples that come with the program: one file per objective of the catalogue, and tables. */
    public static List<GoldenResult> runBuiltIn(DataType type) {
        Stream<String> ids = Stream.concat(Objectives.ALL.stream().map(ObjectiveType::id),
                GoldenFunctions.NAMES.stream().sorted());
        return ids.flatMap(id -> builtIn(id, type).stream()).toList();
    }

    /** The worked examples of one objective or table that come with the program; empty if there are none. */
    public static List<GoldenResult> builtIn(String objective, DataType type) {
        String file = objective + ".json";
        try (InputStream in = GoldenRunner.class.getResourceAsStream("/preflab/golden/" + file)) {
            return in == null ? List.of() : run(in, file, type);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a resource of this program
        }
    }

    private static GoldenResult evaluate(JsonNode golden, String file, String objective, DataType type) {
        if (GoldenFunctions.NAMES.contains(objective)) {
            return GoldenFunctions.evaluate(golden, file, objective, type);
        }
        Optional<ObjectiveType<?>> found = Objectives.find(objective);
        if (found.isEmpty()) {
            return GoldenCase.failed(golden, file, objective, "there is no objective \"" + objective + "\"");
        }
        try {
            return new GoldenCase<>(golden, found.get(), type).evaluate(file);
        } catch (RuntimeException e) {
            return GoldenCase.failed(golden, file, objective, e.getMessage()); // one bad case must not hide the others
        }
    }
}
