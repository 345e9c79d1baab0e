package preflab.engine;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The folder of reference data beside the checkout; tests that need it are skipped where it is missing. */
public final class SharedFolder {

    private SharedFolder() {
    }

    /** A file or folder in it; skips the test if there is none. */
    public static Path require(String path) {
        Path root = root();
        Path wanted = root.resolve(path);
        assumeTrue(Files.exists(wanted), () -> "skipped: no reference data at " + wanted);
        return wanted;
    }

    private static Path root() {
        String set = System.getProperty("preflab.shared");
        if (set != null) {
            return Path.of(set);
        }
        Path here = Path.of("").toAbsolutePath();
        for (Path at = here; at != null; at = at.getParent()) {
            if (Files.isDirectory(at.resolve("shared"))) {
                return at.resolve("shared");
            }
        }
        return here.resolve("shared");
    }

    /** A JSON file in it. */
    public static JsonNode json(String path) {
        try {
            return new ObjectMapper().readTree(Files.readAllBytes(require(path)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A JSON array of whole numbers. */
    public static int[] ints(JsonNode array) {
        int[] values = new int[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).asInt();
        }
        return values;
    }
}
