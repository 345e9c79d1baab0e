package preflab.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import preflab.engine.batch.ModelException;

/**
 * A model in Hugging Face's layout: {@code config.json}, {@code model.safetensors} (whole or in
 * shards with an index), {@code tokenizer.json} and, where
 * there is one, {@code generation_config.json}. Opening it reads no weights.
 */
public final class HfFolder {

    private static final List<String> TOKENIZER_FILES = List.of("tokenizer.json", "tokenizer_config.json",
            "special_tokens_map.json", "chat_template.jinja");

    private final Path folder;
    private final ModelConfig config;
    private final WeightFiles weights;

    private HfFolder(Path folder, ModelConfig config, WeightFiles weights) {
        this.folder = folder;
        this.config = config;
        this.weights = weights;
    }

    /**
     * Checks that the folder holds a model of a known family with readable weights of the right shapes.
     *
     * @throws ModelException
     *             naming the file, what is wrong with it and what is allowed
     */
    public static HfFolder open(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ModelException(folder + " is no model folder: "
                    + (Files.exists(folder) ? "it is a file" : "it does not exist"));
        }
        ModelConfig config = ConfigFile.read(folder.resolve("config.json"));
        WeightFiles weights = WeightFiles.open(folder).named(config.architecture().layout().prefix());
        requireShapes(config, weights);
        return new HfFolder(folder, config, weights);
    }

    private static void requireShapes(ModelConfig config, WeightFiles weights) {
        Map<String, Shape> shapes = config.parameterShapes();
        shapes.forEach((name, shape) -> {
            SafeTensors file = weights.fileOf().get(name);
            if (file == null) {
                throw new ModelException(weights.listing() + " lacks " + name + ", which config.json calls for");
            }
            SafeTensors.Entry entry = weights.entry(name);
            if (!entry.shape().equals(shape)) {
                throw new ModelException(file.file() + ": " + name + " has shape " + entry.shape()
                        + ", config.json calls for " + shape);
            }
            file.requireReadable(entry);
        });
        weights.fileOf().forEach((name, file) -> {
            if (!shapes.containsKey(name) && !isRedundant(name)) {
                throw new ModelException(file.file() + " holds " + name
                        + ", which a model of this family does not have");
            }
        });
    }

    /** What some writers store although it follows from the rest: tied heads, tables of angles, causal masks. */
    private static boolean isRedundant(String name) {
        return name.equals("lm_head.weight") || name.equals("embed_out.weight") || name.endsWith("rotary_emb.inv_freq")
                || name.endsWith(".masked_bias") || name.endsWith("attn.bias") || name.endsWith("attention.bias");
    }

    public Path folder() {
        return folder;
    }

    public ModelConfig config() {
        return config;
    }

    /** The weights as float32 or float64, owned by the manager and by no scope, in memory of their own. */
    public Map<String, NDArray> readWeights(NDManager manager, Precision precision) {
        return weights.read(config.parameterShapes().keySet(), manager, precision.weightType());
    }

    /**
     * Writes a model folder: aside first, then renamed, so that a crash never leaves half a model. A crash between the
     * two renames of a replacement leaves the old model under {@code NAME.old}; the next save puts it back first.
     *
     * @param folder
     *            new, empty, or a model folder, which is replaced
     * @param weights
     *            by Hugging Face's names, written in this order in their own type
     * @param tokenizer
     *            the folder the model came from, whose tokenizer files and configuration are copied, or a
     *            {@code tokenizer.json}
     * @throws ModelException
     *             if the folder holds something else or cannot be written
     */
    public static void save(Path folder, ModelConfig config, Map<String, NDArray> weights, Path tokenizer) {
        Path target = folder.toAbsolutePath().normalize();
        Path aside = target.resolveSibling(target.getFileName() + ".writing");
        Path old = target.resolveSibling(target.getFileName() + ".old");
        try {
            if (Files.exists(old) && !Files.exists(target)) {
                Files.move(old, target, StandardCopyOption.ATOMIC_MOVE);
            }
            requireReplaceable(target);
            delete(aside);
            delete(old);
            Files.createDirectories(aside);
            ConfigFile.write(aside, config, Files.isDirectory(tokenizer) ? tokenizer : aside);
            copyTokenizer(tokenizer, aside);
            WeightFiles.write(aside, weights, WeightFiles.LARGEST);
            if (Files.exists(target)) {
                Files.move(target, old, StandardCopyOption.ATOMIC_MOVE);
            }
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE);
            delete(old);
        } catch (IOException e) {
            throw new ModelException("cannot write " + folder + ": " + e, e);
        }
    }

    private static void requireReplaceable(Path target) {
        if (!Files.exists(target) || Files.isRegularFile(target.resolve("config.json"))) {
            return;
        }
        try (Stream<Path> content = Files.isDirectory(target) ? Files.list(target) : Stream.of(target)) {
            if (content.findAny().isPresent()) {
                throw new ModelException(target + " exists and is no model folder; it is not overwritten");
            }
        } catch (IOException e) {
            throw new ModelException("cannot read " + target + ": " + e.getMessage(), e);
        }
    }

    private static void copyTokenizer(Path tokenizer, Path to) throws IOException {
        if (!Files.isDirectory(tokenizer)) {
            Files.copy(tokenizer, to.resolve(TOKENIZER_FILES.getFirst()));
            return;
        }
        for (String name : TOKENIZER_FILES) {
            if (Files.isRegularFile(tokenizer.resolve(name))) {
                Files.copy(tokenizer.resolve(name), to.resolve(name));
            }
        }
    }

    private static void delete(Path path) throws IOException {
        if (Files.exists(path)) {
            try (Stream<Path> all = Files.walk(path)) {
                for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    /**
     * SHA-256 in hexadecimal, the identity of the weights: of {@code model.safetensors}, or of its shards one after
     * another in the order of their names.
     */
    public static String sha256(Path folder) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (Path file : WeightFiles.open(folder).paths()) {
                update(digest, file);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has SHA-256
        }
    }

    private static void update(MessageDigest digest, Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        } catch (IOException e) {
            throw new ModelException("cannot read " + file + ": " + e, e);
        }
    }
}
