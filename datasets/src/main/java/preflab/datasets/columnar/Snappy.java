package preflab.datasets.columnar;

import java.io.IOException;

/** Unpacks a block of Snappy: its length, then literals and copies. */
final class Snappy {

    private Snappy() {
    }

    static byte[] unpack(byte[] in, int from, int length, int size) throws IOException {
        int end = from + length;
        int at = from;
        long stated = 0;
        int shift = 0;
        do {
            stated |= (long) (in[at] & 0x7F) << shift;
            shift += 7;
        } while (in[at++] < 0 && shift < 35);
        if (stated != size) {
            throw new IOException("states " + stated + " bytes where " + size + " are expected");
        }
        byte[] out = new byte[size];
        int o = 0;
        while (at < end) {
            int tag = in[at++] & 0xFF;
            switch (tag & 3) {
                case 0 -> {
                    int literals = tag >>> 2;
                    if (literals >= 60) {
                        int bytes = literals - 59;
                        literals = littleEndian(in, at, bytes);
                        at += bytes;
                    }
                    literals++;
                    if (literals <= 0 || literals > end - at || literals > size - o) {
                        throw new IOException("literals run over the end");
                    }
                    System.arraycopy(in, at, out, o, literals);
                    at += literals;
                    o += literals;
                }
                case 1 -> {
                    int back = ((tag & 0xE0) << 3) | (in[at] & 0xFF);
                    at++;
                    o = Lz4.copy(out, o, back, 4 + ((tag >>> 2) & 7));
                }
                case 2 -> {
                    o = Lz4.copy(out, o, littleEndian(in, at, 2), 1 + (tag >>> 2));
                    at += 2;
                }
                default -> {
                    o = Lz4.copy(out, o, littleEndian(in, at, 4), 1 + (tag >>> 2));
                    at += 4;
                }
            }
        }
        return o == size ? out : java.util.Arrays.copyOf(out, o);
    }

    private static int littleEndian(byte[] in, int at, int bytes) {
        int value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (in[at + i] & 0xFF) << (8 * i);
        }
        return value;
    }
}
