package preflab.app.data;

import java.util.List;

/**
 * Rows that a finding or a difference points at.
 *
 * @param why
 *            what they have in common, for people
 * @param rows
 *            positions in the selected version
 */
record PickedRows(String why, List<Integer> rows) {
    PickedRows {
        rows = List.copyOf(rows);
    }

    int[] ids() {
        return rows.stream().mapToInt(Integer::intValue).toArray();
    }
}
