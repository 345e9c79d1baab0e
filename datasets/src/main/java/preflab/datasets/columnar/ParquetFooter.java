package preflab.datasets.columnar;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a Parquet file says about itself, at its end.
 *
 * @param root
 *            its columns
 * @param leaves
 *            the leaves of the schema in order, one column chunk each in every row group
 */
record ParquetFooter(ParquetNode root, List<ParquetNode> leaves, List<RowGroup> groups) {

    private static final int LARGEST = 64 << 20;
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int TAIL = 8;
    /** Rows that so many bytes may stand for: equal rows cost a writer nothing. */
    private static final long ROWS_PER_BYTE = 100;
    private static final long FREE_ROWS = 1_000_000;

    /** Rows that are stored together. */
    record RowGroup(long rows, List<Chunk> chunks) {
    }

    /** The values of one leaf in one row group. */
    record Chunk(int codec, long values, long start, long bytes) {
    }

    static ParquetFooter read(FileChannel file) throws IOException {
        long size = file.size();
        if (size < MAGIC.length + TAIL) {
            throw new DamagedFileException("is cut off: a Parquet file ends in its index");
        }
        byte[] tail = exactly(file, size - TAIL, TAIL);
        String end = new String(tail, 4, 4, StandardCharsets.US_ASCII);
        int length = (int) RawValues.littleEndian(tail, 0, 4);
        if (end.equals("PARE")) {
            throw new DamagedFileException("is encrypted");
        }
        if (!end.equals("PAR1") || length <= 0 || length > size - MAGIC.length - TAIL) {
            throw new DamagedFileException("is cut off or damaged: a Parquet file ends in its index");
        }
        if (length > LARGEST) {
            throw new DamagedFileException("has an index of " + (length >> 20) + " MiB; at most " + (LARGEST >> 20)
                    + " are read");
        }
        try {
            return parse(exactly(file, size - TAIL - length, length), size);
        } catch (EOFException | RuntimeException e) {
            throw new DamagedFileException("has a damaged index: " + e.getMessage(), e);
        }
    }

    private static byte[] exactly(FileChannel file, long from, int length) throws IOException {
        byte[] bytes = new byte[length]; // no more than the file has
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            if (file.read(buffer, from + buffer.position()) < 0) {
                throw new DamagedFileException("is cut off");
            }
        }
        return bytes;
    }

    private static ParquetFooter parse(byte[] bytes, long fileSize) throws IOException {
        Thrift in = new Thrift(new ByteArrayInputStream(bytes));
        ParquetSchema schema = new ParquetSchema();
        List<RowGroup> groups = new ArrayList<>();
        in.struct((id, type) -> {
            switch (id) {
                case 2 -> in.list(type, _ -> schema.read(in));
                case 4 -> in.list(type, _ -> groups.add(group(in)));
                case 8 -> throw new DamagedFileException("is encrypted");
                default -> in.skip(type);
            }
        });
        ParquetFooter footer = new ParquetFooter(schema.tree(), schema.leaves(), groups);
        footer.check(fileSize);
        return footer;
    }

    private static RowGroup group(Thrift in) throws IOException {
        List<Chunk> chunks = new ArrayList<>();
        long[] rows = {0};
        in.struct((id, type) -> {
            switch (id) {
                case 1 -> in.list(type, _ -> chunks.add(chunk(in)));
                case 3 -> rows[0] = in.number(type);
                default -> in.skip(type);
            }
        });
        return new RowGroup(rows[0], chunks);
    }

    private static Chunk chunk(Thrift in) throws IOException {
        Chunk[] found = {null};
        in.struct((id, type) -> {
            switch (id) {
                case 1 -> throw new DamagedFileException("keeps its columns in other files");
                case 3 -> found[0] = metadata(in);
                case 8 -> throw new DamagedFileException("is encrypted");
                default -> in.skip(type);
            }
        });
        if (found[0] == null) {
            throw new DamagedFileException("does not say where a column lies");
        }
        return found[0];
    }

    private static Chunk metadata(Thrift in) throws IOException {
        long[] found = new long[12];
        in.struct((id, type) -> {
            switch (id) {
                case 4, 5, 7, 9, 11 -> found[id] = in.number(type);
                default -> in.skip(type);
            }
        });
        long start = found[11] > 0 && found[11] < found[9] ? found[11] : found[9];
        return new Chunk((int) found[4], found[5], start, found[7]);
    }

    private void check(long fileSize) throws DamagedFileException {
        long rows = 0;
        for (RowGroup group : groups) {
            if (group.rows() < 0 || group.chunks().size() != leaves.size()) {
                throw new DamagedFileException("has a row group of " + group.chunks().size() + " columns where the"
                        + " schema has " + leaves.size());
            }
            for (Chunk chunk : group.chunks()) {
                if (chunk.start() < 0 || chunk.bytes() < 0 || chunk.start() > fileSize - chunk.bytes()) {
                    throw new DamagedFileException("states a column outside of the file");
                }
            }
            rows += group.rows();
            if (rows < 0 || rows > FREE_ROWS + ROWS_PER_BYTE * fileSize) {
                throw new DamagedFileException("claims " + rows + " rows in " + fileSize + " bytes");
            }
        }
    }

    long rows() {
        return groups.stream().mapToLong(RowGroup::rows).sum();
    }
}
