package preflab.datasets.columnar;

import java.io.Closeable;
import java.io.IOException;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The rows of a columnar file, one after another; cells that are null in the file are JSON's null. */
public interface ColumnarRows extends Closeable {

    /**
     * Goes to the next row; false at the end.
     *
     * @throws DamagedFileException
     *             when the file is broken, or too large in a place where no good file is
     */
    boolean next() throws IOException;

    /** The row's number, from 1. */
    long number();

    /** The row's cells, in the order of the columns. */
    ObjectNode node();

    /** What is wrong with this row alone; empty if nothing is. */
    String problem();
}
