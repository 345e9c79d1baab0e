package preflab.datasets.importer;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.concurrent.CancellationException;

/** Counts and hashes the bytes of a file as they are read, reports progress, and ends the work when it is cancelled. */
final class MeteredInputStream extends FilterInputStream {

    /** Bytes between two reports. */
    private static final long EVERY = 1 << 20;

    private final long total;
    private final Progress progress;
    private final MessageDigest digest;
    private long bytes;
    private long reported = -EVERY;

    MeteredInputStream(InputStream in, long total, Progress progress, MessageDigest digest) {
        super(in);
        this.total = total;
        this.progress = progress;
        this.digest = digest;
    }

    long bytes() {
        return bytes;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        report();
        int read = in.read(target, offset, length);
        if (read > 0) {
            bytes += read;
            digest.update(target, offset, read);
        }
        return read;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Reads on to this byte, for readers that take their rows from elsewhere in the file. */
    void readTo(long position) throws IOException {
        if (position - bytes >= EVERY) {
            byte[] buffer = new byte[1 << 16];
            while (bytes < position && read(buffer, 0, buffer.length) >= 0) {
                // hashing is all there is to do
            }
        }
        if (progress.cancelled()) {
            throw new CancellationException("the import was cancelled");
        }
    }

    /** Reads what is left, so that the hash covers the whole file. */
    void drain() throws IOException {
        byte[] buffer = new byte[1 << 16];
        while (read(buffer, 0, buffer.length) >= 0) {
            // hashing is all there is to do
        }
        progress.at(bytes, Math.max(bytes, total));
    }

    private void report() {
        if (bytes - reported >= EVERY) {
            reported = bytes;
            progress.at(bytes, Math.max(bytes, total));
        }
        if (progress.cancelled()) {
            throw new CancellationException("the import was cancelled");
        }
    }
}
