package preflab.datasets.importer;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvRecordHandler;

/**
 * The records of a CSV file. Texts stay byte for byte: the parser sees bytes (as Latin-1), and each cell is decoded by
 * itself, so that bytes which are no UTF-8 lose one row only. What the cells of a column are (numbers, true/false,
 * JSON, texts) is judged by the first rows. A row is numbered by the line it begins on.
 */
final class CsvSource implements RowSource {

    /** Cells and rows longer than this end the reading. */
    private static final int LONGEST = Json.LONGEST_ROW;
    private static final byte[] MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    /** One record: cells, or what is wrong with it. */
    private record Read(long line, List<String> cells, String problem) {
    }

    private final CsvContainer table;
    private final MeteredInputStream metered;
    private final LastByte in;
    private final Deque<Read> sampled = new ArrayDeque<>();
    private CsvReader<CsvRecord> reader;
    private Iterator<CsvRecord> records;
    private List<String> names = List.of();
    private List<CellType> types = List.of();
    private CsvParseException ahead;
    private boolean broken;
    private long number;
    private JsonNode node;
    private Problem problem;

    CsvSource(InputStream in, MeteredInputStream metered, CsvContainer table) {
        this.in = new LastByte(in);
        this.metered = metered;
        this.table = table;
    }

    /** A strict parser of bytes: every byte is one character. */
    static CsvReader<CsvRecord> reader(InputStream in, char separator) throws IOException {
        PushbackInputStream back = new PushbackInputStream(in, MARK.length);
        byte[] start = back.readNBytes(MARK.length);
        if (!Arrays.equals(start, MARK)) {
            back.unread(start);
        }
        return CsvReader.builder().fieldSeparator(separator).skipEmptyLines(true).allowMissingFields(true)
                .allowExtraFields(true).allowExtraCharsAfterClosingQuote(false).maxBufferSize(LONGEST)
                .build(CsvRecordHandler.builder().maxFieldSize(LONGEST).maxRecordSize(LONGEST).build(),
                        new InputStreamReader(back, StandardCharsets.ISO_8859_1));
    }

    @Override
    public boolean next() throws IOException {
        node = null;
        problem = null;
        if (reader == null) {
            begin();
        }
        Read read = sampled.isEmpty() ? read() : sampled.removeFirst();
        if (read == null) {
            return false;
        }
        number = read.line();
        if (read.problem().isEmpty()) {
            node = row(read.cells());
        } else {
            problem = new Problem(read.line(), BadRow.WHOLE, read.problem());
        }
        return true;
    }

    @Override
    public long number() {
        return number;
    }

    @Override
    public JsonNode node() {
        return node;
    }

    @Override
    public Problem problem() {
        return problem;
    }

    @Override
    public long bytes() {
        return metered.bytes();
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    private void begin() throws IOException {
        reader = reader(in, table.separator());
        records = reader.iterator();
        Read first = read();
        if (first == null || !first.problem().isEmpty()) {
            broken = true;
            sampled.addAll(first == null ? List.of() : List.of(first));
            return;
        }
        names = table.names(first.cells());
        if (!table.header()) {
            sampled.add(first);
        }
        while (sampled.size() < Head.ROWS && metered.bytes() < Head.BYTES) {
            Read next = read();
            if (next == null) {
                break;
            }
            sampled.add(next);
        }
        types = types();
    }

    private List<CellType> types() {
        List<CellType> found = new ArrayList<>(names.size());
        for (int column = 0; column < names.size(); column++) {
            int at = column;
            found.add(CellType.of(names.get(at), sampled.stream().filter(read -> read.problem().isEmpty())
                    .map(read -> read.cells().get(at)).toList()));
        }
        return found;
    }

    private Read read() throws IOException {
        if (broken) {
            return null;
        }
        try {
            return hasNext() ? checked(records.next()) : null;
        } catch (CsvParseException e) {
            broken = true;
            String words = e.getCause() == null ? e.getMessage() : e.getCause().getMessage();
            return new Read(Math.max(1, number + 1), List.of(), "broken CSV, nothing after it can be read: "
                    + (words.contains(Integer.toString(LONGEST))
                            ? "a row is longer than " + (LONGEST >> 20) + " MiB"
                            : Clip.text(words, 200))
                    + " (a quote inside a quoted cell is written twice)");
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private Read checked(CsvRecord record) {
        long line = record.getStartingLineNumber();
        number = line;
        List<String> cells = new ArrayList<>(record.getFieldCount());
        try {
            for (String field : record.getFields()) {
                cells.add(utf8(field));
            }
        } catch (CharacterCodingException e) {
            return new Read(line, List.of(), "holds bytes that are no UTF-8; save the file as UTF-8");
        }
        boolean first = names.isEmpty();
        if (!first && cells.size() != names.size()) {
            return new Read(line, List.of(), "has " + cells.size() + " cells where the table has " + names.size()
                    + " columns (" + (cells.size() > names.size()
                            ? "a cell that holds a separator is put in quotes)"
                            : "a quote that is never closed swallows what follows)"));
        }
        return isOpen(cells)
                ? new Read(line, List.of(), "has a quote that is never closed")
                : new Read(line, cells, "");
    }

    private boolean hasNext() {
        if (ahead != null) {
            throw ahead;
        }
        return records.hasNext();
    }

    /** Whether this is the file's last record, runs over several lines, and does not end in the quote it must end in. */
    private boolean isOpen(List<String> cells) {
        try {
            return cells.getLast().indexOf('\n') >= 0 && in.last() != '"' && !records.hasNext();
        } catch (CsvParseException e) {
            ahead = e; // about the next record: this one is whole
            return false;
        }
    }

    private ObjectNode row(List<String> cells) {
        ObjectNode row = Json.mapper().createObjectNode();
        for (int i = 0; i < cells.size(); i++) {
            JsonNode cell = types.get(i).cell(cells.get(i));
            if (!cell.isMissingNode()) {
                row.set(names.get(i), cell);
            }
        }
        return row;
    }

    private static String utf8(String bytes) throws CharacterCodingException {
        for (int i = 0; i < bytes.length(); i++) {
            if (bytes.charAt(i) > 0x7F) {
                return StandardCharsets.UTF_8.newDecoder()
                        .decode(ByteBuffer.wrap(bytes.getBytes(StandardCharsets.ISO_8859_1))).toString();
            }
        }
        return bytes;
    }
}
