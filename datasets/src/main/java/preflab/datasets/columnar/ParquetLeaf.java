package preflab.datasets.columnar;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

import com.fasterxml.jackson.databind.JsonNode;

import preflab.datasets.columnar.ParquetFooter.Chunk;
import preflab.datasets.columnar.RawValues.Dictionary;

/**
 * The values of one leaf in one row group, each with its repetition and definition level (Dremel). One page and one
 * dictionary are in memory at a time.
 */
final class ParquetLeaf {

    private static final int DICTIONARY = 2;
    private static final int DATA = 0;
    private static final int DATA_2 = 3;
    /** The encoding that levels are written in. */
    private static final int RUNS = 3;
    private static final long SECONDS_OF_DAY = 86_400;
    private static final long JULIAN_1970 = 2_440_588;

    /** What a page says about itself. */
    private static final class Page {
        private int type = -1;
        private long unpacked;
        private long packed;
        private long values;
        private int encoding;
        private int definitionLevels = RUNS;
        private int repetitionLevels = RUNS;
        private int definitionBytes;
        private int repetitionBytes;
        private boolean isPacked = true;
    }

    private final ParquetNode node;
    private final Codec codec;
    private final boolean hadoopLz4;
    private final InputStream in;
    private final RowBudget budget;
    private Dictionary dictionary;
    private RunLengths repetitions;
    private RunLengths definitions;
    private RawValues values;
    private long inPage;
    private long inChunk;
    private int repetition;
    private int definition;

    ParquetLeaf(ParquetNode node, Chunk chunk, FileChannel file, RowBudget budget) throws IOException {
        this.node = node;
        this.budget = budget;
        this.codec = switch (chunk.codec()) {
            case 0 -> Codec.NONE;
            case 1 -> Codec.SNAPPY;
            case 2 -> Codec.GZIP;
            case 5, 7 -> Codec.LZ4_BLOCK;
            case 6 -> Codec.ZSTD;
            case 3 -> throw new DamagedFileException("is packed with LZO, which is not read; zstd or snappy are");
            case 4 -> throw new DamagedFileException("is packed with Brotli, which is not read; zstd or snappy are");
            default -> throw new DamagedFileException("is packed in an unknown way (" + chunk.codec() + ")");
        };
        this.hadoopLz4 = chunk.codec() == 5;
        this.in = new BufferedInputStream(new ChannelPart(file, chunk.start(), chunk.bytes()), 1 << 16);
        this.inChunk = chunk.values();
        advance();
    }

    /** Whether there is no further value. */
    boolean isAtEnd() {
        return repetition < 0;
    }

    /** The level at which the next value repeats; 0 begins a row. */
    int repetition() {
        return repetition;
    }

    /** How much of the next value's path is there. */
    int definition() {
        return definition;
    }

    /** Passes over a place where nothing is. */
    void skip() throws IOException {
        if (isAtEnd() || definition >= node.definition()) {
            throw new DamagedFileException("holds levels that contradict each other");
        }
        advance();
    }

    /** The next value, which is there. */
    JsonNode take() throws IOException {
        if (isAtEnd() || definition != node.definition()) {
            throw new DamagedFileException("holds levels that contradict each other");
        }
        budget.value();
        values.next();
        JsonNode cell = cell();
        advance();
        return cell;
    }

    private void advance() throws IOException {
        while (inPage == 0) {
            if (inChunk <= 0) {
                repetition = -1;
                return;
            }
            page();
        }
        inPage--;
        inChunk--;
        repetition = repetitions.next();
        definition = definitions.next();
        if (definition > node.definition() || repetition > node.repetition()) {
            throw new DamagedFileException("holds levels that the schema does not have");
        }
    }

    private void page() throws IOException {
        Page page = header();
        if (page.packed < 0 || page.packed > RowBudget.largestPiece()) {
            throw new DamagedFileException("holds a page of " + page.packed + " bytes");
        }
        byte[] packed = in.readNBytes((int) page.packed);
        if (packed.length < page.packed) {
            throw new DamagedFileException("is cut off");
        }
        switch (page.type) {
            case DICTIONARY -> dictionary = new Dictionary(Math.toIntExact(page.values), node.physical(), node.width(),
                    unpack(packed, 0, packed.length, page.unpacked));
            case DATA -> data(page, unpack(packed, 0, packed.length, page.unpacked));
            case DATA_2 -> data2(page, packed);
            default -> {
                // an index page holds no values
            }
        }
    }

    private Page header() throws IOException {
        Page page = new Page();
        Thrift thrift = new Thrift(in);
        thrift.struct((id, type) -> {
            switch (id) {
                case 1 -> page.type = (int) thrift.number(type);
                case 2 -> page.unpacked = thrift.number(type);
                case 3 -> page.packed = thrift.number(type);
                case 5, 7, 8 -> thrift.struct((inner, kind) -> part(thrift, page, id, inner, kind));
                default -> thrift.skip(type);
            }
        });
        return page;
    }

    private static void part(Thrift in, Page page, int part, int id, int type) throws IOException {
        boolean second = part == 8;
        if (id == 1) {
            page.values = in.number(type);
        } else if (id == (second ? 4 : 2)) {
            page.encoding = (int) in.number(type);
        } else if (part == 5 && id == 3) {
            page.definitionLevels = (int) in.number(type);
        } else if (part == 5 && id == 4) {
            page.repetitionLevels = (int) in.number(type);
        } else if (second && id == 5) {
            page.definitionBytes = (int) in.number(type);
        } else if (second && id == 6) {
            page.repetitionBytes = (int) in.number(type);
        } else if (second && id == 7) {
            page.isPacked = Thrift.truth(type);
        } else {
            in.skip(type);
        }
    }

    private void data(Page page, byte[] bytes) throws DamagedFileException {
        int at = 0;
        boolean runs = (node.definition() == 0 || page.definitionLevels == RUNS)
                && (node.repetition() == 0 || page.repetitionLevels == RUNS);
        if (!runs) {
            throw new DamagedFileException("holds levels in an encoding of the past, which is not read");
        }
        int repetitionEnd = node.repetition() > 0 ? levelsEnd(bytes, at) : 0;
        repetitions = levels(bytes, 4, repetitionEnd, node.repetition());
        at = repetitionEnd;
        int definitionEnd = node.definition() > 0 ? levelsEnd(bytes, at) : at;
        definitions = levels(bytes, at + 4, definitionEnd, node.definition());
        begin(page, bytes, definitionEnd);
    }

    private void data2(Page page, byte[] packed) throws DamagedFileException {
        int levels = page.repetitionBytes + page.definitionBytes;
        if (page.repetitionBytes < 0 || page.definitionBytes < 0 || levels < 0 || levels > packed.length) {
            throw new DamagedFileException("states levels outside of their page");
        }
        repetitions = levels(packed, 0, page.repetitionBytes, node.repetition());
        definitions = levels(packed, page.repetitionBytes, levels, node.definition());
        byte[] bytes = page.isPacked
                ? unpack(packed, levels, packed.length - levels, page.unpacked - levels)
                : java.util.Arrays.copyOfRange(packed, levels, packed.length);
        begin(page, bytes, 0);
    }

    private void begin(Page page, byte[] bytes, int from) throws DamagedFileException {
        if (page.values < 0 || page.values > inChunk) {
            throw new DamagedFileException("states more values in a page than in its column");
        }
        values = RawValues.of(page.encoding, node.physical(), node.width(), bytes, from, dictionary);
        inPage = page.values;
    }

    private static int levelsEnd(byte[] bytes, int at) throws DamagedFileException {
        long length = bytes.length - at < 4 ? -1 : RawValues.littleEndian(bytes, at, 4);
        if (length < 0 || length > bytes.length - at - 4) {
            throw new DamagedFileException("states levels outside of their page");
        }
        return at + 4 + (int) length;
    }

    private static RunLengths levels(byte[] bytes, int from, int end, int highest) {
        return highest == 0
                ? new RunLengths(bytes, 0, 0, 0)
                : new RunLengths(bytes, from, end, 32 - Integer.numberOfLeadingZeros(highest));
    }

    private byte[] unpack(byte[] packed, int from, int length, long size) throws DamagedFileException {
        if (length == 0 && size == 0) {
            return new byte[0];
        }
        if (hadoopLz4 && length > 8) {
            ByteBuffer head = ByteBuffer.wrap(packed).order(ByteOrder.BIG_ENDIAN);
            if (head.getInt(from) == size && head.getInt(from + 4) == length - 8) { // Hadoop's own frame around it
                return codec.unpack(packed, from + 8, length - 8, size);
            }
        }
        return codec.unpack(packed, from, length, size);
    }

    private JsonNode cell() {
        return switch (node.physical()) {
            case 0 -> Cells.JSON.booleanNode(values.number != 0);
            case 1, 2 -> number(values.number);
            case 3 -> moment96();
            case 4 -> Cells.JSON.numberNode(Float.intBitsToFloat((int) values.number));
            case 5 -> Cells.JSON.numberNode(Double.longBitsToDouble(values.number));
            default -> bytes();
        };
    }

    private JsonNode number(long number) {
        return switch (node.meaning()) {
            case DATE -> Cells.date(number);
            case TIME -> Cells.timeOfDay(number, node.scale());
            case MOMENT -> Cells.moment(number, node.scale());
            case UNSIGNED -> Cells.unsigned(node.physical() == 1 ? number & 0xFFFFFFFFL : number);
            case DECIMAL -> Cells.decimal(java.math.BigInteger.valueOf(number).toByteArray(), (int) node.scale());
            default -> Cells.JSON.numberNode(number);
        };
    }

    private JsonNode bytes() {
        return switch (node.meaning()) {
            case TEXT -> Cells.text(values.bytes, values.from, values.length, budget);
            case DECIMAL -> Cells.decimal(
                    java.util.Arrays.copyOfRange(values.bytes, values.from, values.from + values.length),
                    (int) node.scale());
            case HALF_FLOAT -> Cells.JSON.numberNode(
                    Float.float16ToFloat((short) RawValues.littleEndian(values.bytes, values.from, 2)));
            default -> Cells.bytes(values.bytes, values.from, values.length, budget);
        };
    }

    /** Nanoseconds of the day and the Julian day. */
    private JsonNode moment96() {
        long nanos = RawValues.littleEndian(values.bytes, values.from, 8);
        long day = RawValues.littleEndian(values.bytes, values.from + 8, 4) - JULIAN_1970;
        return Cells.moment((day * SECONDS_OF_DAY + nanos / 1_000_000_000L) * 1_000 + nanos / 1_000_000 % 1_000, 1_000);
    }
}
