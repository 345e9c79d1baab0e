package preflab.datasets.importer;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Remembers the last byte read that ends no line. */
final class LastByte extends FilterInputStream {

    private int last = -1;

    LastByte(InputStream in) {
        super(in);
    }

    int last() {
        return last;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = in.read(target, offset, length);
        for (int i = offset + read - 1; i >= offset; i--) {
            if (target[i] != '\n' && target[i] != '\r') {
                last = target[i];
                break;
            }
        }
        return read;
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
