package preflab.datasets.columnar;

/**
 * Limits for what a few bytes can claim to be: a run of equal values costs nothing in a file and everything in memory.
 * One row holds at most a million values and 64 MiB of texts; a file gives at most 200 times its own size once that is
 * more than 256 MiB.
 */
final class RowBudget {

    static final int MOST_VALUES = 1_000_000;
    static final long MOST_BYTES = 64 << 20;
    static final int MOST_TIMES = 200;
    static final long FREE = 256L << 20;

    private final long fileBytes;
    private long total;
    private long values;
    private long bytes;
    private boolean badText;

    RowBudget(long fileBytes) {
        this.fileBytes = fileBytes;
    }

    /** The largest piece that may be unpacked at once, in bytes: a quarter of this program's memory. */
    static int largestPiece() {
        return (int) Math.min(1 << 30, Math.max(32 << 20, Runtime.getRuntime().maxMemory() / 4));
    }

    void startRow() throws DamagedFileException {
        total += bytes + values;
        values = 0;
        bytes = 0;
        badText = false;
        if (total > FREE && total / MOST_TIMES > fileBytes) {
            throw new DamagedFileException("unpacks to more than " + MOST_TIMES + " times its size");
        }
    }

    void value() {
        if (++values > MOST_VALUES) {
            throw new IllegalStateException("a row holds more than " + MOST_VALUES + " values");
        }
    }

    void text(long length) {
        bytes += length;
        if (bytes > MOST_BYTES) {
            throw new IllegalStateException("a row holds more than " + (MOST_BYTES >> 20) + " MiB");
        }
    }

    /** Marks the row: a text in it is no UTF-8. */
    void badText() {
        badText = true;
    }

    boolean hasBadText() {
        return badText;
    }
}
