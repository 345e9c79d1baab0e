package preflab.datasets.importer;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells containers apart by their bytes, and names those that cannot be read. */
final class ContainerProbe {

    static final int HEAD = 1 << 16;
    /** Lines looked at to tell JSON Lines from one object over several lines. */
    private static final int LINES = 20;
    private static final int TAR_MAGIC = 257;
    /** One zero byte in so many is taken for damage, more for a binary file. */
    private static final int MOST_ZEROS = 50;

    private record Magic(String start, String what) {
    }

    private static final String UNPACK = "; unpack it and choose one file";
    private static final List<Magic> OTHERS = List.of(
            new Magic("version https://git-lfs", "is a git-LFS pointer, not the data: fetch the real file first"
                    + " (git lfs pull)"),
            new Magic("PK\u0003\u0004", "is a zip archive (a PyTorch checkpoint is one too)" + UNPACK),
            new Magic("(\u00b5/\u00fd", "is compressed with zstd" + UNPACK),
            new Magic("\u001f\u008b", "is gzip inside gzip" + UNPACK),
            new Magic("BZh", "is compressed with bzip2" + UNPACK),
            new Magic("\u00fd7zXZ", "is compressed with xz" + UNPACK),
            new Magic("7z\u00bc\u00af", "is a 7z archive" + UNPACK),
            new Magic("GGUF", "is a model checkpoint (GGUF), not data"),
            new Magic("\u0093NUMPY", "is a NumPy array, not rows of data"),
            new Magic("\u0089HDF", "is an HDF5 file (weights, or arrays), not rows of data"),
            new Magic("\u00d0\u00cf\u0011\u00e0", "is an old Office document; save the table as CSV"),
            new Magic("%PDF", "is a PDF document, not data"),
            new Magic("SQLite format 3", "is an SQLite database; export its table as JSON Lines or CSV"),
            new Magic("\u00ff\u00fe", "is UTF-16 text; save it as UTF-8"),
            new Magic("\u00fe\u00ff", "is UTF-16 text; save it as UTF-8"));

    /** First characters of data that is none of ours, with what it probably is. */
    private static final Map<Character, String> HINTS = Map.of('<', "looks like HTML or XML", '"',
            "looks like a single JSON text");

    private ContainerProbe() {
    }

    static Container of(Path path, InputStream in, boolean packed) throws IOException {
        PushbackInputStream back = new PushbackInputStream(in, HEAD);
        byte[] head = back.readNBytes(HEAD);
        String start = DataFile.latin(head, head.length);
        Optional<Container> columns = columnar(path, start, packed);
        if (columns.isPresent()) {
            return columns.get();
        }
        refuseOthers(path, start);
        String text = start.startsWith("\u00ef\u00bb\u00bf") ? start.substring(3) : start;
        char first = firstCharacter(path, text, head.length);
        if (first == '{' && WrappedList.begins(head) && !hasSecondObject(head)) {
            return JsonContainer.WRAPPED;
        }
        back.unread(head);
        Optional<CsvContainer> table = first == '{' || first == '[' ? Optional.empty() : CsvContainer.of(head);
        if (table.isPresent()) {
            return table.get();
        }
        // a list may be one line of any length: its head must do
        if (first == '[' ? isLines(new ByteArrayInputStream(head), 2) : isLines(back, 1)) {
            return JsonContainer.LINES;
        }
        return switch (first) {
            case '[' -> JsonContainer.ARRAY;
            case '{' -> JsonContainer.VALUES;
            default -> throw DataFile.bad(path, isPlainText(text)
                    ? "is plain text, one item per line, and no JSON: such a list has no columns to read. It begins with '"
                            + Clip.text(text.strip(), 30) + "'"
                    : HINTS.getOrDefault(first, "is not JSON") + ": it begins with '"
                            + Clip.text(text.strip(), 30)
                            + "'; JSON Lines, a JSON list, CSV, Parquet or Arrow is needed",
                    null);
        };
    }

    private static Optional<Container> columnar(Path path, String start, boolean packed) {
        if (start.startsWith("PAR1") && packed) {
            throw DataFile.bad(path, "is a Parquet file inside gzip; unpack it and choose the Parquet file", null);
        }
        ColumnarContainer.Kind kind = start.startsWith("PAR1")
                ? ColumnarContainer.Kind.PARQUET
                : start.startsWith("ARROW1")
                        ? ColumnarContainer.Kind.ARROW_FILE
                        : start.startsWith("\u00ff\u00ff\u00ff\u00ff") ? ColumnarContainer.Kind.ARROW_STREAM : null;
        return Optional.ofNullable(kind).map(found -> new ColumnarContainer(found, path));
    }

    /** Several lines of words. */
    private static boolean isPlainText(String head) {
        List<String> lines = head.lines().limit(LINES).filter(line -> !line.isBlank()).toList();
        return lines.size() > 1
                && lines.stream().allMatch(line -> Character.isLetter(line.charAt(0)) && line.contains(" "));
    }

    private static void refuseOthers(Path path, String start) {
        for (Magic magic : OTHERS) {
            if (start.startsWith(magic.start())) {
                throw DataFile.bad(path, magic.what(), null);
            }
        }
        if (isSafetensors(start)) {
            throw DataFile.bad(path, "is a model checkpoint (safetensors), not data: a model's folder is opened where a"
                    + " model is chosen", null);
        }
        if (start.length() > 1 && start.charAt(0) == 0x80 && start.charAt(1) <= 5) {
            throw DataFile.bad(path, "is a Python pickle (often a model checkpoint); it is never opened, since a pickle"
                    + " can run code. Save the rows as JSON Lines", null);
        }
        if (start.startsWith("ustar", TAR_MAGIC)) {
            throw DataFile.bad(path, "is a tar archive" + UNPACK, null);
        }
        if (start.chars().filter(c -> c == 0).count() * MOST_ZEROS > start.length()) {
            throw DataFile.bad(path, "is a binary file; JSON Lines, a JSON list, CSV, Parquet or Arrow is needed",
                    null);
        }
    }

    /** Eight bytes of a header's length, little-endian, and the header's brace. */
    private static boolean isSafetensors(String start) {
        return start.length() > 9 && start.startsWith("\u0000\u0000\u0000", 5) && start.charAt(8) == '{';
    }

    private static char firstCharacter(Path path, String text, int bytes) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
                return c;
            }
        }
        throw DataFile.bad(path, bytes < HEAD ? "is empty" : "begins with nothing but white space", null);
    }

    /**
     * JSON Lines if some lines that begin with a brace are objects by themselves (in a list over several lines only the
     * last one can be, for want of a comma), or if several lines at least begin and end like objects: then every broken
     * line can be named by itself. A first line that is nothing but a brace begins an object over several lines.
     */
    private static boolean isLines(InputStream in, int needed) throws IOException {
        LineReader lines = new LineReader(in); // its stream is closed by the caller
        int braced = 0;
        int objects = 0;
        for (int i = 0; i < LINES && objects < needed && lines.next(); i++) {
            String edges = edges(lines);
            if (edges.equals("{") && i == 0) {
                return false;
            }
            objects += edges.startsWith("{") && isObject(lines) ? 1 : 0;
            braced += edges.equals("{}") ? 1 : 0;
        }
        return objects >= needed || braced > 1;
    }

    /** Whether the second line is an object by itself: then each line is a row, whatever its columns are called. */
    private static boolean hasSecondObject(byte[] head) throws IOException {
        LineReader lines = new LineReader(new ByteArrayInputStream(head));
        return lines.next() && isObject(lines) && lines.next() && lines.length() > 0;
    }

    /** The first and the last character of a line; one character, or none, of shorter ones. */
    private static String edges(LineReader lines) {
        int last = lines.start() + lines.length() - 1;
        while (last >= lines.start() && lines.buffer()[last] == ' ') {
            last--;
        }
        if (last < lines.start()) {
            return "";
        }
        String first = String.valueOf((char) lines.buffer()[lines.start()]);
        return last == lines.start() ? first : first + (char) lines.buffer()[last];
    }

    private static boolean isObject(LineReader lines) {
        try {
            return Json.object(lines.buffer(), lines.start(), lines.length()).isObject();
        } catch (BadRow e) {
            return false;
        }
    }
}
