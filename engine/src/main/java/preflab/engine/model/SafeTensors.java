package preflab.engine.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import preflab.engine.batch.ModelException;
import preflab.engine.tensor.Kernels;
import preflab.engine.tensor.Scopes;
import preflab.engine.tensor.TorchType;

/**
 * A {@code .safetensors} file: 8 bytes with the header's length N (little-endian), N bytes of JSON (name → dtype, shape,
 * data_offsets into the rest), then the numbers, little-endian and row by row. Opening reads the header alone.
 */
public final class SafeTensors {

    /** Where one array lies: offsets count from the end of the header. */
    public record Entry(String name, String dtype, Shape shape, long begin, long end) {
    }

    private static final Map<String, TorchType> TYPES = Map.of("F64", TorchType.FLOAT64, "F32", TorchType.FLOAT32,
            "F16", TorchType.FLOAT16, "BF16", TorchType.BFLOAT16);
    private static final long LONGEST_HEADER = 100_000_000;
    private static final ObjectMapper JSON = new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private final Path file;
    private final long dataStart;
    private final Map<String, Entry> entries;

    private SafeTensors(Path file, long dataStart, Map<String, Entry> entries) {
        this.file = file;
        this.dataStart = dataStart;
        this.entries = Collections.unmodifiableMap(entries);
    }

    /** Reads and checks the header. */
    public static SafeTensors open(Path file) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            readFully(channel, length, file);
            long headerLength = length.flip().getLong();
            if (headerLength < 2 || headerLength > LONGEST_HEADER || headerLength > channel.size() - Long.BYTES) {
                throw new ModelException(file + " is no safetensors file: its first 8 bytes announce a header of "
                        + headerLength + " bytes in a file of " + channel.size());
            }
            ByteBuffer header = ByteBuffer.allocate((int) headerLength);
            readFully(channel, header, file);
            long dataStart = Long.BYTES + headerLength;
            return new SafeTensors(file, dataStart, entries(file, header.array(), channel.size() - dataStart));
        } catch (IOException e) {
            throw new ModelException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static void readFully(FileChannel channel, ByteBuffer buffer, Path file) throws IOException {
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new ModelException(file + " is cut short: its header is incomplete");
            }
        }
    }

    private static Map<String, Entry> entries(Path file, byte[] header, long dataLength) throws IOException {
        Map<String, Entry> entries = new LinkedHashMap<>();
        JsonNode root = JSON.readTree(header);
        for (Map.Entry<String, JsonNode> field : root.properties()) {
            if (!"__metadata__".equals(field.getKey())) {
                entries.put(field.getKey(), entry(file, field.getKey(), field.getValue(), dataLength));
            }
        }
        return entries;
    }

    private static Entry entry(Path file, String name, JsonNode node, long dataLength) {
        JsonNode offsets = node.path("data_offsets");
        long begin = offsets.path(0).asLong(-1);
        long end = offsets.path(1).asLong(-1);
        if (begin < 0 || end < begin || end > dataLength) {
            throw new ModelException(
                    file + " is damaged or cut short: " + name + " should lie at bytes " + begin + " to "
                            + end + " of " + dataLength);
        }
        long[] shape = new long[node.path("shape").size()];
        for (int i = 0; i < shape.length; i++) {
            shape[i] = node.path("shape").get(i).asLong(-1);
        }
        return new Entry(name, node.path("dtype").asText(), new Shape(shape), begin, end);
    }

    Path file() {
        return file;
    }

    /** What the header lists, by name, in file order. */
    public Map<String, Entry> entries() {
        return entries;
    }

    /**
     * Refuses an entry that cannot be read, before any memory is spent.
     *
     * @throws ModelException
     *             naming the array and what is wrong
     */
    void requireReadable(Entry entry) {
        TorchType type = TYPES.get(entry.dtype());
        String what = file.getFileName() + ": " + entry.name() + " ";
        if (type == null) {
            throw new ModelException(what + "has type " + entry.dtype() + "; F64, F32, F16 and BF16 can be read");
        }
        long bytes = entry.end() - entry.begin();
        if (bytes != entry.shape().size() * type.bytes()) {
            throw new ModelException(what + "has " + bytes + " bytes for shape " + entry.shape());
        }
        if (bytes > Integer.MAX_VALUE) {
            throw new ModelException(what + "has " + bytes + " bytes; one array may have " + Integer.MAX_VALUE);
        }
    }

    /** The named arrays in the given type, in memory of their own, owned by the manager and by no scope. */
    public Map<String, NDArray> read(Iterable<String> names, NDManager manager, DataType type) {
        Map<String, NDArray> arrays = new LinkedHashMap<>();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ); Arena arena = Arena.ofConfined()) {
            MemorySegment data = channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena);
            for (String name : names) {
                Entry entry = entries.get(name);
                requireReadable(entry);
                ByteBuffer bytes = data.asSlice(dataStart + entry.begin(), entry.end() - entry.begin()).asByteBuffer();
                arrays.put(name, Scopes.unscoped(() -> array(manager, entry, bytes, type)));
            }
        } catch (IOException e) {
            throw new ModelException("cannot read " + file + ": " + e.getMessage(), e);
        }
        return arrays;
    }

    /** A copy, since the mapping is read-only and ends with the reading. */
    private static NDArray array(NDManager manager, Entry entry, ByteBuffer bytes, DataType type) {
        bytes.order(ByteOrder.nativeOrder());
        NDArray mapped = switch (TYPES.get(entry.dtype())) {
            case BFLOAT16 -> {
                NDArray raw = manager.create(bytes, new Shape(bytes.remaining()), DataType.UINT8);
                yield Kernels.toFloat32(Kernels.reinterpret(raw, TorchType.BFLOAT16)).reshape(entry.shape());
            }
            case FLOAT16 -> manager.create(bytes, entry.shape(), DataType.FLOAT16);
            case FLOAT64 -> manager.create(bytes, entry.shape(), DataType.FLOAT64);
            default -> manager.create(bytes, entry.shape(), DataType.FLOAT32);
        };
        // decision: toType does not copy where the type is the same, whatever its flag says
        return mapped.getDataType() == type ? mapped.duplicate() : mapped.toType(type, false);
    }

    /** Writes arrays of float32 or float64, in the map's order. */
    public static void write(Path file, Map<String, NDArray> arrays) {
        byte[] header = header(arrays);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer length = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(header.length);
            writeFully(channel, length.flip());
            writeFully(channel, ByteBuffer.wrap(header));
            for (NDArray array : arrays.values()) {
                writeFully(channel, array.toByteBuffer(true));
            }
            channel.force(true);
        } catch (IOException e) {
            throw new ModelException("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static byte[] header(Map<String, NDArray> arrays) {
        ObjectNode root = JSON.createObjectNode();
        root.putObject("__metadata__").put("format", "pt"); // transformers refuses a file without it
        long offset = 0;
        for (Map.Entry<String, NDArray> entry : arrays.entrySet()) {
            NDArray array = entry.getValue();
            ObjectNode node = root.putObject(entry.getKey()).put("dtype", array.getDataType().asSafetensors());
            ArrayNode shape = node.putArray("shape");
            for (long size : array.getShape().getShape()) {
                shape.add(size);
            }
            long end = offset + array.getShape().size() * array.getDataType().getNumOfBytes();
            node.putArray("data_offsets").add(offset).add(end);
            offset = end;
        }
        String json = root.toString();
        int length = json.getBytes(StandardCharsets.UTF_8).length;
        return (json + " ".repeat((8 - length % 8) % 8)).getBytes(StandardCharsets.UTF_8); // numbers begin at 8·n
    }

}
