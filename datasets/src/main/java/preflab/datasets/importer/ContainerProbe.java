package preflab.datasets.importer;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import preflab.datasets.importer.DataFile.Container;

/** Tells containers apart by their bytes, and names those that cannot be read. */
final class ContainerProbe {

    private static final int HEAD = 4096;
    /** Lines looked at to tell JSON Lines from one object over several lines. */
    private static final int LINES = 20;

    private record Magic(String start, String what) {
    }

    private static final List<Magic> OTHERS = List.of(
            new Magic("version https://git-lfs", "is a git-LFS pointer, not the data: fetch the real file first"
                    + " (git lfs pull)"),
            new Magic("PAR1", "is a Parquet file; only JSON Lines and JSON can be imported yet"),
            new Magic("ARROW1", "is an Arrow file; only JSON Lines and JSON can be imported yet"),
            new Magic("\u00ff\u00ff\u00ff\u00ff", "is an Arrow stream; only JSON Lines and JSON can be imported yet"),
            new Magic("PK\u0003\u0004", "is a zip archive; unpack it and choose one file"),
            new Magic("SQLite format 3", "is an SQLite database; only JSON Lines and JSON can be imported"),
            new Magic("\u00ff\u00fe", "is UTF-16 text; save it as UTF-8"),
            new Magic("\u00fe\u00ff", "is UTF-16 text; save it as UTF-8"));

    /** First characters of data that is none of ours, with what it probably is. */
    private static final Map<Character, String> HINTS = Map.of('<', "looks like HTML or XML", '"',
            "looks like CSV or a single JSON text");

    private ContainerProbe() {
    }

    static Container of(Path path, InputStream in) throws IOException {
        PushbackInputStream back = new PushbackInputStream(in, HEAD);
        byte[] head = back.readNBytes(HEAD);
        String start = DataFile.latin(head, head.length);
        refuseOthers(path, start);
        String text = start.startsWith("\u00ef\u00bb\u00bf") ? start.substring(3) : start;
        char first = firstCharacter(path, text, head.length);
        if (first == '[') {
            return Container.ARRAY;
        }
        if (first != '{') {
            throw DataFile.bad(path, HINTS.getOrDefault(first, "is not JSON") + ": it begins with '"
                    + Clip.text(text.strip(), 30) + "'; JSON Lines or a JSON list is needed", null);
        }
        back.unread(head);
        return isLines(back) ? Container.LINES : Container.VALUES;
    }

    private static void refuseOthers(Path path, String start) {
        for (Magic magic : OTHERS) {
            if (start.startsWith(magic.start())) {
                throw DataFile.bad(path, magic.what(), null);
            }
        }
        if (start.indexOf('\0') >= 0) {
            throw DataFile.bad(path, "is a binary file; JSON Lines or a JSON list is needed", null);
        }
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
     * JSON Lines if some line that begins with a brace is an object by itself, or if several lines at least begin and
     * end like one: then every broken line can be named by itself.
     */
    private static boolean isLines(InputStream in) throws IOException {
        LineReader lines = new LineReader(in); // its stream is closed by the caller
        int braced = 0;
        for (int i = 0; i < LINES && lines.next(); i++) {
            if (lines.length() == 0 || lines.buffer()[lines.start()] != '{') {
                continue;
            }
            if (isObject(lines)) {
                return true;
            }
            braced += lines.buffer()[lines.start() + lines.length() - 1] == '}' ? 1 : 0;
        }
        return braced > 1;
    }

    private static boolean isObject(LineReader lines) {
        try {
            return Json.object(lines.buffer(), lines.start(), lines.length()).isObject();
        } catch (BadRow e) {
            return false;
        }
    }
}
