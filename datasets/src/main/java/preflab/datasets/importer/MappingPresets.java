package preflab.datasets.importer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetException.Code;
import preflab.datasets.example.Kind;

/**
 * Presets of mappings in one folder of the user's, a JSON file each ({@code NAME.json} with {@code name}, {@code kind}
 * and {@code columns}), so they can be read, copied and put under version control. Written aside and renamed.
 */
public final class MappingPresets {

    private static final Logger LOG = LoggerFactory.getLogger(MappingPresets.class);
    private static final String JSON = ".json";
    private static final long LARGEST = 1 << 20;

    private final Path folder;

    private MappingPresets(Path folder) {
        this.folder = folder;
    }

    /** The presets in this folder, which need not exist before the first is saved. */
    public static MappingPresets in(Path folder) {
        return new MappingPresets(folder);
    }

    /** Every preset, by name; files that are none are left out and logged. */
    public List<MappingPreset> list() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(JSON)).map(MappingPresets::readable)
                    .flatMap(Optional::stream).sorted(Comparator.comparing(MappingPreset::name)).toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            throw new DatasetException(Code.STORAGE, "the folder " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Those that read columns which a file has. */
    public List<MappingPreset> fitting(Collection<String> columns) {
        return list().stream().filter(preset -> preset.fits(columns)).toList();
    }

    /**
     * The preset of this name.
     *
     * @throws DatasetException
     *             NOT_FOUND, saying which there are
     */
    public MappingPreset get(String name) {
        List<MappingPreset> all = list();
        return all.stream().filter(preset -> preset.name().equals(name)).findFirst()
                .orElseThrow(() -> new DatasetException(Code.NOT_FOUND, "there is no preset '" + Clip.text(name)
                        + "'; there is " + (all.isEmpty()
                                ? "none yet"
                                : String.join(", ", all.stream().map(MappingPreset::name).toList()))));
    }

    /** Keeps a preset, in place of one of the same name. */
    public void save(MappingPreset preset) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("name", preset.name());
        preset.kind().ifPresent(kind -> json.put("kind", kind.id()));
        json.put("columns", new TreeMap<>(preset.mapping().columns()));
        Path aside = folder.resolve("." + UUID.randomUUID() + ".part");
        try {
            Files.createDirectories(folder);
            Files.write(aside, Json.mapper().writer(SerializationFeature.INDENT_OUTPUT).writeValueAsBytes(json));
            Files.move(aside, file(preset.name()), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new DatasetException(Code.STORAGE,
                    file(preset.name()) + " cannot be written: " + e.getMessage(), e);
        } finally {
            remove(aside);
        }
    }

    /** Forgets a preset; false if there was none of this name. */
    public boolean delete(String name) {
        return list().stream().anyMatch(preset -> preset.name().equals(name)) && remove(file(name));
    }

    private Path file(String name) {
        return folder.resolve(name + JSON);
    }

    private static boolean remove(Path file) {
        try {
            return Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new DatasetException(Code.STORAGE, file + " cannot be removed: " + e.getMessage(), e);
        }
    }

    private static Optional<MappingPreset> readable(Path file) {
        try {
            return Files.size(file) > LARGEST ? Optional.empty() : Optional.of(read(file));
        } catch (IOException e) {
            LOG.warn("{} is no preset and is left out: {}", file, Json.explain(e));
        } catch (DatasetException e) {
            LOG.warn("{} is no preset and is left out: {}", file, e.getMessage());
        }
        return Optional.empty();
    }

    private static MappingPreset read(Path file) throws IOException {
        JsonNode json = Json.mapper().readTree(Files.readAllBytes(file));
        Map<String, String> columns = new LinkedHashMap<>();
        json.path("columns").properties().forEach(entry -> columns.put(entry.getKey(), entry.getValue().asText()));
        return new MappingPreset(json.path("name").asText(), Kind.of(json.path("kind").asText()),
                new FieldMapping(columns));
    }
}
