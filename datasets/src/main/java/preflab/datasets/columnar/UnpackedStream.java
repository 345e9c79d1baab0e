package preflab.datasets.columnar;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A gzip file unpacked. What was cut off or altered is refused as a whole, since nobody knows which of its bytes are
 * right until its checksum is; and so is what unpacks to more than 200 times its size once that is more than 256 MiB.
 */
public final class UnpackedStream extends InputStream {

    private static final int BUFFER = 1 << 16;

    private final GZIPInputStream in;
    private final long most;
    private long unpacked;

    /**
     * @param packed
     *            the file from its first byte; closed with this stream
     * @param bytes
     *            its size
     */
    public UnpackedStream(InputStream packed, long bytes) throws IOException {
        try {
            this.in = new GZIPInputStream(packed, BUFFER);
        } catch (EOFException | ZipException e) {
            throw damaged(e);
        }
        this.most = Math.max(RowBudget.FREE, RowBudget.MOST_TIMES * bytes);
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        try {
            int read = in.read(target, offset, length);
            unpacked += Math.max(0, read);
            if (unpacked > most) {
                throw new DamagedFileException("unpacks to more than " + RowBudget.MOST_TIMES
                        + " times its size: no text does; if it is right, unpack it first");
            }
            return read;
        } catch (EOFException | ZipException e) {
            throw damaged(e);
        }
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private static DamagedFileException damaged(IOException e) {
        return new DamagedFileException("is a damaged gzip file: "
                + (e instanceof EOFException ? "it is cut off" : e.getMessage()) + "; fetch it again", e);
    }
}
