package preflab.datasets.columnar;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Reads Thrift's compact protocol, in which Parquet writes what it says about itself. */
final class Thrift {

    private static final int DEEPEST = 32;
    private static final int LONGEST_TEXT = 1 << 20;
    private static final int TRUE = 1;
    private static final int FALSE = 2;
    private static final int BYTE = 3;
    private static final int DOUBLE = 7;
    private static final int BINARY = 8;
    private static final int LIST = 9;
    private static final int SET = 10;
    private static final int MAP = 11;
    private static final int STRUCT = 12;

    private final InputStream in;
    private int depth;

    /** Takes one field of a struct; what it does not read itself it skips. */
    interface Fields {
        void field(int id, int type) throws IOException;
    }

    /** Reads one element of a list. */
    interface Element {
        void read(int type) throws IOException;
    }

    Thrift(InputStream in) {
        this.in = in;
    }

    void struct(Fields fields) throws IOException {
        deeper();
        int id = 0;
        for (int header = one(); header != 0; header = one()) {
            id = header >>> 4 == 0 ? (int) zigzag() : id + (header >>> 4);
            fields.field(id, header & 15);
        }
        depth--;
    }

    void list(int type, Element element) throws IOException {
        if (type != LIST && type != SET) {
            throw new DamagedFileException("has a damaged header: a list was expected");
        }
        int header = one();
        long size = header >>> 4 == 15 ? varint() : header >>> 4;
        deeper();
        for (long i = 0; i < size; i++) {
            element.read(header & 15);
        }
        depth--;
    }

    /** A whole number of any width. */
    long number(int type) throws IOException {
        return type == BYTE ? (byte) one() : zigzag();
    }

    /** The value of a field that is true or false: its type says it. */
    static boolean truth(int type) {
        return type == TRUE;
    }

    String text() throws IOException {
        long length = varint();
        if (length < 0 || length > LONGEST_TEXT) {
            throw new DamagedFileException("has a damaged header: a name of " + length + " bytes");
        }
        return new String(exactly((int) length), StandardCharsets.UTF_8);
    }

    void skip(int type) throws IOException {
        switch (type) {
            case TRUE, FALSE -> {
                // the type is the value
            }
            case BYTE -> one();
            case DOUBLE -> exactly(8);
            case BINARY -> in.skipNBytes(Math.max(0, varint()));
            case LIST, SET -> list(type, this::skipElement);
            case MAP -> skipMap();
            case STRUCT -> struct((_, inner) -> skip(inner));
            default -> zigzag();
        }
    }

    /** In lists even true and false take a byte. */
    private void skipElement(int type) throws IOException {
        if (type == TRUE || type == FALSE) {
            one();
        } else {
            skip(type);
        }
    }

    private void skipMap() throws IOException {
        long size = varint();
        int types = size == 0 ? 0 : one();
        deeper();
        for (long i = 0; i < size; i++) {
            skipElement(types >>> 4);
            skipElement(types & 15);
        }
        depth--;
    }

    private void deeper() throws DamagedFileException {
        if (++depth > DEEPEST) {
            throw new DamagedFileException("has a damaged header: it is nested too deep");
        }
    }

    private long zigzag() throws IOException {
        long bits = varint();
        return (bits >>> 1) ^ -(bits & 1);
    }

    private long varint() throws IOException {
        long value = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int next = one();
            value |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return value;
            }
        }
        throw new DamagedFileException("has a damaged header: a number without an end");
    }

    private int one() throws IOException {
        int next = in.read();
        if (next < 0) {
            throw new EOFException("the header is cut off");
        }
        return next;
    }

    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("the header is cut off");
        }
        return bytes;
    }
}
