package preflab.projects.foreign;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import preflab.projects.export.TfRecord;

/**
 * Scalars of an event file of TensorBoard: records of TFRecord's layout, each an {@code Event} message; values stand in
 * {@code simple_value} or, from newer writers, in a {@code TensorProto} of one number. A file that breaks off in the
 * middle of a record, as while it is written, is read up to there.
 */
final class EventFile {

    private static final int FLOAT = 1;
    private static final int DOUBLE = 2;

    private final Curves curves;

    private EventFile(Curves curves) {
        this.curves = curves;
    }

    /** Whether the bytes begin with a record's length and its checksum. */
    static boolean fits(byte[] head) {
        return TfRecord.begins(head);
    }

    /** Adds the file's scalars. */
    static void read(Path file, byte[] bytes, Curves curves) {
        TfRecord.Reader records = new TfRecord.Reader(bytes);
        EventFile reader = new EventFile(curves);
        while (records.next()) {
            try {
                reader.event(records.data());
            } catch (IndexOutOfBoundsException | IllegalArgumentException | BufferUnderflowException e) {
                throw ForeignImport.bad(file, "the record at byte " + records.at() + " is no event");
            }
        }
        records.damage().ifPresent(damage -> {
            throw ForeignImport.bad(file, damage);
        });
    }

    private void event(ByteBuffer event) {
        long step = 0;
        ByteBuffer summary = null;
        while (event.hasRemaining()) {
            long tag = varint(event);
            switch ((int) tag) {
                case 2 << 3 -> step = varint(event); // step
                case 5 << 3 | 2 -> summary = bytes(event); // summary
                default -> skip(event, tag);
            }
        }
        while (summary != null && summary.hasRemaining()) {
            long tag = varint(summary);
            if (tag == (1 << 3 | 2)) {
                value(step, bytes(summary));
            } else {
                skip(summary, tag);
            }
        }
    }

    private void value(long step, ByteBuffer value) {
        String name = "";
        Double number = null;
        while (value.hasRemaining()) {
            long tag = varint(value);
            switch ((int) tag) {
                case 1 << 3 | 2 -> name = StandardCharsets.UTF_8.decode(bytes(value)).toString();
                case 2 << 3 | 5 -> number = (double) value.getFloat();
                case 8 << 3 | 2 -> number = tensor(bytes(value));
                default -> skip(value, tag);
            }
        }
        if (number != null && !name.isEmpty()) {
            curves.add(step, name, number);
        }
    }

    /** The tensor's number; null for texts, pictures and tensors of several. */
    private static Double tensor(ByteBuffer tensor) {
        int type = 0;
        ByteBuffer content = ByteBuffer.allocate(0);
        while (tensor.hasRemaining()) {
            long tag = varint(tensor);
            switch ((int) tag) {
                case 1 << 3 -> type = (int) varint(tensor);
                case 4 << 3 | 2, 5 << 3 | 2, 6 << 3 | 2 -> content = bytes(tensor); // raw, or packed numbers
                case 5 << 3 | 5 -> content = slice(tensor, Float.BYTES);
                case 6 << 3 | 1 -> content = slice(tensor, Double.BYTES);
                default -> skip(tensor, tag);
            }
        }
        if (type == FLOAT && content.remaining() == Float.BYTES) {
            return (double) content.getFloat();
        }
        return type == DOUBLE && content.remaining() == Double.BYTES ? content.getDouble() : null;
    }

    private static long varint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = in.get();
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number that does not end");
    }

    private static ByteBuffer bytes(ByteBuffer in) {
        return slice(in, Math.clamp(varint(in), 0, Integer.MAX_VALUE));
    }

    private static ByteBuffer slice(ByteBuffer in, int length) {
        ByteBuffer slice = in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        in.position(in.position() + length);
        return slice;
    }

    private static void skip(ByteBuffer in, long tag) {
        switch ((int) tag & 7) {
            case 0 -> {
                var _ = varint(in);
            }
            case 1 -> {
                var _ = slice(in, Long.BYTES);
            }
            case 2 -> {
                var _ = bytes(in);
            }
            case 5 -> {
                var _ = slice(in, Integer.BYTES);
            }
            default -> throw new IllegalArgumentException("an unknown kind of field");
        }
    }
}
