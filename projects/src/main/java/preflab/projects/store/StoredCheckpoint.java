package preflab.projects.store;

import java.nio.file.Path;
import java.time.Instant;

/** A complete checkpoint; the folder is absolute, wherever the project lies now. */
public record StoredCheckpoint(int step, Path folder, Instant at) {
}
