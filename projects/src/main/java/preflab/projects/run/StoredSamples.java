package preflab.projects.run;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import preflab.datasets.store.WholeFile;
import preflab.engine.train.SampleCache;

/**
 * Completions drawn by frozen models, in one file per set under the project's cache, named by its key. Layout, big
 * endian: version, number of completions, then per completion its length and its token ids; at the end the CRC-32 of all
 * that. A file that does not read back whole counts as missing. Safe to delete at any time.
 */
public final class StoredSamples implements SampleCache {

    /** Below the project's cache. */
    public static final String FOLDER = "reference-samples";

    private static final Logger LOG = LoggerFactory.getLogger(StoredSamples.class);
    private static final int VERSION = 1;

    private final Path folder;

    public StoredSamples(Path folder) {
        this.folder = folder;
    }

    @Override
    public Optional<List<int[]>> find(String key) {
        Path file = file(key);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(read(Files.readAllBytes(file)));
        } catch (IOException | BufferUnderflowException e) {
            LOG.warn("{} is left aside and drawn again: {}", file, e.toString());
            return Optional.empty();
        }
    }

    private static List<int[]> read(byte[] bytes) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        int end = bytes.length - Integer.BYTES;
        if (end < 0 || in.getInt(end) != checksum(bytes, end) || in.getInt() != VERSION) {
            throw new IOException("it is damaged or of another version");
        }
        int count = in.getInt();
        List<int[]> completions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int[] ids = new int[in.getInt()];
            in.asIntBuffer().get(ids);
            in.position(in.position() + ids.length * Integer.BYTES);
            completions.add(ids);
        }
        return completions;
    }

    @Override
    public void keep(String key, List<int[]> completions) {
        try {
            WholeFile.write(file(key), aside -> Files.write(aside, written(completions)));
        } catch (IOException e) {
            LOG.warn("the drawn completions cannot be kept in {}: {}", folder, e.toString());
        }
    }

    private static byte[] written(List<int[]> completions) {
        int words = 3 + completions.stream().mapToInt(ids -> 1 + ids.length).sum();
        byte[] bytes = new byte[words * Integer.BYTES];
        ByteBuffer out = ByteBuffer.wrap(bytes).putInt(VERSION).putInt(completions.size());
        for (int[] ids : completions) {
            out.putInt(ids.length);
            for (int id : ids) {
                out.putInt(id);
            }
        }
        out.putInt(checksum(bytes, out.position()));
        return bytes;
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32 sum = new CRC32();
        sum.update(bytes, 0, length);
        return (int) sum.getValue();
    }

    private Path file(String key) {
        return folder.resolve(key + ".tokens");
    }
}
