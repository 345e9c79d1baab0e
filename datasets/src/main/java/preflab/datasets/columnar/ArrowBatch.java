package preflab.datasets.columnar;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

import org.apache.arrow.flatbuf.Buffer;
import org.apache.arrow.flatbuf.CompressionType;
import org.apache.arrow.flatbuf.RecordBatch;

/** Hands out the lengths and buffers of one batch in the order in which its schema consumes them. */
final class ArrowBatch {

    private static final byte[] NOTHING = {};

    private final RecordBatch batch;
    private final byte[] body;
    private final Codec codec;
    private int node;
    private int buffer;
    private int variadic;
    private long unpacked;
    private long longest;

    ArrowBatch(RecordBatch batch, byte[] body) throws DamagedFileException {
        this.batch = batch;
        this.body = body;
        this.codec = batch.compression() == null ? Codec.NONE : switch (batch.compression().codec()) {
            case CompressionType.LZ4_FRAME -> Codec.LZ4_FRAME;
            case CompressionType.ZSTD -> Codec.ZSTD;
            default -> throw new DamagedFileException("is packed in a way that is not known");
        };
    }

    /** The length of the next field in rows or list elements. */
    int nextLength() throws DamagedFileException {
        long length = batch.nodes(node++).length();
        longest = Math.max(longest, length);
        if (length < 0 || length > Integer.MAX_VALUE - 8) {
            throw new DamagedFileException("holds a column of " + length + " values");
        }
        return (int) length;
    }

    int nextVariadic() {
        return Math.toIntExact(batch.variadicBufferCounts(variadic++));
    }

    /** The next buffer, unpacked. */
    byte[] nextBuffer() throws DamagedFileException {
        Buffer stated = batch.buffers(buffer++);
        long offset = stated.offset();
        long length = stated.length();
        if (length == 0) {
            return NOTHING;
        }
        if (offset < 0 || length < 0 || offset > body.length - length) {
            throw new DamagedFileException("states a buffer outside of its batch");
        }
        byte[] bytes = codec == Codec.NONE
                ? Arrays.copyOfRange(body, (int) offset, (int) (offset + length))
                : unpack((int) offset, (int) length);
        unpacked += bytes.length;
        if (unpacked > 2L * RowBudget.largestPiece()) {
            throw new DamagedFileException("holds a batch that unpacks to more than "
                    + (RowBudget.largestPiece() >> 19) + " MiB");
        }
        return bytes;
    }

    /**
     * Refuses columns that claim more values than their bytes have bits, which costs a writer nothing.
     *
     * @return rows of the batch
     */
    int checkedRows() throws DamagedFileException {
        long rows = batch.length();
        if (rows < 0 || Math.max(longest, rows) > 8 * unpacked + 1024) {
            throw new DamagedFileException("claims " + Math.max(longest, rows) + " values in " + unpacked + " bytes");
        }
        return (int) rows;
    }

    private byte[] unpack(int offset, int length) throws DamagedFileException {
        if (length < 8) {
            throw new DamagedFileException("ends within a packed buffer");
        }
        long size = ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).getLong(offset);
        return size == -1
                ? Arrays.copyOfRange(body, offset + 8, offset + length)
                : codec.unpack(body, offset + 8, length - 8, size);
    }
}
