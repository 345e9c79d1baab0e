package preflab.projects.export;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Optional;
import java.util.zip.CRC32C;

/** TFRecord's layout: length, masked CRC-32C of the length, data, masked CRC-32C of the data; little endian. */
public final class TfRecord {

    private static final int MASK = 0xa282ead8;
    private static final int HEAD = Long.BYTES + Integer.BYTES;

    private TfRecord() {
    }

    static void write(ByteArrayOutputStream out, byte[] data) {
        byte[] length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(data.length).array();
        out.writeBytes(length);
        out.writeBytes(masked(length));
        out.writeBytes(data);
        out.writeBytes(masked(data));
    }

    /** A checksum of data that holds checksums would otherwise be too regular. */
    private static byte[] masked(byte[] data) {
        return ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN)
                .putInt(checksum(ByteBuffer.wrap(data))).array();
    }

    private static int checksum(ByteBuffer data) {
        CRC32C crc = new CRC32C();
        crc.update(data);
        return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
    }

    /** Whether these first bytes of a file are a record's length with its checksum. */
    public static boolean begins(byte[] head) {
        return head.length >= HEAD && headFits(ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN), 0);
    }

    private static boolean headFits(ByteBuffer in, int at) {
        return in.getInt(at + Long.BYTES) == checksum(in.slice(at, Long.BYTES));
    }

    /** Goes through the records of a file. Not thread-safe. */
    public static final class Reader {

        private final ByteBuffer in;
        private int at;
        private int following;
        private ByteBuffer data = ByteBuffer.allocate(0);
        private String damage = "";

        /** Reads the whole file's bytes, which must not change. */
        public Reader(byte[] bytes) {
            in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        }

        /** Whether there is another whole record; false as well at damage, and where the file breaks off. */
        public boolean next() {
            at = following;
            if (in.limit() - at < HEAD) {
                return false;
            }
            if (!headFits(in, at)) {
                damage = "the length of the record at byte " + at + " does not fit its checksum";
                return false;
            }
            long length = in.getLong(at);
            if (length < 0 || length > in.limit() - at - HEAD - Integer.BYTES) {
                return false; // still being written
            }
            data = in.slice(at + HEAD, (int) length).order(ByteOrder.LITTLE_ENDIAN);
            if (in.getInt(at + HEAD + (int) length) != checksum(data.duplicate())) {
                damage = "the record at byte " + at + " does not fit its checksum";
                return false;
            }
            following = at + HEAD + (int) length + Integer.BYTES;
            return true;
        }

        /** The record's data, little endian. */
        public ByteBuffer data() {
            return data;
        }

        /** Where the record begins. */
        public int at() {
            return at;
        }

        /** What ended the reading early, in words; empty at the end of the file and where it breaks off. */
        public Optional<String> damage() {
            return damage.isEmpty() ? Optional.empty() : Optional.of(damage);
        }
    }
}
