package preflab.datasets;

import java.nio.file.Files;
import java.nio.file.Path;

import org.junit.jupiter.api.Assumptions;

/**
 * The folder of real data files that lies beside a checkout ({@code ../shared}) or is named by the system property
 * {@code preflab.shared}. Tests that need it are skipped, with that reason, where it is missing.
 */
public final class SharedData {

    private SharedData() {
    }

    /** A file below {@code shared/data}. */
    public static Path data(String relative) {
        return file("data/" + relative);
    }

    /** A file below {@code shared}. */
    public static Path file(String relative) {
        Path folder = folder();
        Assumptions.assumeTrue(folder != null, "no folder 'shared' beside the checkout and no -Dpreflab.shared");
        Path file = folder.resolve(relative);
        Assumptions.assumeTrue(Files.exists(file), "the shared folder has no " + relative);
        return file;
    }

    private static Path folder() {
        String given = System.getProperty("preflab.shared");
        if (given != null) {
            return Path.of(given);
        }
        for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            Path sibling = at.resolveSibling("shared");
            if (Files.isDirectory(sibling.resolve("data"))) {
                return sibling;
            }
        }
        return null;
    }
}
