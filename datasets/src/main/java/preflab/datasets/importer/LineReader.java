package preflab.datasets.importer;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Cuts a stream of bytes into lines at LF without copying them: a line is a slice of the buffer, valid until the next
 * call. A carriage return before the LF and a byte-order mark before the first line are left out. Memory stays at the
 * size of the longest line.
 */
final class LineReader implements Closeable {

    /** Lines longer than this are skipped: {@link #tooLong}. */
    static final int LONGEST_LINE = Json.LONGEST_ROW;

    private final InputStream in;
    private final int longest;
    private byte[] buffer = new byte[1 << 18];
    private int filled;
    private int start;
    private int end;
    private int next;
    private long number;
    private boolean ended;
    private boolean tooLong;

    LineReader(InputStream in) {
        this(in, LONGEST_LINE);
    }

    LineReader(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /** Goes to the next line; false at the end of the stream. */
    boolean next() throws IOException {
        start = next;
        tooLong = false;
        int searched = start;
        while (true) {
            int feed = indexOfLineFeed(searched);
            if (feed >= 0) {
                return line(feed, feed + 1);
            }
            if (ended) {
                return (start < filled || tooLong) && line(filled, filled);
            }
            searched = makeRoom();
            fill();
        }
    }

    byte[] buffer() {
        return buffer;
    }

    int start() {
        return start;
    }

    int length() {
        return end - start;
    }

    /** Counted from 1. */
    long number() {
        return number;
    }

    /** The line was longer than allowed; only its end is here. */
    boolean tooLong() {
        return tooLong;
    }

    boolean isBlank() {
        for (int i = start; i < end; i++) {
            if (buffer[i] != ' ' && buffer[i] != '\t' && buffer[i] != '\r') {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private boolean line(int lineEnd, int nextLine) {
        end = lineEnd > start && buffer[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
        next = nextLine;
        if (++number == 1 && end - start >= 3 && buffer[start] == (byte) 0xEF && buffer[start + 1] == (byte) 0xBB
                && buffer[start + 2] == (byte) 0xBF) {
            start += 3;
        }
        return true;
    }

    private int indexOfLineFeed(int from) {
        for (int i = from; i < filled; i++) {
            if (buffer[i] == '\n') {
                return i;
            }
        }
        return -1;
    }

    /** Moves the line begun to the front of a buffer with free space; returns where new bytes will go. */
    private int makeRoom() {
        if (filled - start >= longest) {
            tooLong = true;
            filled = start; // too much to hold: forget it
        }
        System.arraycopy(buffer, start, buffer, 0, filled - start);
        filled -= start;
        start = 0;
        if (filled == buffer.length) {
            buffer = Arrays.copyOf(buffer, buffer.length * 2);
        }
        return filled;
    }

    private void fill() throws IOException {
        int read = in.read(buffer, filled, buffer.length - filled);
        if (read < 0) {
            ended = true;
        } else {
            filled += read;
        }
    }
}
