package preflab.datasets.columnar;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import org.apache.arrow.flatbuf.Date;
import org.apache.arrow.flatbuf.Decimal;
import org.apache.arrow.flatbuf.DictionaryEncoding;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.FixedSizeBinary;
import org.apache.arrow.flatbuf.FixedSizeList;
import org.apache.arrow.flatbuf.FloatingPoint;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Time;
import org.apache.arrow.flatbuf.Timestamp;
import org.apache.arrow.flatbuf.Type;

/**
 * One field of an Arrow schema.
 *
 * @param type
 *            a constant of {@link Type}
 * @param width
 *            bytes of one value of fixed width; elements of a list of fixed size
 * @param unit
 *            units a second for times; the scale of decimals; 1 for numbers with a sign
 * @param dictionary
 *            id of the dictionary its values are looked up in; the indices are whole numbers of {@code indexWidth}
 */
record ArrowField(String name, byte type, int width, long unit, List<ArrowField> children, OptionalLong dictionary,
        int indexWidth) {

    private static final int DEEPEST = 64;
    private static final int MOST = 20_000;
    private static final long[] PER_SECOND = {1, 1_000, 1_000_000, 1_000_000_000};

    /** All fields; dictionaries go to the map by id, as fields without one. */
    static List<ArrowField> of(Schema schema, Map<Long, ArrowField> dictionaries) throws DamagedFileException {
        if (schema.endianness() != 0) {
            throw new DamagedFileException("holds big-endian numbers, which are not read");
        }
        int[] seen = {0};
        List<ArrowField> fields = new ArrayList<>();
        for (int i = 0; i < schema.fieldsLength(); i++) {
            fields.add(of(schema.fields(i), dictionaries, seen, 0));
        }
        return fields;
    }

    private static ArrowField of(Field field, Map<Long, ArrowField> dictionaries, int[] seen, int depth)
            throws DamagedFileException {
        if (depth > DEEPEST || ++seen[0] > MOST) {
            throw new DamagedFileException("has a schema that is nested deeper than " + DEEPEST + " or has more than "
                    + MOST + " fields");
        }
        List<ArrowField> children = new ArrayList<>();
        for (int i = 0; i < field.childrenLength(); i++) {
            children.add(of(field.children(i), dictionaries, seen, depth + 1));
        }
        String name = field.name() == null ? "" : field.name();
        ArrowField plain = new ArrowField(name, field.typeType(), width(field), unit(field), List.copyOf(children),
                OptionalLong.empty(), 0);
        DictionaryEncoding encoding = field.dictionary();
        if (encoding == null) {
            return plain;
        }
        dictionaries.put(encoding.id(), plain);
        int indexWidth = encoding.indexType() == null ? 4 : encoding.indexType().bitWidth() / 8;
        return new ArrowField(name, plain.type(), plain.width(), plain.unit(), plain.children(),
                OptionalLong.of(encoding.id()), indexWidth);
    }

    private static int width(Field field) {
        return switch (field.typeType()) {
            case Type.Int -> ((Int) field.type(new Int())).bitWidth() / 8;
            case Type.FloatingPoint -> 2 << ((FloatingPoint) field.type(new FloatingPoint())).precision();
            case Type.Decimal -> ((Decimal) field.type(new Decimal())).bitWidth() / 8;
            case Type.FixedSizeBinary -> ((FixedSizeBinary) field.type(new FixedSizeBinary())).byteWidth();
            case Type.FixedSizeList -> ((FixedSizeList) field.type(new FixedSizeList())).listSize();
            case Type.Date -> ((Date) field.type(new Date())).unit() == 0 ? 4 : 8;
            case Type.Time -> ((Time) field.type(new Time())).bitWidth() / 8;
            case Type.Timestamp, Type.Duration -> 8;
            default -> 0;
        };
    }

    private static long unit(Field field) {
        return switch (field.typeType()) {
            case Type.Int -> ((Int) field.type(new Int())).isSigned() ? 1 : 0;
            case Type.Decimal -> ((Decimal) field.type(new Decimal())).scale();
            case Type.Time -> PER_SECOND[((Time) field.type(new Time())).unit()];
            case Type.Timestamp -> PER_SECOND[((Timestamp) field.type(new Timestamp())).unit()];
            default -> 0;
        };
    }
}
