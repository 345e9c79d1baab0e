package preflab.engine.train;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import preflab.engine.batch.ModelException;
import preflab.engine.model.PeftFolder;
import preflab.engine.model.SafeTensors;

/**
 * Writes {@code step-000100}: a Hugging Face folder that any program can load (an adapter merged into it, and once more
 * by itself in {@code adapter}, in PEFT's layout), beside it the value head, the optimizer's
 * state and {@code run.json}, and as the last file {@code manifest.json} with the sizes and hashes of all others. The
 * folder is written under another name and then renamed, so a half-written one is never taken for a checkpoint; what
 * cannot be finished, as on a full disk, is taken away again.
 */
final class CheckpointWriter {

    private static final Logger LOG = LoggerFactory.getLogger(CheckpointWriter.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path parent;
    private final RunSpec spec;
    private final RunModels models;
    private final Path tokenizer;
    private final Optimizer optimizer;

    /** For the checkpoints of one run, under the parent folder; the tokenizer's files are copied into each. */
    CheckpointWriter(Path parent, RunSpec spec, RunModels models, Path tokenizer, Optimizer optimizer) {
        this.parent = parent;
        this.spec = spec;
        this.models = models;
        this.tokenizer = tokenizer;
        this.optimizer = optimizer;
    }

    /** The checkpoint's folder; one of the same step is replaced. */
    Path write(Progress progress) {
        Path target = parent.resolve(name(progress.step()));
        Path aside = parent.resolve(target.getFileName() + ".part");
        try {
            Files.createDirectories(parent);
            delete(aside);
            fill(aside, progress);
            delete(target);
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
            return target;
        } catch (IOException | ModelException e) {
            discard(aside);
            throw new TrainException("the checkpoint " + target + " cannot be written (" + e.getMessage()
                    + "); make room on the disk and resume the run from the checkpoint before", e);
        }
    }

    static String name(int step) {
        return String.format(Locale.ROOT, "step-%06d", step);
    }

    private void fill(Path aside, Progress progress) throws IOException {
        models.policy().save(aside, tokenizer);
        models.policy().adapter().ifPresent(
                adapter -> PeftFolder.write(aside.resolve(PeftFolder.NAME), adapter, tokenizer.toString()));
        models.valueHead().ifPresent(head -> head.save(aside));
        SafeTensors.write(aside.resolve(Checkpoint.OPTIMIZER), optimizer.state());
        Files.writeString(aside.resolve(Checkpoint.RUN), RunSpecs.toJson(spec));
        Files.writeString(aside.resolve(Checkpoint.MANIFEST), manifest(aside, progress));
    }

    private static String manifest(Path folder, Progress progress) throws IOException {
        ObjectNode root = ProgressJson.write(progress);
        ObjectNode files = root.putObject("files");
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> sorted = all.filter(Files::isRegularFile).sorted().toList();
            for (Path file : sorted) {
                files.putObject(folder.relativize(file).toString().replace('\\', '/')).put("bytes", Files.size(file))
                        .put("sha256",
                                Checkpoint.sha256(file));
            }
        }
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    /**
     * Deletes all but the last few checkpoints and the best one.
     *
     * @param keep
     *            how many; 0 keeps all
     * @param best
     *            step of the best one; negative for none
     */
    void retain(int keep, int best) {
        if (keep == 0 || !Files.isDirectory(parent)) {
            return;
        }
        try (Stream<Path> list = Files.list(parent)) {
            List<Path> written = list.filter(path -> path.getFileName().toString().matches("step-\\d+"))
                    .sorted(Comparator.comparingInt(CheckpointWriter::step)).toList();
            for (Path old : written.subList(0, Math.max(0, written.size() - keep))) {
                if (step(old) != best) {
                    delete(old);
                }
            }
        } catch (IOException e) {
            LOG.warn("old checkpoints under {} cannot be deleted: {}", parent, e.toString());
        }
    }

    private static int step(Path folder) {
        return Integer.parseInt(folder.getFileName().toString().substring("step-".length()));
    }

    private static void discard(Path aside) {
        try {
            delete(aside);
            delete(aside.resolveSibling(aside.getFileName() + ".writing"));
        } catch (IOException e) {
            LOG.warn("{} cannot be deleted: {}", aside, e.toString());
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
