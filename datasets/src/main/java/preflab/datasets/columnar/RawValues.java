package preflab.datasets.columnar;

import java.util.Arrays;

/** The values of one page as they are stored, one after another: numbers as 64 bits, anything else as bytes. */
abstract class RawValues {

    long number;
    byte[] bytes;
    int from;
    int length;

    /** Goes to the next value. */
    abstract void next();

    /**
     * The values in the bytes from here on.
     *
     * @param physical
     *            how they are stored, see {@link ParquetNode}
     */
    static RawValues of(int encoding, int physical, int width, byte[] page, int from, Dictionary dictionary)
            throws DamagedFileException {
        return switch (encoding) {
            case 0 -> physical == 0 ? new Bits(page, from) : new Plain(physical, width, page, from);
            case 2, 8 -> new Looked(page, from, dictionary);
            case 3 -> new Runs(page, from);
            case 5 -> new Deltas(page, from);
            case 6 -> new Pieces(page, from);
            case 7 -> new Shared(page, from);
            case 9 -> new Split(width(physical, width), physical, page, from);
            default -> throw new DamagedFileException("holds a column in the encoding " + encoding
                    + ", which is not read");
        };
    }

    private static int width(int physical, int width) {
        return switch (physical) {
            case 1, 4 -> 4;
            case 2, 5 -> 8;
            case 7 -> width;
            default -> throw new IllegalStateException("values of no fixed width");
        };
    }

    void slice(byte[] buffer, int start, int size) {
        if (start < 0 || size < 0 || start > buffer.length - size) {
            throw new IllegalStateException("a value reaches outside of its page");
        }
        bytes = buffer;
        from = start;
        length = size;
    }

    static long littleEndian(byte[] in, int at, int size) {
        long value = 0;
        for (int i = 0; i < size; i++) {
            value |= (in[at + i] & 0xFFL) << (8 * i);
        }
        return size == 4 ? (int) value : value;
    }

    /** Values that others are looked up in. */
    static final class Dictionary {
        private final byte[] page;
        private final long[] numbers;
        private final int[] starts;
        private final int[] lengths;

        Dictionary(int count, int physical, int width, byte[] page) {
            if (count < 0 || count > Math.max(8L * page.length, 1)) {
                throw new IllegalStateException("a dictionary of " + count + " values in " + page.length + " bytes");
            }
            this.page = page;
            this.numbers = new long[count];
            this.starts = new int[count];
            this.lengths = new int[count];
            RawValues plain = physical == 0 ? new Bits(page, 0) : new Plain(physical, width, page, 0);
            for (int i = 0; i < count; i++) {
                plain.next();
                numbers[i] = plain.number;
                starts[i] = plain.from;
                lengths[i] = plain.length;
            }
        }
    }

    private static final class Plain extends RawValues {
        private final int physical;
        private final int width;
        private final byte[] in;
        private int at;

        Plain(int physical, int width, byte[] in, int from) {
            this.physical = physical;
            this.width = width;
            this.in = in;
            this.at = from;
        }

        @Override
        void next() {
            int size = switch (physical) {
                case 1, 4 -> 4;
                case 2, 5 -> 8;
                case 3 -> 12;
                case 7 -> width;
                default -> {
                    at += 4;
                    yield (int) littleEndian(in, at - 4, 4);
                }
            };
            if (physical == 3 || physical > 5) {
                slice(in, at, size);
            } else {
                number = littleEndian(in, at, size);
            }
            at += size;
        }
    }

    private static final class Bits extends RawValues {
        private final byte[] in;
        private long at;

        Bits(byte[] in, int from) {
            this.in = in;
            this.at = 8L * from;
        }

        @Override
        void next() {
            number = (in[(int) (at >> 3)] >> (at & 7)) & 1;
            at++;
        }
    }

    private static final class Looked extends RawValues {
        private final RunLengths indices;
        private final Dictionary dictionary;

        Looked(byte[] in, int from, Dictionary dictionary) throws DamagedFileException {
            if (dictionary == null) {
                throw new DamagedFileException("names a dictionary that it does not hold");
            }
            this.dictionary = dictionary;
            this.indices = from == in.length
                    ? new RunLengths(in, from, from, 0)
                    : new RunLengths(in, from + 1, in.length, in[from]);
        }

        @Override
        void next() {
            int index = indices.next();
            number = dictionary.numbers[index];
            slice(dictionary.page, dictionary.starts[index], dictionary.lengths[index]);
        }
    }

    /** Booleans as runs, after their length. */
    private static final class Runs extends RawValues {
        private final RunLengths runs;

        Runs(byte[] in, int from) {
            this.runs = new RunLengths(in, from + 4, in.length, 1);
        }

        @Override
        void next() {
            number = runs.next();
        }
    }

    private static final class Deltas extends RawValues {
        private final DeltaNumbers numbers;

        Deltas(byte[] in, int from) {
            this.numbers = new DeltaNumbers(in, from);
        }

        @Override
        void next() {
            number = numbers.next();
        }
    }

    /** All lengths, then all bytes. */
    private static final class Pieces extends RawValues {
        private final DeltaNumbers lengths;
        private final byte[] in;
        private int at;

        Pieces(byte[] in, int from) {
            this.in = in;
            this.lengths = new DeltaNumbers(in, from);
            this.at = new DeltaNumbers(in, from).end();
        }

        @Override
        void next() {
            slice(in, at, Math.toIntExact(lengths.next()));
            at += length;
        }
    }

    /** How many bytes each value shares with the one before it, then the rest of each. */
    private static final class Shared extends RawValues {
        private final DeltaNumbers prefixes;
        private final Pieces rests;

        Shared(byte[] in, int from) {
            this.prefixes = new DeltaNumbers(in, from);
            this.rests = new Pieces(in, new DeltaNumbers(in, from).end());
            this.bytes = new byte[0];
        }

        @Override
        void next() {
            int prefix = Math.toIntExact(prefixes.next());
            rests.next();
            if (prefix < 0 || prefix > length || (long) prefix + rests.length > RowBudget.MOST_BYTES) {
                throw new IllegalStateException("a value shares more than there is");
            }
            byte[] whole = Arrays.copyOf(bytes, prefix + rests.length);
            System.arraycopy(rests.bytes, rests.from, whole, prefix, rests.length);
            slice(whole, 0, whole.length);
        }
    }

    /** The first bytes of all values, then the second ones, and so on. */
    private static final class Split extends RawValues {
        private final int width;
        private final boolean isBytes;
        private final byte[] in;
        private final int start;
        private final int count;
        private int index;

        Split(int width, int physical, byte[] in, int from) {
            this.width = width;
            this.isBytes = physical == 7;
            this.in = in;
            this.start = from;
            this.count = width == 0 ? 0 : (in.length - from) / width;
        }

        @Override
        void next() {
            if (index == count) {
                throw new IllegalStateException("more values are stated than there are");
            }
            byte[] value = new byte[width];
            for (int i = 0; i < width; i++) {
                value[i] = in[start + i * count + index];
            }
            index++;
            if (isBytes) {
                slice(value, 0, width);
            } else {
                number = littleEndian(value, 0, width);
            }
        }
    }
}
