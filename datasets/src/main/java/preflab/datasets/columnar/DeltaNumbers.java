package preflab.datasets.columnar;

/** DELTA_BINARY_PACKED: a first number, then blocks of differences, each packed above its block's smallest one. */
final class DeltaNumbers {

    private static final int MOST = 16 << 20;

    private final byte[] in;
    private final int miniBlocks;
    private final int perMiniBlock;
    private final int count;
    private int at;
    private int read;
    private long value;
    private long smallest;
    private int miniBlock;
    private int inMiniBlock;
    private int[] widths = new int[0];
    private long bits;
    private int bitsLeft;

    DeltaNumbers(byte[] in, int from) {
        this.in = in;
        this.at = from;
        long block = varint();
        long minis = varint();
        long total = varint();
        if (minis < 1 || minis > 512 || block < 8 || block > 1 << 20 || block % minis != 0 || total < 0
                || total > MOST) {
            throw new IllegalStateException("a damaged block of differences");
        }
        this.miniBlocks = (int) minis;
        this.perMiniBlock = (int) (block / minis);
        this.count = (int) total;
        this.miniBlock = miniBlocks;
        this.value = zigzag();
    }

    int count() {
        return count;
    }

    long next() {
        if (read == count) {
            throw new IllegalStateException("more values are stated than there are");
        }
        if (read++ == 0) {
            return value;
        }
        if (miniBlock == miniBlocks) {
            beginBlock();
        }
        value += smallest + unpack(widths[miniBlock]);
        if (++inMiniBlock == perMiniBlock) {
            nextMiniBlock();
        }
        return value;
    }

    /** Goes to the end; returns where the next piece begins. */
    int end() {
        while (read < count) {
            next();
        }
        if (inMiniBlock > 0) { // the last one is written whole
            for (int i = inMiniBlock; i < perMiniBlock; i++) {
                unpack(widths[miniBlock]);
            }
        }
        return at;
    }

    private void beginBlock() {
        smallest = zigzag();
        widths = new int[miniBlocks];
        for (int i = 0; i < miniBlocks; i++) {
            widths[i] = in[at++] & 0xFF;
            if (widths[i] > 64) {
                throw new IllegalStateException("differences of " + widths[i] + " bits");
            }
        }
        miniBlock = -1;
        nextMiniBlock();
    }

    private void nextMiniBlock() {
        miniBlock++;
        inMiniBlock = 0;
        bits = 0;
        bitsLeft = 0;
    }

    private long unpack(int width) {
        long number = 0;
        int have = 0;
        while (have < width) {
            if (bitsLeft == 0) {
                bits = in[at++] & 0xFF;
                bitsLeft = 8;
            }
            int take = Math.min(bitsLeft, width - have);
            number |= (bits & ((1L << take) - 1)) << have;
            bits >>>= take;
            bitsLeft -= take;
            have += take;
        }
        return number;
    }

    private long zigzag() {
        long number = varint();
        return (number >>> 1) ^ -(number & 1);
    }

    private long varint() {
        long number = 0;
        for (int shift = 0; shift < 70; shift += 7) {
            int next = in[at++];
            number |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return number;
            }
        }
        throw new IllegalStateException("a number without an end");
    }
}
