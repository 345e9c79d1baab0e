package preflab.datasets.columnar;

import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import preflab.datasets.columnar.ParquetFooter.RowGroup;
import preflab.datasets.columnar.ParquetNode.Meaning;

/**
 * Rows of a Parquet file, put together from the levels of their columns (Dremel). Lists and maps are unwrapped from the
 * groups that the format puts around them.
 */
public final class ParquetRows implements ColumnarRows {

    private final FileChannel file;
    private final long fileBytes;
    private final ParquetFooter footer;
    private final RowBudget budget;
    private final long rows;
    private List<ParquetLeaf> leaves = List.of();
    private int group;
    private long left;
    private long number;
    private ObjectNode node;

    private ParquetRows(FileChannel file) throws IOException {
        this.file = file;
        this.fileBytes = file.size();
        this.budget = new RowBudget(fileBytes);
        this.footer = ParquetFooter.read(file);
        this.rows = footer.rows();
    }

    /**
     * Opens a file and reads its index.
     *
     * @throws DamagedFileException
     *             when it is cut off, encrypted or no Parquet file
     */
    public static ParquetRows open(Path path) throws IOException {
        FileChannel file = FileChannel.open(path);
        try {
            return new ParquetRows(file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    @Override
    public boolean next() throws IOException {
        try {
            while (left == 0) {
                if (group == footer.groups().size()) {
                    return false;
                }
                begin(footer.groups().get(group++));
            }
            budget.startRow();
            node = object(footer.root());
            for (ParquetLeaf leaf : leaves) {
                if (leaf.repetition() > 0) {
                    throw new DamagedFileException("holds columns of different lengths");
                }
            }
        } catch (EOFException | RuntimeException e) {
            throw new DamagedFileException("is a damaged Parquet file: " + e.getMessage(), e);
        }
        left--;
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

    /** About how much of the file has been read, in bytes. */
    public long position() {
        return rows == 0 ? fileBytes : (long) ((double) fileBytes * number / rows);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void begin(RowGroup rowGroup) throws IOException {
        left = rowGroup.rows();
        List<ParquetLeaf> opened = new ArrayList<>();
        for (int i = 0; i < footer.leaves().size(); i++) {
            opened.add(new ParquetLeaf(footer.leaves().get(i), rowGroup.chunks().get(i), file, budget));
        }
        leaves = opened;
    }

    private JsonNode value(ParquetNode at) throws IOException {
        if (at.repeats() == ParquetNode.REPEATED) {
            return list(at, at, true);
        }
        if (at.repeats() == ParquetNode.OPTIONAL && leaves.get(at.leaf()).definition() < at.definition()) {
            skip(at);
            return NullNode.getInstance();
        }
        return body(at);
    }

    private JsonNode body(ParquetNode at) throws IOException {
        if (at.isLeaf()) {
            return leaves.get(at.leaf()).take();
        }
        boolean wraps = at.children().size() == 1
                && at.children().getFirst().repeats() == ParquetNode.REPEATED;
        if (wraps && at.meaning() == Meaning.LIST) {
            return elements(at.children().getFirst());
        }
        if (wraps && at.meaning() == Meaning.MAP) {
            return Maps.asObject(list(at.children().getFirst(), at.children().getFirst(), true));
        }
        return object(at);
    }

    private ObjectNode object(ParquetNode at) throws IOException {
        ObjectNode object = Cells.JSON.objectNode();
        for (ParquetNode child : at.children()) {
            object.set(child.name(), value(child));
        }
        return object;
    }

    /** The usual list has a group around each element; older ones have not. */
    private ArrayNode elements(ParquetNode repeated) throws IOException {
        boolean wraps = repeated.children().size() == 1 && !repeated.name().equals("array")
                && !repeated.name().endsWith("_tuple");
        return list(repeated, wraps ? repeated.children().getFirst() : repeated, !wraps);
    }

    private ArrayNode list(ParquetNode repeated, ParquetNode element, boolean itself) throws IOException {
        ArrayNode list = Cells.JSON.arrayNode();
        ParquetLeaf first = leaves.get(repeated.leaf());
        if (first.definition() < repeated.definition()) {
            skip(repeated);
            return list;
        }
        do {
            list.add(itself ? body(element) : value(element));
        } while (first.repetition() == repeated.repetition());
        return list;
    }

    /** Passes over a node that is not there, in every leaf below it. */
    private void skip(ParquetNode at) throws IOException {
        if (at.isLeaf()) {
            budget.value();
            leaves.get(at.leaf()).skip();
        }
        for (ParquetNode child : at.children()) {
            skip(child);
        }
    }
}
