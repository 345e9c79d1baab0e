package preflab.datasets.store;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.atomic.AtomicLong;

/** Writes files whole or not at all: aside in the same folder, then renamed, so that nobody ever reads half of one. */
public final class WholeFile {

    private static final AtomicLong COUNT = new AtomicLong();

    private WholeFile() {
    }

    /** Fills a file that does not exist yet. */
    @FunctionalInterface
    public interface Filling {
        void write(Path aside) throws IOException;
    }

    /** Writes text in UTF-8. */
    @FunctionalInterface
    public interface Text {
        void write(BufferedWriter out) throws IOException;
    }

    /**
     * Replaces the file, in a folder that is made where it is missing. Threads and processes that write the same file do
     * not meet: the last one stays.
     *
     * @throws IOException
     *             as the filling throws it; the file is what it was then, and nothing lies beside it
     */
    public static void write(Path file, Filling filling) throws IOException {
        Path target = file.toAbsolutePath();
        Files.createDirectories(target.getParent());
        Path aside = target.resolveSibling("." + target.getFileName() + "." + ProcessHandle.current().pid() + "-"
                + COUNT.incrementAndGet() + ".part");
        try {
            filling.write(aside);
            Files.move(aside, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    /** The same with text. */
    public static void writeText(Path file, Text text) throws IOException {
        write(file, aside -> {
            try (BufferedWriter out = Files.newBufferedWriter(aside, StandardCharsets.UTF_8)) {
                text.write(out);
            }
        });
    }
}
