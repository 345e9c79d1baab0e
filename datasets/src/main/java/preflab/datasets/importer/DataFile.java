package preflab.datasets.importer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

import preflab.datasets.columnar.DamagedFileException;
import preflab.datasets.columnar.UnpackedStream;
import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetException.Code;

/**
 * A file whose bytes have been looked at: what container it is, whatever its name says.
 *
 * @param gzip
 *            whether it is compressed
 */
record DataFile(Path path, Container container, boolean gzip) {

    /**
     * Looks at the first bytes.
     *
     * @throws DatasetException
     *             BAD_FILE with one clear message for everything that is no data
     */
    static DataFile probe(Path path) {
        if (!Files.exists(path)) {
            throw bad(path, "does not exist", null);
        }
        if (!Files.isRegularFile(path)) {
            throw bad(path, Files.isDirectory(path) ? "is a folder; choose one file" : "is not a file", null);
        }
        try {
            boolean gzip = isGzip(path);
            try (InputStream in = decompressed(Files.newInputStream(path), gzip, path)) {
                return new DataFile(path, ContainerProbe.of(path, in, gzip), gzip);
            }
        } catch (DamagedFileException e) {
            throw bad(path, e.getMessage(), e);
        } catch (IOException e) {
            throw bad(path, "cannot be read: " + e.getMessage(), e);
        }
    }

    /** The file's name without folders. */
    String name() {
        return String.valueOf(path.getFileName());
    }

    /** For people: {@code gzip of JSON Lines}. */
    String describe() {
        return (gzip ? "gzip of " : "") + container.words();
    }

    RowSource open(Progress progress) throws IOException {
        return open(metered(progress, sha256()));
    }

    MeteredInputStream metered(Progress progress, MessageDigest digest) throws IOException {
        return new MeteredInputStream(Files.newInputStream(path), Files.size(path), progress, digest);
    }

    RowSource open(MeteredInputStream metered) throws IOException {
        InputStream in = decompressed(metered, gzip, path);
        return container.open(in, metered);
    }

    /** For a file that breaks while it is read. */
    static DatasetException unreadable(Path path, IOException e) {
        return e instanceof DamagedFileException
                ? bad(path, e.getMessage(), e)
                : bad(path, "cannot be read: " + e.getMessage(), e);
    }

    static DatasetException bad(Path path, String why, IOException cause) {
        return new DatasetException(Code.BAD_FILE, path + " " + why, cause);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String latin(byte[] bytes, int length) {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }

    private static boolean isGzip(Path path) throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] magic = in.readNBytes(2);
            return magic.length == 2 && magic[0] == (byte) 0x1F && magic[1] == (byte) 0x8B;
        }
    }

    private static InputStream decompressed(InputStream in, boolean gzip, Path path) throws IOException {
        return gzip ? new UnpackedStream(in, Files.size(path)) : in;
    }
}
