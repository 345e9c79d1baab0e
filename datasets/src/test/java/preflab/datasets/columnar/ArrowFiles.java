package preflab.datasets.columnar;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import com.github.luben.zstd.Zstd;
import com.google.flatbuffers.FlatBufferBuilder;
import org.apache.arrow.flatbuf.BodyCompression;
import org.apache.arrow.flatbuf.CompressionType;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.DictionaryEncoding;
import org.apache.arrow.flatbuf.Field;
import org.apache.arrow.flatbuf.Int;
import org.apache.arrow.flatbuf.LargeUtf8;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.MetadataVersion;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;
import org.apache.arrow.flatbuf.Type;
import org.apache.arrow.flatbuf.Utf8;
import org.apache.arrow.flatbuf.Utf8View;

/**
 * Writes Arrow streams with one column per way of keeping texts: {@code text} (nullable), {@code large}, {@code view}
 * and {@code word}, which is looked up in a dictionary.
 */
public final class ArrowFiles {

    private static final List<String> WORDS = List.of("good", "bad");

    private final byte codec;
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private final List<long[]> buffers = new ArrayList<>();
    private final List<long[]> nodes = new ArrayList<>();

    private ArrowFiles(byte codec) {
        this.codec = codec;
    }

    /**
     * A stream of one batch.
     *
     * @param codec
     *            {@link CompressionType#ZSTD}, or −1 for none
     */
    public static byte[] stream(List<String> texts, byte codec) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        message(out, MessageHeader.Schema, ArrowFiles::schema, new byte[0]);
        ArrowFiles dictionary = new ArrowFiles(codec);
        dictionary.texts(WORDS, 4);
        byte[] words = dictionary.body.toByteArray();
        message(out, MessageHeader.DictionaryBatch, builder -> DictionaryBatch.createDictionaryBatch(builder, 7,
                dictionary.batch(builder, WORDS.size(), 0), false), words);
        ArrowFiles rows = new ArrowFiles(codec);
        rows.texts(texts, 4);
        rows.texts(texts, 8);
        rows.views(texts);
        rows.words(texts.size());
        byte[] bytes = rows.body.toByteArray();
        message(out, MessageHeader.RecordBatch, builder -> rows.batch(builder, texts.size(), 1), bytes);
        out.writeBytes(new byte[]{-1, -1, -1, -1, 0, 0, 0, 0});
        return out.toByteArray();
    }

    /** The word of this row. */
    static String word(int row) {
        return WORDS.get(row % 2);
    }

    private interface Header {
        int write(FlatBufferBuilder builder);
    }

    private static void message(ByteArrayOutputStream out, byte type, Header header, byte[] body) {
        FlatBufferBuilder builder = new FlatBufferBuilder();
        int offset = header.write(builder);
        builder.finish(Message.createMessage(builder, MetadataVersion.V5, type, offset, body.length, 0));
        byte[] metadata = builder.sizedByteArray();
        int padded = (metadata.length + 7) / 8 * 8;
        out.writeBytes(ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(-1).putInt(padded).array());
        out.writeBytes(metadata);
        out.writeBytes(new byte[padded - metadata.length]);
        out.writeBytes(body);
    }

    private static int schema(FlatBufferBuilder builder) {
        int[] fields = {field(builder, "text", Type.Utf8, text(builder), 0),
                field(builder, "large", Type.LargeUtf8, large(builder), 0),
                field(builder, "view", Type.Utf8View, view(builder), 0),
                field(builder, "word", Type.Utf8, text(builder), DictionaryEncoding.createDictionaryEncoding(builder,
                        7, Int.createInt(builder, 8, true), false, (short) 0))};
        return Schema.createSchema(builder, (short) 0, Schema.createFieldsVector(builder, fields), 0, 0);
    }

    private static int text(FlatBufferBuilder builder) {
        Utf8.startUtf8(builder);
        return Utf8.endUtf8(builder);
    }

    private static int large(FlatBufferBuilder builder) {
        LargeUtf8.startLargeUtf8(builder);
        return LargeUtf8.endLargeUtf8(builder);
    }

    private static int view(FlatBufferBuilder builder) {
        Utf8View.startUtf8View(builder);
        return Utf8View.endUtf8View(builder);
    }

    private static int field(FlatBufferBuilder builder, String name, byte type, int typeOffset, int dictionary) {
        int nameOffset = builder.createString(name);
        int children = Field.createChildrenVector(builder, new int[0]);
        return Field.createField(builder, nameOffset, true, type, typeOffset, dictionary, children, 0);
    }

    private int batch(FlatBufferBuilder builder, int rows, int variadic) {
        RecordBatch.startNodesVector(builder, nodes.size());
        for (long[] node : nodes.reversed()) {
            org.apache.arrow.flatbuf.FieldNode.createFieldNode(builder, node[0], node[1]);
        }
        int nodesAt = builder.endVector();
        RecordBatch.startBuffersVector(builder, buffers.size());
        for (long[] buffer : buffers.reversed()) {
            org.apache.arrow.flatbuf.Buffer.createBuffer(builder, buffer[0], buffer[1]);
        }
        int buffersAt = builder.endVector();
        int packed = codec < 0 ? 0 : BodyCompression.createBodyCompression(builder, codec, (byte) 0);
        int counts = variadic == 0 ? 0 : RecordBatch.createVariadicBufferCountsVector(builder, new long[]{1});
        return RecordBatch.createRecordBatch(builder, rows, nodesAt, buffersAt, packed, counts);
    }

    private void texts(List<String> texts, int width) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        ByteBuffer offsets = ByteBuffer.allocate((texts.size() + 1) * width).order(ByteOrder.LITTLE_ENDIAN);
        byte[] valid = new byte[(texts.size() + 7) / 8];
        for (int i = 0; i <= texts.size(); i++) {
            if (width == 4) {
                offsets.putInt(data.size());
            } else {
                offsets.putLong(data.size());
            }
            if (i < texts.size() && texts.get(i) != null) {
                valid[i / 8] |= (byte) (1 << i % 8);
                data.writeBytes(texts.get(i).getBytes(StandardCharsets.UTF_8));
            }
        }
        nodes.add(new long[]{texts.size(), texts.stream().filter(text -> text == null).count()});
        buffer(valid);
        buffer(offsets.array());
        buffer(data.toByteArray());
    }

    private void views(List<String> texts) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        ByteBuffer views = ByteBuffer.allocate(16 * texts.size()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < texts.size(); i++) {
            byte[] text = String.valueOf(texts.get(i)).getBytes(StandardCharsets.UTF_8);
            views.position(16 * i).putInt(text.length);
            if (text.length <= 12) {
                views.put(text);
            } else {
                views.put(text, 0, 4).putInt(0).putInt(data.size());
                data.writeBytes(text);
            }
        }
        nodes.add(new long[]{texts.size(), 0});
        buffer(new byte[0]);
        buffer(views.array());
        buffer(data.toByteArray());
    }

    private void words(int rows) {
        byte[] indices = new byte[rows];
        for (int i = 0; i < rows; i++) {
            indices[i] = (byte) (i % 2);
        }
        nodes.add(new long[]{rows, 0});
        buffer(new byte[0]);
        buffer(indices);
    }

    private void buffer(byte[] bytes) {
        byte[] stored = bytes;
        if (codec == CompressionType.ZSTD && bytes.length > 0) {
            byte[] packed = Zstd.compress(bytes);
            stored = ByteBuffer.allocate(8 + packed.length).order(ByteOrder.LITTLE_ENDIAN).putLong(bytes.length)
                    .put(packed).array();
        }
        buffers.add(new long[]{body.size(), stored.length});
        body.writeBytes(stored);
        body.writeBytes(new byte[(8 - stored.length % 8) % 8]);
    }
}
