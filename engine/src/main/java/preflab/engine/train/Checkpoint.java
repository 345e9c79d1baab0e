package preflab.engine.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.OptionalInt;

/** A checkpoint on disk that a run can go on from; every file of it has the size and the hash of its manifest. */
public final class Checkpoint {

    static final String MANIFEST = "manifest.json";
    static final String OPTIMIZER = "optimizer.safetensors";
    static final String RUN = "run.json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Progress progress;

    private Checkpoint(Path folder, Progress progress) {
        this.folder = folder;
        this.progress = progress;
    }

    /**
     * Reads and verifies a checkpoint.
     *
     * @throws TrainException
     *             if a file is missing or differs from the manifest; the message names it
     */
    public static Checkpoint open(Path folder) {
        try {
            JsonNode manifest = JSON.readTree(folder.resolve(MANIFEST).toFile());
            for (Map.Entry<String, JsonNode> file : manifest.path("files").properties()) {
                verify(folder.resolve(file.getKey()), file.getValue());
            }
            return new Checkpoint(folder, ProgressJson.read(manifest));
        } catch (IOException e) {
            throw new TrainException("the checkpoint " + folder + " cannot be read: " + e.getMessage(), e);
        } catch (TrainException e) {
            throw new TrainException("the checkpoint " + folder + " cannot be resumed from: " + e.getMessage(), e);
        }
    }

    /**
     * Step of the best evaluation that a checkpoint knew of, by its manifest alone; empty where none was asked for, or for
     * weights without a manifest.
     */
    public static OptionalInt bestStep(Path folder) {
        if (!Files.exists(folder.resolve(MANIFEST))) {
            return OptionalInt.empty();
        }
        try {
            int step = ProgressJson.read(JSON.readTree(folder.resolve(MANIFEST).toFile())).best().step();
            return step < 0 ? OptionalInt.empty() : OptionalInt.of(step);
        } catch (IOException e) {
            throw new TrainException("the checkpoint " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static void verify(Path file, JsonNode expected) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new TrainException(file.getFileName() + " is missing");
        }
        if (Files.size(file) != expected.path("bytes").asLong()) {
            throw new TrainException(file.getFileName() + " has " + Files.size(file) + " bytes; the manifest says "
                    + expected.path("bytes").asLong());
        }
        if (!sha256(file).equals(expected.path("sha256").asText())) {
            throw new TrainException(file.getFileName() + " is damaged: its hash is not the manifest's");
        }
    }

    static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            try (DigestInputStream hashed = new DigestInputStream(in, digest)) {
                hashed.transferTo(OutputStream.nullOutputStream());
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    public Path folder() {
        return folder;
    }

    /** Optimizer steps done. */
    public int step() {
        return progress.step();
    }

    /** Step of the best evaluation so far; −1 where none was asked for. */
    public int bestStep() {
        return progress.best().step();
    }

    /**
     * The last step whose events stay: what the run logged after it, it logs again. One less than {@link #step} where a
     * stop cut off the evaluation that was due there.
     */
    public int lastStepKept() {
        return progress.evaluated() ? step() : step() - 1;
    }

    Progress progress() {
        return progress;
    }
}
