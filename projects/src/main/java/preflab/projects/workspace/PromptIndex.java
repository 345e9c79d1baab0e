package preflab.projects.workspace;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import preflab.datasets.check.PromptKeys;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.ExampleView;
import preflab.datasets.store.DatasetInfo;
import preflab.datasets.store.WholeFile;

/**
 * Which prompts a dataset version holds, worked out once (seconds for a million rows) and kept in {@code cache/prompts}
 * by the version's hash, 8 bytes a row.
 */
public final class PromptIndex {

    private static final Logger LOG = LoggerFactory.getLogger(PromptIndex.class);
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private PromptIndex() {
    }

    /** The prompts of the rows with this version's hash, whatever their name; empty when they are not in the project. */
    public static Optional<PromptKeys> of(Workspace workspace, DatasetVersionId version) {
        if (!HASH.matcher(version.sha256()).matches()) {
            return Optional.empty();
        }
        Path file = workspace.cache().resolve("prompts").resolve(version.sha256() + ".bin");
        Optional<PromptKeys> kept = read(file);
        return kept.isPresent()
                ? kept
                : workspace.datasets().list().stream().map(DatasetInfo::id)
                        .filter(id -> id.sha256().equals(version.sha256())).findFirst()
                        .map(id -> made(workspace.datasets().view(id), file));
    }

    private static PromptKeys made(ExampleView rows, Path file) {
        PromptKeys keys = PromptKeys.of(rows);
        try {
            WholeFile.write(file, aside -> Files.write(aside, keys.bytes().array()));
        } catch (IOException e) {
            LOG.warn("the cache file {} cannot be written: {}", file, e.toString());
        }
        return keys;
    }

    private static Optional<PromptKeys> read(Path file) {
        try {
            return Files.exists(file)
                    ? Optional.of(PromptKeys.of(ByteBuffer.wrap(Files.readAllBytes(file))))
                    : Optional.empty();
        } catch (IOException e) {
            LOG.warn("the cache file {} cannot be read: {}", file, e.toString());
            return Optional.empty();
        }
    }
}
