package preflab.datasets.importer;

import java.io.Closeable;
import java.io.IOException;

import com.fasterxml.jackson.databind.JsonNode;

/** The JSON objects of a file, one after another; what is none comes out as a problem. */
interface RowSource extends Closeable {

    /**
     * Goes to the next row or problem; false at the end.
     *
     * @throws IOException
     *             if the disk fails; broken contents are problems
     */
    boolean next() throws IOException;

    /** The row's number in the file, from 1. */
    long number();

    /** The row, or null when it is a problem. */
    JsonNode node();

    /** The problem, where {@link #node} is null. */
    Problem problem();

    /** Where a problem is a line of text: that line, for a person to mend; empty where the container has none. */
    default String text() {
        return "";
    }

    /** How much of the file has been read. */
    long bytes();
}
