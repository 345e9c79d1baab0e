package preflab.datasets.columnar;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

import com.github.luben.zstd.Zstd;

/** Compression of pieces whose unpacked size is stated, and is held to. */
enum Codec {
    NONE, SNAPPY, GZIP, ZSTD, LZ4_BLOCK, LZ4_FRAME;

    /**
     * Unpacks one piece.
     *
     * @param size
     *            the stated size in bytes
     * @throws DamagedFileException
     *             when it is not what comes out, or is more than may be unpacked at once
     */
    byte[] unpack(byte[] packed, int from, int length, long size) throws DamagedFileException {
        if (size < 0 || size > RowBudget.largestPiece()) {
            throw new DamagedFileException("holds a piece of " + size + " bytes; at most " + RowBudget.largestPiece()
                    + " can be unpacked at once (more memory, or smaller row groups, would help)");
        }
        if (from < 0 || length < 0 || from > packed.length - length) {
            throw new DamagedFileException("ends within a packed piece");
        }
        if (this != NONE && size / maximumRatio() > length + 64L) {
            throw new DamagedFileException("states a size of " + size + " bytes for a piece of " + length);
        }
        try {
            byte[] unpacked = unpacked(packed, from, length, (int) size);
            if (unpacked.length == size) {
                return unpacked;
            }
        } catch (IOException | RuntimeException e) {
            throw new DamagedFileException("holds a piece that cannot be unpacked (" + this + "): " + e.getMessage(),
                    e);
        }
        throw new DamagedFileException("holds a piece that unpacks to another size than stated");
    }

    /** No packer of this kind makes more than so many bytes of one: a size above it is a lie, and is not allocated. */
    private int maximumRatio() {
        return switch (this) {
            case NONE -> 1;
            case SNAPPY -> 64; // a copy of 64 bytes takes 3
            case LZ4_BLOCK, LZ4_FRAME -> 255;
            case GZIP -> 1032;
            case ZSTD -> 50_000;
        };
    }

    private byte[] unpacked(byte[] packed, int from, int length, int size) throws IOException {
        return switch (this) {
            case NONE -> Arrays.copyOfRange(packed, from, from + length);
            case SNAPPY -> Snappy.unpack(packed, from, length, size);
            case LZ4_BLOCK -> Lz4.block(packed, from, length, size);
            case LZ4_FRAME -> Lz4.frame(packed, from, length, size);
            case ZSTD -> {
                byte[] out = new byte[size];
                long written = Zstd.decompressByteArray(out, 0, size, packed, from, length);
                if (Zstd.isError(written)) {
                    throw new IOException(Zstd.getErrorName(written));
                }
                yield written == size ? out : Arrays.copyOf(out, (int) written);
            }
            case GZIP -> {
                try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed, from, length))) {
                    yield in.readNBytes(size + 1);
                }
            }
        };
    }
}
