package preflab.engine.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import preflab.engine.model.HfFolder;
import preflab.engine.model.SafeTensors;
import preflab.engine.objective.State;

/**
 * Writes {@code step-000100}: a Hugging Face folder that any program can load, beside it the value head, the optimizer's
 * state and {@code run.json}, and as the last file {@code manifest.json} with the sizes and hashes of all others. The
 * folder is written under another name and then renamed, so a half-written one is never taken for a checkpoint.
 */
final class Checkpoint {

    static final String MANIFEST = "manifest.json";
    static final String OPTIMIZER = "optimizer.safetensors";
    private static final int MANIFEST_VERSION = 1;
    private static final ObjectMapper JSON = new ObjectMapper();

    private Checkpoint() {
    }

    /** The checkpoint's folder; one of the same step is replaced. */
    static Path write(Path parent, int step, RunSpec spec, RunModels models, Path tokenizer, Optimizer optimizer,
            State state) {
        Path target = parent.resolve(String.format(Locale.ROOT, "step-%06d", step));
        Path aside = parent.resolve(target.getFileName() + ".part");
        try {
            Files.createDirectories(parent);
            delete(aside);
            HfFolder.save(aside, models.policy().config(), models.policy().parameters(), tokenizer);
            models.valueHead().ifPresent(head -> head.save(aside));
            SafeTensors.write(aside.resolve(OPTIMIZER), optimizer.state());
            Files.writeString(aside.resolve("run.json"), RunSpecs.toJson(spec));
            Files.writeString(aside.resolve(MANIFEST), manifest(aside, step, state));
            delete(target);
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
            return target;
        } catch (IOException e) {
            throw new TrainException("the checkpoint " + target + " cannot be written: " + e, e);
        }
    }

    private static String manifest(Path folder, int step, State state) throws IOException {
        ObjectNode root = JSON.createObjectNode().put("version", MANIFEST_VERSION).put("step", step);
        ObjectNode running = root.putObject("objective_state");
        state.values().entrySet().stream().sorted(Map.Entry.comparingByKey())
                .forEach(entry -> running.put(entry.getKey(), entry.getValue()));
        ObjectNode files = root.putObject("files");
        try (Stream<Path> list = Files.list(folder)) {
            List<Path> sorted = list.sorted().toList();
            for (Path file : sorted) {
                files.putObject(file.getFileName().toString()).put("bytes", Files.size(file)).put("sha256",
                        sha256(file));
            }
        }
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private static String sha256(Path file) throws IOException {
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

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> all = Files.walk(folder)) {
                for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
