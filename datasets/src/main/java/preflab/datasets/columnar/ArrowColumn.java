package preflab.datasets.columnar;

import com.fasterxml.jackson.databind.JsonNode;

/** The values of one field in one batch. */
interface ArrowColumn {

    /** How many there are. */
    int length();

    /** The value at this place as JSON. */
    JsonNode at(int index, RowBudget budget);
}
