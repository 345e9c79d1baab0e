package preflab.datasets.example;

import java.util.Objects;

/**
 * What goes wrong with data as a whole: a file that is no data, a name that is not allowed, a store that cannot be
 * written. The message says what happened, to what, and what is allowed. Single bad rows are never exceptions; they
 * are listed in an import report.
 */
public final class DatasetException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** What kind of trouble; stable, for callers that decide by it. */
    public enum Code {
        /** The file cannot be read, or its bytes are not data of a known container. */
        BAD_FILE,
        /** The file is read, but its columns fit no known format, or not the kind asked for. */
        UNKNOWN_FORMAT,
        /** A field mapping names a field or a column that does not exist. */
        BAD_MAPPING,
        /** Not one row could be used. */
        NO_ROWS,
        /** A dataset name that is not allowed. */
        BAD_NAME,
        /** There is no such dataset or version. */
        NOT_FOUND,
        /** Written by a newer version of this program. */
        NEWER_SCHEMA,
        /** A database or the disk failed. */
        STORAGE
    }

    private final Code code;

    public DatasetException(Code code, String message) {
        super(message);
        this.code = Objects.requireNonNull(code, "code");
    }

    public DatasetException(Code code, String message, Throwable cause) {
        super(message, cause);
        this.code = Objects.requireNonNull(code, "code");
    }

    public Code code() {
        return code;
    }

    /** Whether the input is to blame (and not the disk or the program). */
    public boolean badInput() {
        return code != Code.STORAGE;
    }
}
