package preflab.datasets.columnar;

/** Parquet's hybrid of runs and packed bits, read one number at a time: a run of any length costs no memory. */
final class RunLengths {

    private final byte[] in;
    private final int end;
    private final int width;
    private int at;
    private long left;
    private boolean packed;
    private int value;
    private long bits;
    private int bitsLeft;

    RunLengths(byte[] in, int from, int end, int width) {
        if (width < 0 || width > 32 || from > end || end > in.length) {
            throw new IllegalStateException("levels of " + width + " bits");
        }
        this.in = in;
        this.at = from;
        this.end = end;
        this.width = width;
    }

    int next() {
        if (width == 0) {
            return 0;
        }
        while (left == 0) {
            begin();
        }
        left--;
        return packed ? unpack() : value;
    }

    private void begin() {
        long header = varint();
        packed = (header & 1) == 1;
        if (packed) {
            left = (header >>> 1) * 8;
            bits = 0;
            bitsLeft = 0;
        } else {
            left = header >>> 1;
            value = 0;
            for (int i = 0; i < (width + 7) / 8; i++) {
                value |= one() << (8 * i);
            }
        }
    }

    private int unpack() {
        while (bitsLeft < width) {
            bits |= (long) one() << bitsLeft;
            bitsLeft += 8;
        }
        int number = (int) (bits & ((1L << width) - 1));
        bits >>>= width;
        bitsLeft -= width;
        return number;
    }

    private long varint() {
        long number = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            int next = one();
            number |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return number;
            }
        }
        throw new IllegalStateException("a run without an end");
    }

    private int one() {
        if (at >= end) {
            throw new IllegalStateException("more values are stated than there are");
        }
        return in[at++] & 0xFF;
    }
}
