package preflab.datasets.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetException.Code;

/** Names and moves of version files. */
final class VersionFolder {

    private static final Logger LOG = LoggerFactory.getLogger(VersionFolder.class);
    private static final Pattern VERSION = Pattern.compile("v([0-9]{4,9})\\.db");
    private static final String PART = ".part";
    private static final String TRASH = ".trash";
    /** Files written aside are swept after this long: by then, whoever wrote them has died. */
    private static final Duration ABANDONED = Duration.ofHours(24);

    private final Path root;

    private VersionFolder(Path root) {
        this.root = root;
    }

    static VersionFolder open(Path root) {
        try {
            Files.createDirectories(root);
        } catch (IOException e) {
            throw new DatasetException(Code.STORAGE, "the folder " + root + " cannot be made: " + e.getMessage(), e);
        }
        VersionFolder folder = new VersionFolder(root);
        folder.names().forEach(folder::sweep);
        return folder;
    }

    /** Datasets by name; folders that hold no versions (yet) are none. */
    List<String> names() {
        return list(root).stream().filter(Files::isDirectory).map(path -> path.getFileName().toString()).sorted()
                .filter(name -> !name.startsWith(".")).filter(name -> !versions(name).isEmpty()).toList();
    }

    /** The versions of a dataset, rising; none when there is no such dataset. */
    List<Integer> versions(String name) {
        return list(root.resolve(name)).stream().map(path -> VERSION.matcher(path.getFileName().toString()))
                .filter(Matcher::matches).map(match -> Integer.parseInt(match.group(1))).sorted().toList();
    }

    /** One more than any version has had, those in the trash included: they can come back. */
    int nextVersion(String name) {
        return 1 + Stream.concat(versions(name).stream(), trash().versions(name).stream())
                .mapToInt(Integer::intValue).max().orElse(0);
    }

    /** Versions that were deleted, laid out as here; on the same disk, so that moving them takes no time. */
    VersionFolder trash() {
        return new VersionFolder(root.resolve(TRASH));
    }

    /**
     * Moves a version to another folder of versions, never over one that is there.
     *
     * @return whether it was moved; false if there is one already
     */
    boolean move(String name, int version, VersionFolder target) {
        Path from = file(name, version);
        Path place = target.file(name, version);
        try {
            Files.createDirectories(place.getParent());
            if (!place(from, place)) {
                return false;
            }
            Files.deleteIfExists(from);
            removeIfEmpty(name);
            return true;
        } catch (IOException e) {
            throw new DatasetException(Code.STORAGE, from + " cannot be moved to " + place + ": " + e.getMessage(), e);
        }
    }

    /** Removes a version for good. */
    void delete(String name, int version) {
        try {
            Files.deleteIfExists(file(name, version));
            removeIfEmpty(name);
        } catch (IOException e) {
            throw new DatasetException(Code.STORAGE, file(name, version) + " cannot be deleted: " + e.getMessage(), e);
        }
    }

    Path file(String name, int version) {
        return root.resolve(name).resolve(String.format(Locale.ROOT, "v%04d.db", version));
    }

    /** A new name for a file to be written aside, in the folder where it will stay. */
    Path aside(String name) {
        Path folder = root.resolve(name);
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new DatasetException(Code.STORAGE, "the folder " + folder + " cannot be made: " + e.getMessage(), e);
        }
        return folder.resolve("." + UUID.randomUUID() + PART);
    }

    /**
     * Puts a finished file in place under the expected version, or under the next free one when another process was
     * faster. Never replaces a file.
     *
     * @return the version it got
     */
    int publish(String name, Path aside, int expected) {
        int version = expected;
        try {
            while (!place(aside, file(name, version))) {
                version = Math.max(nextVersion(name), version + 1);
                VersionWriter.renumber(aside, version);
            }
            syncFolder(root.resolve(name));
            return version;
        } catch (IOException e) {
            throw new DatasetException(Code.STORAGE,
                    file(name, version) + " cannot be put in place: " + e.getMessage(), e);
        }
    }

    /** Refuses a new name that only differs in capitals from one that exists: some file systems mix them up. */
    void refuseNearlyEqual(String name) {
        for (String other : names()) {
            if (!other.equals(name) && DatasetName.folded(other).equals(DatasetName.folded(name))) {
                throw new DatasetException(Code.BAD_NAME,
                        "'" + name + "' differs from the dataset '" + other + "' only in capitals; use another name");
            }
        }
    }

    /** Removes the folder of a dataset whose first import came to nothing. */
    void removeIfEmpty(String name) {
        try {
            Files.deleteIfExists(root.resolve(name));
        } catch (DirectoryNotEmptyException e) {
            LOG.trace("{} is in use", e.getFile());
        } catch (IOException e) {
            LOG.warn("an empty folder stays behind: {}", e.getMessage());
        }
    }

    private static boolean place(Path aside, Path target) throws IOException {
        try {
            Files.createLink(target, aside); // unlike a move, a link never replaces a file
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (UnsupportedOperationException | IOException e) {
            LOG.debug("no hard links in {}: {}", target.getParent(), e.getMessage());
        }
        try {
            Files.move(aside, target);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        }
    }

    private static void syncFolder(Path folder) {
        try (FileChannel channel = FileChannel.open(folder)) {
            channel.force(true);
        } catch (IOException e) {
            LOG.trace("folders cannot be synced here: {}", e.getMessage());
        }
    }

    private void sweep(String name) {
        Instant old = Instant.now().minus(ABANDONED);
        for (Path path : list(root.resolve(name))) {
            try {
                if (path.getFileName().toString().endsWith(PART)
                        && Files.getLastModifiedTime(path).toInstant().isBefore(old)) {
                    Files.deleteIfExists(path);
                }
            } catch (IOException e) {
                LOG.warn("{} stays behind: {}", path, e.getMessage());
            }
        }
    }

    private static List<Path> list(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            throw new DatasetException(Code.STORAGE, "the folder " + folder + " cannot be read: " + e.getMessage(), e);
        }
    }
}
