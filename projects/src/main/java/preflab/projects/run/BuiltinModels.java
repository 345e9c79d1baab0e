package preflab.projects.run;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.zip.CRC32;
import preflab.projects.store.ProjectException;

/**
 * Models that come with the program: resources {@code preflab/builtin/NAME/FILE}, listed in {@code
 * preflab/builtin/models.txt} (a line per model: its name and its files). The engine reads folders, so they are
 * unpacked into a cache.
 */
final class BuiltinModels {

    private static final String ROOT = "/preflab/builtin/";

    private BuiltinModels() {
    }

    private record Entry(String name, List<String> files) {
    }

    static List<String> names() {
        return entries().stream().map(Entry::name).toList();
    }

    private static List<Entry> entries() {
        try (InputStream in = BuiltinModels.class.getResourceAsStream(ROOT + "models.txt")) {
            return in == null
                    ? List.of()
                    : new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(String::strip)
                            .filter(line -> !line.isEmpty() && !line.startsWith("#")).map(BuiltinModels::entry)
                            .filter(entry -> entry.files().contains("config.json")).toList();
        } catch (IOException e) {
            throw new ProjectException(ProjectException.Code.SYSTEM, "cannot read the list of built-in models", e);
        }
    }

    private static Entry entry(String line) {
        List<String> words = List.of(line.split("\\s+", -1));
        String name = words.getFirst();
        return new Entry(name, words.stream().skip(1).filter(file -> resource(name, file) != null).toList());
    }

    private static URL resource(String name, String file) {
        return BuiltinModels.class.getResource(ROOT + name + "/" + file);
    }

    /** The folder of the built-in model, unpacked under the cache if it is not there yet. */
    static Path unpack(String name, Path cache) {
        Entry entry = entries().stream().filter(e -> e.name().equals(name)).findFirst()
                .orElseThrow(() -> new ProjectException(ProjectException.Code.NO_SUCH_MODEL,
                        "there is no built-in model \"" + name + "\"; there are " + names()));
        Path folder = cache.resolve("builtin").resolve(name + "-" + fingerprint(entry)).toAbsolutePath();
        if (!Files.isDirectory(folder)) {
            unpack(entry, folder);
        }
        return folder;
    }

    /** Another version of the program may bring other weights under the same name. */
    private static String fingerprint(Entry entry) {
        CRC32 sum = new CRC32();
        entry.files().forEach(file -> sum.update(bytes(entry.name(), file)));
        return Long.toHexString(sum.getValue());
    }

    private static byte[] bytes(String name, String file) {
        try (InputStream in = BuiltinModels.class.getResourceAsStream(ROOT + name + "/" + file)) {
            if (in == null) {
                throw new ProjectException(ProjectException.Code.SYSTEM,
                        "the program lacks its resource " + ROOT + name + "/" + file);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new ProjectException(ProjectException.Code.SYSTEM,
                    "cannot read the resource " + ROOT + name + "/" + file, e);
        }
    }

    /** Written aside, then renamed: several processes may do this at once, and one may be killed half-way. */
    private static void unpack(Entry entry, Path folder) {
        try {
            Files.createDirectories(folder.getParent());
            Path aside = Files.createTempDirectory(folder.getParent(), ".unpacking");
            for (String file : entry.files()) {
                Files.write(aside.resolve(file), bytes(entry.name(), file));
            }
            rename(aside, folder);
        } catch (IOException e) {
            throw new ProjectException(ProjectException.Code.SYSTEM,
                    "cannot unpack the built-in model " + entry.name() + " into " + folder + ": " + e.getMessage(), e);
        }
    }

    private static void rename(Path aside, Path folder) throws IOException {
        try {
            Files.move(aside, folder, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException | AtomicMoveNotSupportedException e) {
            if (!Files.isDirectory(folder)) {
                throw e;
            }
        }
    }
}
