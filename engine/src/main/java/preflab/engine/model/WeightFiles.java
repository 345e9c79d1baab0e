package preflab.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import preflab.engine.batch.ModelException;

/**
 * Where a model folder keeps its weights: {@code model.safetensors}, or several files (shards) of which
 * {@code model.safetensors.index.json} says which array lies in which. Opening reads headers alone. Where a folder has
 * both, the single file counts, as in transformers.
 */
final class WeightFiles {

    static final String SINGLE = "model.safetensors";
    static final String INDEX = SINGLE + ".index.json";

    /** Bytes of numbers in one file at most; a single array may be larger. Transformers shards at 5 GB. */
    static final long LARGEST = 5_000_000_000L;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path listing; // what messages about missing arrays name
    private final Map<String, SafeTensors> files; // by file name, sorted
    private final Map<String, SafeTensors> fileOf; // by array
    private final String prefix; // that the files leave out

    private WeightFiles(Path listing, Map<String, SafeTensors> files) {
        this(listing, files, "");
    }

    private WeightFiles(Path listing, Map<String, SafeTensors> files, String prefix) {
        this.listing = listing;
        this.files = files;
        this.prefix = prefix;
        this.fileOf = new LinkedHashMap<>();
        files.values().forEach(file -> file.entries().keySet()
                .forEach(name -> fileOf.put(name.startsWith("lm_head.") ? name : prefix + name, file)));
    }

    /** With arrays named in full: some writers leave out what all names but the head's begin with. */
    WeightFiles named(String full) {
        boolean bare = fileOf.keySet().stream().noneMatch(name -> name.startsWith(full));
        return bare ? new WeightFiles(listing, files, full) : this;
    }

    /** Where and how an array is stored. */
    SafeTensors.Entry entry(String name) {
        return fileOf.get(name).entries().get(stored(name));
    }

    private String stored(String name) {
        return name.startsWith("lm_head.") ? name : name.substring(prefix.length());
    }

    /**
     * Reads the headers and checks that the index, where there is one, and the files agree.
     *
     * @throws ModelException
     *             naming the file and what is wrong; a pickle is refused with the reason
     */
    static WeightFiles open(Path folder) {
        Path single = folder.resolve(SINGLE);
        if (Files.isRegularFile(single)) {
            return new WeightFiles(single, Map.of(SINGLE, SafeTensors.open(single)));
        }
        Path index = folder.resolve(INDEX);
        if (Files.isRegularFile(index)) {
            return sharded(index);
        }
        throw new ModelException(withoutWeights(folder));
    }

    private static WeightFiles sharded(Path index) {
        JsonNode map = ConfigFile.parse(index).path("weight_map");
        if (!map.isObject() || map.isEmpty()) {
            throw new ModelException(index + " has no weight_map, which says which array lies in which file");
        }
        Map<String, SafeTensors> files = new TreeMap<>();
        map.properties().forEach(field -> {
            String file = field.getValue().asText();
            SafeTensors shard = files.computeIfAbsent(file, name -> shard(index, name));
            if (!shard.entries().containsKey(field.getKey())) {
                throw new ModelException(index + " places " + field.getKey() + " in " + file + ", which lacks it");
            }
        });
        files.forEach((file, shard) -> shard.entries().keySet().forEach(name -> {
            if (!file.equals(map.path(name).asText())) {
                throw new ModelException(index + " does not place " + name + " in " + file + ", which holds it");
            }
        }));
        return new WeightFiles(index, files);
    }

    /** A name from the index: only a file beside it, so that an index cannot reach out of its folder. */
    private static SafeTensors shard(Path index, String name) {
        if (!name.endsWith(".safetensors") || name.contains("/") || name.contains("\\")) {
            throw new ModelException(index + " names \"" + name + "\"; allowed are .safetensors files beside it");
        }
        Path file = index.resolveSibling(name);
        if (!Files.isRegularFile(file)) {
            throw new ModelException(index + " names " + name + ", which is missing; download the model again");
        }
        return SafeTensors.open(file);
    }

    private static String withoutWeights(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(f -> f.getFileName().toString()).filter(WeightFiles::isPickle).sorted().findFirst()
                    .map(pickle -> folder + ": " + pickle
                            + " is a pickle, which can run code when opened, and is refused;"
                            + " convert the model to " + SINGLE)
                    .orElse(folder + " is no model folder: it has no " + SINGLE);
        } catch (IOException e) {
            throw new ModelException("cannot read " + folder + ": " + e.getMessage(), e);
        }
    }

    private static boolean isPickle(String name) {
        return name.endsWith(".bin") || name.endsWith(".pt") || name.endsWith(".pth") || name.endsWith(".pkl");
    }

    /** The single file or the index: where to look for what is missing. */
    Path listing() {
        return listing;
    }

    /** The files that hold numbers, sorted by name. */
    List<Path> paths() {
        return files.values().stream().map(SafeTensors::file).toList();
    }

    /** Every array, by name, with the file it lies in. */
    Map<String, SafeTensors> fileOf() {
        return fileOf;
    }

    /** The named arrays in the order of the names, in memory of their own, owned by the manager and by no scope. */
    Map<String, NDArray> read(Iterable<String> names, NDManager manager, DataType type) {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        names.forEach(name -> arrays.put(name,
                fileOf.get(name).read(List.of(stored(name)), manager, type).get(stored(name))));
        return arrays;
    }

    /** Writes one file, or shards of at most {@code largest} bytes in the order of the names with their index. */
    static void write(Path folder, Map<String, NDArray> weights, long largest) throws IOException {
        List<Map<String, NDArray>> shards = shards(weights, largest);
        if (shards.size() == 1) {
            SafeTensors.write(folder.resolve(SINGLE), weights);
            return;
        }
        ObjectNode index = JSON.createObjectNode();
        long total = weights.values().stream().mapToLong(WeightFiles::bytes).sum();
        index.putObject("metadata").put("total_size", total);
        ObjectNode map = index.putObject("weight_map");
        for (int i = 0; i < shards.size(); i++) {
            String name = String.format(Locale.ROOT, "model-%05d-of-%05d.safetensors", i + 1, shards.size());
            SafeTensors.write(folder.resolve(name), shards.get(i));
            shards.get(i).keySet().forEach(array -> map.put(array, name));
        }
        JSON.writerWithDefaultPrettyPrinter().writeValue(folder.resolve(INDEX).toFile(), index);
    }

    private static List<Map<String, NDArray>> shards(Map<String, NDArray> weights, long largest) {
        List<Map<String, NDArray>> shards = new ArrayList<>(List.of(new LinkedHashMap<>()));
        long filled = 0;
        for (Map.Entry<String, NDArray> entry : weights.entrySet()) {
            long bytes = bytes(entry.getValue());
            if (filled > 0 && filled + bytes > largest) {
                shards.add(new LinkedHashMap<>());
                filled = 0;
            }
            shards.getLast().put(entry.getKey(), entry.getValue());
            filled += bytes;
        }
        return shards;
    }

    private static long bytes(NDArray array) {
        return array.getShape().size() * array.getDataType().getNumOfBytes();
    }
}
