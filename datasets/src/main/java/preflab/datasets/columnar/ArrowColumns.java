package preflab.datasets.columnar;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.arrow.flatbuf.Type;

/** Makes columns from the buffers of a batch, by the layouts of the Arrow columnar format. */
final class ArrowColumns {

    /** A value that is known to be there. */
    private interface Value {
        JsonNode at(int index, RowBudget budget);
    }

    private final ArrowBatch batch;
    private final Map<Long, ArrowColumn> dictionaries;

    ArrowColumns(ArrowBatch batch, Map<Long, ArrowColumn> dictionaries) {
        this.batch = batch;
        this.dictionaries = dictionaries;
    }

    /** The next column of the batch. */
    ArrowColumn next(ArrowField field) throws DamagedFileException {
        int length = batch.nextLength();
        if (field.type() == Type.Null) {
            return column(length, new byte[0], (_, _) -> NullNode.getInstance());
        }
        byte[] valid = batch.nextBuffer();
        return column(length, valid, field.dictionary().isPresent() ? looked(field) : value(field, length));
    }

    private Value looked(ArrowField field) throws DamagedFileException {
        ArrowColumn values = dictionaries.get(field.dictionary().getAsLong());
        if (values == null) {
            throw new DamagedFileException("names a dictionary that it does not hold");
        }
        IntFunction<Long> indices = whole(field.indexWidth(), buffer(), true);
        return (index, budget) -> values.at(Math.toIntExact(indices.apply(index)), budget);
    }

    private Value value(ArrowField field, int length) throws DamagedFileException {
        return switch (field.type()) {
            case Type.Bool -> bits(batch.nextBuffer());
            case Type.Int -> numbers(field);
            case Type.FloatingPoint -> floats(field.width(), buffer());
            case Type.Decimal -> decimals(field);
            case Type.Date, Type.Time, Type.Timestamp, Type.Duration -> times(field);
            case Type.FixedSizeBinary -> fixedBytes(field.width(), batch.nextBuffer());
            case Type.Utf8, Type.Binary -> texts(field.type() == Type.Utf8, offsets(length, 4), batch.nextBuffer());
            case Type.LargeUtf8, Type.LargeBinary ->
                texts(field.type() == Type.LargeUtf8, offsets(length, 8), batch.nextBuffer());
            case Type.Utf8View, Type.BinaryView -> views(field.type() == Type.Utf8View);
            case Type.List, Type.Map -> lists(offsets(length, 4), next(only(field)), field.type() == Type.Map);
            case Type.LargeList -> lists(offsets(length, 8), next(only(field)), false);
            case Type.FixedSizeList -> fixedLists(field.width(), next(only(field)), length);
            case Type.Struct_ -> structs(field, length);
            default -> throw new DamagedFileException("holds a column of type " + Type.name(field.type())
                    + ", which is not read; write it as a list, a text or a number");
        };
    }

    private static ArrowColumn column(int length, byte[] valid, Value value) {
        return new ArrowColumn() {
            @Override
            public int length() {
                return length;
            }

            @Override
            public JsonNode at(int index, RowBudget budget) {
                if (index < 0 || index >= length) {
                    throw new IndexOutOfBoundsException("value " + index + " of " + length);
                }
                budget.value();
                boolean there = valid.length == 0 || bit(valid, index);
                return there ? value.at(index, budget) : NullNode.getInstance();
            }
        };
    }

    private ByteBuffer buffer() throws DamagedFileException {
        return ByteBuffer.wrap(batch.nextBuffer()).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static boolean bit(byte[] bits, int index) {
        return ((bits[index >> 3] >> (index & 7)) & 1) != 0;
    }

    private static Value bits(byte[] values) {
        return (index, _) -> Cells.JSON.booleanNode(bit(values, index));
    }

    private Value numbers(ArrowField field) throws DamagedFileException {
        boolean signed = field.unit() == 1;
        IntFunction<Long> numbers = whole(field.width(), buffer(), signed);
        return signed || field.width() < 8
                ? (index, _) -> Cells.JSON.numberNode(numbers.apply(index).longValue())
                : (index, _) -> Cells.unsigned(numbers.apply(index));
    }

    private static IntFunction<Long> whole(int width, ByteBuffer data, boolean signed) throws DamagedFileException {
        return switch (width) {
            case 1 -> signed ? index -> (long) data.get(index) : index -> data.get(index) & 0xFFL;
            case 2 -> signed ? index -> (long) data.getShort(2 * index) : index -> data.getShort(2 * index) & 0xFFFFL;
            case 4 -> signed ? index -> (long) data.getInt(4 * index) : index -> data.getInt(4 * index) & 0xFFFFFFFFL;
            case 8 -> index -> data.getLong(8 * index);
            default -> throw new DamagedFileException("holds whole numbers of " + width + " bytes");
        };
    }

    private static Value floats(int width, ByteBuffer data) {
        return switch (width) {
            case 2 -> (index, _) -> Cells.JSON.numberNode(Float.float16ToFloat(data.getShort(2 * index)));
            case 4 -> (index, _) -> Cells.JSON.numberNode(data.getFloat(4 * index));
            default -> (index, _) -> Cells.JSON.numberNode(data.getDouble(8 * index));
        };
    }

    private Value decimals(ArrowField field) throws DamagedFileException {
        byte[] data = batch.nextBuffer();
        return (index, _) -> {
            byte[] bigEndian = new byte[field.width()];
            for (int i = 0; i < bigEndian.length; i++) {
                bigEndian[i] = data[(index + 1) * bigEndian.length - 1 - i];
            }
            return Cells.decimal(bigEndian, (int) field.unit());
        };
    }

    private Value times(ArrowField field) throws DamagedFileException {
        IntFunction<Long> counts = whole(field.width(), buffer(), true);
        return switch (field.type()) {
            case Type.Date -> (index, _) -> Cells
                    .date(field.width() == 4 ? counts.apply(index) : Math.floorDiv(counts.apply(index), 86_400_000L));
            case Type.Time -> (index, _) -> Cells.timeOfDay(counts.apply(index), field.unit());
            case Type.Timestamp -> (index, _) -> Cells.moment(counts.apply(index), field.unit());
            default -> (index, _) -> Cells.JSON.numberNode(counts.apply(index).longValue());
        };
    }

    private static Value fixedBytes(int width, byte[] data) {
        return (index, budget) -> Cells.bytes(data, Math.multiplyExact(index, width), width, budget);
    }

    private static Value texts(boolean utf8, int[] offsets, byte[] data) throws DamagedFileException {
        if (offsets[offsets.length - 1] > data.length) {
            throw new DamagedFileException("states a text outside of its buffer");
        }
        return (index, budget) -> {
            int from = offsets[index];
            int size = offsets[index + 1] - from;
            return utf8 ? Cells.text(data, from, size, budget) : Cells.bytes(data, from, size, budget);
        };
    }

    /** Sixteen bytes a value: its length, and itself if it is short, else where it lies in which buffer. */
    private Value views(boolean utf8) throws DamagedFileException {
        byte[] views = batch.nextBuffer();
        ByteBuffer data = ByteBuffer.wrap(views).order(ByteOrder.LITTLE_ENDIAN);
        List<byte[]> buffers = new ArrayList<>();
        for (int left = batch.nextVariadic(); left > 0; left--) {
            buffers.add(batch.nextBuffer());
        }
        return (index, budget) -> {
            int at = 16 * index;
            int size = data.getInt(at);
            byte[] from = size <= 12 ? views : buffers.get(data.getInt(at + 8));
            int start = size <= 12 ? at + 4 : data.getInt(at + 12);
            return utf8 ? Cells.text(from, start, size, budget) : Cells.bytes(from, start, size, budget);
        };
    }

    private static ArrowField only(ArrowField field) throws DamagedFileException {
        if (field.children().size() != 1) {
            throw new DamagedFileException("holds a list of " + field.children().size() + " kinds of elements");
        }
        return field.children().getFirst();
    }

    private static Value lists(int[] offsets, ArrowColumn elements, boolean map) throws DamagedFileException {
        if (offsets[offsets.length - 1] > elements.length()) {
            throw new DamagedFileException("states a list outside of its elements");
        }
        return (index, budget) -> list(elements, offsets[index], offsets[index + 1], map, budget);
    }

    private static Value fixedLists(int size, ArrowColumn elements, int length) throws DamagedFileException {
        if (size < 0 || (long) size * length > elements.length()) {
            throw new DamagedFileException("states a list outside of its elements");
        }
        return (index, budget) -> list(elements, index * size, (index + 1) * size, false, budget);
    }

    /** A map is a list of key and value; with texts as keys it is an object. */
    private static JsonNode list(ArrowColumn elements, int from, int to, boolean map, RowBudget budget) {
        ArrayNode list = Cells.JSON.arrayNode();
        for (int i = from; i < to; i++) {
            list.add(elements.at(i, budget));
        }
        return map ? Maps.asObject(list) : list;
    }

    private Value structs(ArrowField field, int length) throws DamagedFileException {
        List<ArrowColumn> columns = new ArrayList<>();
        for (ArrowField child : field.children()) {
            ArrowColumn column = next(child);
            if (column.length() < length) {
                throw new DamagedFileException("holds a column that is shorter than its row");
            }
            columns.add(column);
        }
        return (index, budget) -> {
            ObjectNode object = Cells.JSON.objectNode();
            for (int i = 0; i < columns.size(); i++) {
                object.set(field.children().get(i).name(), columns.get(i).at(index, budget));
            }
            return object;
        };
    }

    /** Where each value begins and the last one ends; they never fall, or a few bytes could be read over and over. */
    private int[] offsets(int length, int width) throws DamagedFileException {
        ByteBuffer data = buffer();
        if (length == 0) {
            return new int[]{0};
        }
        if (data.limit() / width < length + 1L) {
            throw new DamagedFileException("holds fewer offsets than values");
        }
        int[] offsets = new int[length + 1];
        for (int i = 0; i <= length; i++) {
            long offset = width == 4 ? data.getInt(4 * i) : data.getLong(8 * i);
            if (offset < (i == 0 ? 0 : offsets[i - 1]) || offset > Integer.MAX_VALUE) {
                throw new DamagedFileException("holds offsets that fall");
            }
            offsets[i] = (int) offset;
        }
        return offsets;
    }
}
