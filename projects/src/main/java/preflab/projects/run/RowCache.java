package preflab.projects.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import preflab.engine.eval.ReferenceCache;

/**
 * Log-probabilities of references in {@code cache/reference}, one file per run that computed any, safe to delete. A
 * record is a CRC-32 of the rest, the length of the rest, hash of weights and type and of tokens, nanoseconds and the
 * numbers; a record that was cut off or damaged ends its file. Each run appends to its own file, so runs that go on at
 * once do not meet. What cannot be read or written is computed again: a cache never fails a run.
 */
public final class RowCache implements ReferenceCache, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RowCache.class);
    private static final int HEAD = 8; // CRC and length
    private static final int LONGEST = 1 << 28;

    private record Place(FileChannel channel, long offset, int length) {
    }

    private final Path own;
    private final Map<String, Place> places = new HashMap<>();
    private final List<FileChannel> channels = new ArrayList<>();
    private FileChannel appended; // null until something is kept
    private boolean broken; // nothing is kept any more

    private RowCache(Path own) {
        this.own = own;
    }

    /** Everything that any run of the project has kept. */
    static RowCache open(Path cache, int run) {
        Path folder = cache.resolve("reference");
        return opened(new RowCache(folder.resolve("run-" + run + ".bin")), folder);
    }

    /** The same without keeping anything more. */
    public static RowCache readOnly(Path cache) {
        Path folder = cache.resolve("reference");
        RowCache rows = new RowCache(folder.resolve("none.bin"));
        rows.broken = true;
        return opened(rows, folder);
    }

    private static RowCache opened(RowCache rows, Path folder) {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.filter(file -> file.toString().endsWith(".bin")).sorted().forEach(rows::index);
            } catch (IOException e) {
                LOG.warn("the cache {} cannot be read: {}", folder, e.toString());
            }
        }
        return rows;
    }

    private void index(Path file) {
        try {
            FileChannel channel = file.equals(own)
                    ? FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)
                    : FileChannel.open(file, StandardOpenOption.READ);
            channels.add(channel);
            long good = 0;
            for (Optional<ByteBuffer> rest = rest(channel, 0); rest.isPresent(); rest = rest(channel, good)) {
                int length = rest.get().remaining();
                places.put(key(rest.get()), new Place(channel, good, length));
                good += HEAD + length;
            }
            if (file.equals(own)) {
                channel.truncate(good); // nothing is appended behind what cannot be read
                appended = channel;
            }
        } catch (IOException e) {
            LOG.warn("the cache file {} cannot be read: {}", file, e.toString());
        }
    }

    /** A whole record at this place, after its head. */
    private static Optional<ByteBuffer> rest(FileChannel channel, long offset) throws IOException {
        ByteBuffer head = ByteBuffer.allocate(HEAD);
        if (channel.read(head, offset) < HEAD) {
            return Optional.empty();
        }
        int crc = head.flip().getInt();
        int length = head.getInt();
        if (length < 0 || length > LONGEST) {
            return Optional.empty();
        }
        ByteBuffer rest = ByteBuffer.allocate(length);
        while (rest.hasRemaining()) {
            if (channel.read(rest, offset + HEAD + rest.position()) < 0) {
                return Optional.empty();
            }
        }
        return crc == crc(rest.flip()) ? Optional.of(rest) : Optional.empty();
    }

    private static int crc(ByteBuffer bytes) {
        CRC32 sum = new CRC32();
        sum.update(bytes.duplicate());
        return (int) sum.getValue();
    }

    private static String key(ByteBuffer rest) {
        byte[] hashes = new byte[64];
        rest.duplicate().get(hashes);
        return HexFormat.of().formatHex(hashes);
    }

    private static String text(Key key) {
        return sha256(key.weights() + " " + key.dtype()) + key.tokens();
    }

    private static String sha256(String text) {
        try {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public Optional<Entry> find(Key key) {
        Place place = places.get(text(key));
        if (place == null) {
            return Optional.empty();
        }
        try {
            return rest(place.channel(), place.offset()).filter(rest -> rest.remaining() == place.length())
                    .map(RowCache::entry);
        } catch (IOException e) {
            LOG.warn("a record of the cache cannot be read: {}", e.toString());
            return Optional.empty();
        }
    }

    private static Entry entry(ByteBuffer rest) {
        rest.position(64);
        long nanos = rest.getLong();
        float[] values = new float[rest.remaining() / Float.BYTES];
        rest.asFloatBuffer().get(values);
        return new Entry(values, nanos);
    }

    @Override
    public void keep(Key key, Entry entry) {
        if (broken) {
            return;
        }
        try {
            FileChannel channel = appendable();
            float[] values = entry.logProbs();
            ByteBuffer rest = ByteBuffer.allocate(64 + Long.BYTES + values.length * Float.BYTES);
            rest.put(HexFormat.of().parseHex(text(key))).putLong(entry.nanos()).asFloatBuffer().put(values);
            rest.rewind();
            ByteBuffer whole = ByteBuffer.allocate(HEAD + rest.remaining()).putInt(crc(rest)).putInt(rest.remaining());
            int length = rest.remaining();
            long offset = channel.size();
            whole.put(rest).flip();
            while (whole.hasRemaining()) {
                channel.write(whole, offset + whole.position());
            }
            places.put(text(key), new Place(channel, offset, length));
        } catch (IOException e) {
            broken = true; // a full disk, most likely: the run itself needs none of this
            LOG.warn("the cache {} cannot be written: {}", own, e.toString());
        }
    }

    @Override
    public long bytesOnDisk() {
        long bytes = 0;
        for (FileChannel channel : channels) {
            try {
                bytes += channel.size();
            } catch (IOException e) {
                LOG.warn("the size of a file of the cache cannot be read: {}", e.toString());
            }
        }
        return bytes;
    }

    private FileChannel appendable() throws IOException {
        if (appended == null) {
            Files.createDirectories(own.getParent());
            appended = FileChannel.open(own, StandardOpenOption.CREATE, StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            channels.add(appended);
        }
        return appended;
    }

    @Override
    public void close() {
        channels.forEach(channel -> {
            try {
                channel.close();
            } catch (IOException e) {
                LOG.warn("a file of the cache cannot be closed: {}", e.toString());
            }
        });
    }
}
