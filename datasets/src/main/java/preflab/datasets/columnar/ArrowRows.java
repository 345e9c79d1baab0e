package preflab.datasets.columnar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.apache.arrow.flatbuf.DictionaryBatch;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;

/**
 * Rows of an Arrow IPC stream, or of an Arrow file, which is such a stream between two magic words and before an index
 * that reading in order does not need. One batch is in memory at a time.
 */
public final class ArrowRows implements ColumnarRows {

    private static final byte[] FILE = "ARROW1\0\0".getBytes(StandardCharsets.US_ASCII);
    private static final int LARGEST_METADATA = 64 << 20;
    private static final int CONTINUES = -1;

    private final InputStream in;
    private final RowBudget budget;
    private final Map<Long, ArrowField> dictionaryFields = new HashMap<>();
    private final Map<Long, ArrowColumn> dictionaries = new HashMap<>();
    private List<ArrowField> fields;
    private List<ArrowColumn> columns = List.of();
    private boolean file;
    private boolean ended;
    private int at;
    private int rows;
    private long number;
    private ObjectNode node;

    /**
     * @param in
     *            the stream or file from its first byte; closed with the rows
     * @param fileBytes
     *            its size on disk, which limits what it may unpack to
     */
    public ArrowRows(InputStream in, long fileBytes) {
        this.in = in;
        this.budget = new RowBudget(fileBytes);
    }

    @Override
    public boolean next() throws IOException {
        try {
            while (at == rows) {
                if (ended || !batch()) {
                    return false;
                }
            }
            budget.startRow();
            node = Cells.JSON.objectNode();
            for (int i = 0; i < columns.size(); i++) {
                node.set(fields.get(i).name(), columns.get(i).at(at, budget));
            }
        } catch (RuntimeException e) {
            throw new DamagedFileException("is a damaged Arrow file: " + e.getMessage(), e);
        }
        at++;
        number++;
        return true;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public ObjectNode node() {
        return node;
    }

    @Override
    public String problem() {
        return budget.hasBadText() ? "holds a text that is no UTF-8" : "";
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** Reads messages up to the next batch of rows; false at the end. */
    private boolean batch() throws IOException {
        while (true) {
            byte[] metadata = metadata();
            if (metadata.length == 0) {
                ended = true;
                return false;
            }
            Message message = Message.getRootAsMessage(ByteBuffer.wrap(metadata).order(ByteOrder.LITTLE_ENDIAN));
            byte[] body = body(message.bodyLength());
            switch (message.headerType()) {
                case MessageHeader.Schema -> schema((Schema) message.header(new Schema()));
                case MessageHeader.DictionaryBatch -> dictionary((DictionaryBatch) message
                        .header(new DictionaryBatch()), body);
                case MessageHeader.RecordBatch -> {
                    rows((RecordBatch) message.header(new RecordBatch()), body);
                    return true;
                }
                default -> throw new DamagedFileException("holds a message of an unknown kind");
            }
        }
    }

    private byte[] metadata() throws IOException {
        byte[] start = in.readNBytes(4);
        if (fields == null && Arrays.equals(start, 0, start.length, FILE, 0, 4)) {
            file = true;
            in.readNBytes(4);
            start = in.readNBytes(4);
        }
        if (start.length == 0 && !file && fields != null) {
            return start; // a stream may end without a mark
        }
        int length = littleEndian(start);
        if (length == CONTINUES) {
            length = littleEndian(in.readNBytes(4));
        }
        if (length < 0 || length > LARGEST_METADATA) {
            throw new DamagedFileException("states a message of " + length + " bytes");
        }
        return exactly(length);
    }

    private byte[] body(long length) throws IOException {
        if (length < 0 || length > RowBudget.largestPiece()) {
            throw new DamagedFileException("holds a batch of " + length + " bytes; at most " + RowBudget.largestPiece()
                    + " can be read at once (more memory, or smaller batches, would help)");
        }
        return exactly((int) length);
    }

    /** Memory grows with what is there, not with what is stated. */
    private byte[] exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new DamagedFileException("is cut off");
        }
        return bytes;
    }

    private static int littleEndian(byte[] four) throws DamagedFileException {
        if (four.length < 4) {
            throw new DamagedFileException("is cut off");
        }
        return ByteBuffer.wrap(four).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    private void schema(Schema schema) throws DamagedFileException {
        if (fields != null) {
            throw new DamagedFileException("holds a second schema");
        }
        fields = ArrowField.of(schema, dictionaryFields);
    }

    private void dictionary(DictionaryBatch batch, byte[] body) throws DamagedFileException {
        ArrowField field = dictionaryFields.get(batch.id());
        if (field == null) {
            throw new DamagedFileException("holds a dictionary that no column names");
        }
        if (batch.isDelta()) {
            throw new DamagedFileException("holds a dictionary in several parts, which is not read");
        }
        ArrowBatch data = new ArrowBatch(batch.data(), body);
        dictionaries.put(batch.id(), new ArrowColumns(data, dictionaries).next(field));
        data.checkedRows();
    }

    private void rows(RecordBatch batch, byte[] body) throws DamagedFileException {
        if (fields == null) {
            throw new DamagedFileException("holds rows before its schema");
        }
        ArrowBatch data = new ArrowBatch(batch, body);
        ArrowColumns reader = new ArrowColumns(data, dictionaries);
        List<ArrowColumn> read = new ArrayList<>(fields.size());
        for (ArrowField field : fields) {
            read.add(reader.next(field));
        }
        columns = read;
        rows = data.checkedRows();
        at = 0;
    }
}
