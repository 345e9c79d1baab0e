package preflab.datasets.columnar;

import java.io.IOException;

/**
 * Unpacks LZ4: single blocks (Parquet) and frames (Arrow). Blocks of a frame may reach back into earlier ones, which
 * the block decoders of the usual libraries do not offer; all of them write into one array here. Checksums are skipped:
 * the formats around have their own.
 */
final class Lz4 {

    private static final int MAGIC = 0x184D2204;
    private static final int SHORTEST_MATCH = 4;

    private Lz4() {
    }

    /** A block without a frame. */
    static byte[] block(byte[] in, int from, int length, int size) throws IOException {
        byte[] out = new byte[size];
        int end = block(in, from, from + length, out, 0);
        return end == size ? out : java.util.Arrays.copyOf(out, end);
    }

    /** A frame: magic, descriptor, blocks with their sizes, an end mark. */
    static byte[] frame(byte[] in, int from, int length, int size) throws IOException {
        int end = from + length;
        if (length < 7 || littleEndian(in, from) != MAGIC) {
            throw new IOException("no LZ4 frame begins here");
        }
        int flags = in[from + 4];
        int at = from + 6 + ((flags & 8) != 0 ? 8 : 0) + ((flags & 1) != 0 ? 4 : 0) + 1;
        byte[] out = new byte[size];
        int written = 0;
        while (at <= end - 4) {
            int header = littleEndian(in, at);
            at += 4;
            if (header == 0) {
                return written == size ? out : java.util.Arrays.copyOf(out, written);
            }
            int bytes = header & Integer.MAX_VALUE;
            if (bytes > end - at) {
                break;
            }
            written = header < 0 ? stored(in, at, bytes, out, written) : block(in, at, at + bytes, out, written);
            at += bytes + ((flags & 16) != 0 ? 4 : 0);
        }
        throw new IOException("the LZ4 frame is cut off");
    }

    private static int stored(byte[] in, int from, int length, byte[] out, int to) {
        System.arraycopy(in, from, out, to, length);
        return to + length;
    }

    /** Sequences of literals and matches: a token with both lengths, the literals, how far back the match begins. */
    private static int block(byte[] in, int from, int end, byte[] out, int to) throws IOException {
        int at = from;
        int o = to;
        while (at < end) {
            int token = in[at++] & 0xFF;
            int literals = token >>> 4;
            if (literals == 15) {
                int more;
                do {
                    more = in[at++] & 0xFF;
                    literals += more;
                } while (more == 255);
            }
            if (literals > end - at || literals > out.length - o) {
                throw new IOException("literals run over the end");
            }
            System.arraycopy(in, at, out, o, literals);
            at += literals;
            o += literals;
            if (at >= end) {
                return o; // the last sequence has no match
            }
            int back = (in[at] & 0xFF) | ((in[at + 1] & 0xFF) << 8);
            at += 2;
            int match = token & 15;
            if (match == 15) {
                int more;
                do {
                    more = in[at++] & 0xFF;
                    match += more;
                } while (more == 255);
            }
            o = copy(out, o, back, match + SHORTEST_MATCH);
        }
        return o;
    }

    /** Repeats what was written so far back; a match may run into what it writes. */
    static int copy(byte[] out, int to, int back, int length) throws IOException {
        if (back <= 0 || back > to || length < 0 || length > out.length - to) {
            throw new IOException("a match reaches outside");
        }
        if (back >= length) {
            System.arraycopy(out, to - back, out, to, length);
        } else {
            for (int i = to; i < to + length; i++) {
                out[i] = out[i - back];
            }
        }
        return to + length;
    }

    private static int littleEndian(byte[] in, int at) {
        return (int) RawValues.littleEndian(in, at, 4);
    }
}
