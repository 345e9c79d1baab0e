package preflab.datasets.importer;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;

import preflab.datasets.example.PreferenceExample;

/** Files made in tests, and reading them. */
final class TempFiles {

    private TempFiles() {
    }

    /** What came of reading a file. */
    record Read(ImportReport report, List<PreferenceExample> rows) {
    }

    static Path write(Path folder, String name, String text) {
        return write(folder, name, text.getBytes(StandardCharsets.UTF_8));
    }

    static Path write(Path folder, String name, byte[] bytes) {
        try {
            return Files.write(folder.resolve(name), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] gzip(String text) throws IOException {
        return gzip(text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] gzip(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    static Read read(Path file) {
        return read(file, Hints.NONE);
    }

    static Read read(Path file, Hints hints) {
        List<PreferenceExample> rows = new ArrayList<>();
        ImportReport report = Importers.plan(file, hints).read(rows::add, Progress.NONE);
        return new Read(report, rows);
    }
}
