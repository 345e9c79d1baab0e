package preflab.projects.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/** The operating system's lock that the process executing a run holds; it goes when the process goes, however it goes. */
public final class RunLock implements AutoCloseable {

    /**
     * Locks this process holds. POSIX drops a process's lock when it closes <em>any</em> channel to the file, so a look
     * at the lock must not even open a file that this process holds. Guards all of this class's work.
     */
    private static final Set<Path> HELD = new HashSet<>();

    /** Longer than anybody's look at the lock takes. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Path file;
    private final FileChannel channel;

    private RunLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Takes the lock of the run with this folder; empty if another process (or this one) executes the run. */
    static Optional<RunLock> take(Path runFolder) {
        Path file = runFolder.resolve("lock");
        synchronized (HELD) {
            try {
                Files.createDirectories(runFolder);
                file = file(runFolder);
                return HELD.contains(file) ? Optional.empty() : tryFor(file, PATIENCE);
            } catch (IOException e) {
                throw new ProjectException(ProjectException.Code.SYSTEM,
                        "cannot lock " + file + ": " + e.getMessage(), e);
            }
        }
    }

    private static Optional<RunLock> tryFor(Path file, Duration patience) throws IOException {
        long deadline = System.nanoTime() + patience.toNanos();
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock();
        while (lock == null && System.nanoTime() < deadline) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            lock = channel.tryLock();
        }
        if (lock == null) {
            channel.close();
            return Optional.empty();
        }
        HELD.add(file);
        return Optional.of(new RunLock(file, channel));
    }

    /** Whether some process executes the run with this folder. */
    static boolean isHeld(Path runFolder) {
        synchronized (HELD) {
            try {
                Path file = file(runFolder);
                return HELD.contains(file) || (Files.exists(file) && !canShare(file));
            } catch (IOException e) {
                throw new ProjectException(ProjectException.Code.SYSTEM,
                        "cannot look at the lock in " + runFolder + ": " + e.getMessage(), e);
            }
        }
    }

    /** A shared lock, so that several onlookers do not take each other for the worker. */
    private static boolean canShare(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            return channel.tryLock(0, Long.MAX_VALUE, true) != null;
        }
    }

    private static Path file(Path runFolder) throws IOException {
        return (Files.exists(runFolder) ? runFolder.toRealPath() : runFolder.toAbsolutePath()).resolve("lock");
    }

    @Override
    public void close() {
        synchronized (HELD) {
            try {
                channel.close();
            } catch (IOException e) {
                throw new ProjectException(ProjectException.Code.SYSTEM, "cannot unlock " + file, e);
            } finally {
                HELD.remove(file);
            }
        }
    }
}
