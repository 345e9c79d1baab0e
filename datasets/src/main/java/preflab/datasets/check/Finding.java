package preflab.datasets.check;

import java.util.List;
import java.util.Locale;

/**
 * Something about the rows that is worth a look before training.
 *
 * @param id
 *            stable: {@code duplicates}, {@code near_duplicates}, {@code contradictory}, {@code equal_answers},
 *            {@code empty_answers}, {@code leakage}, {@code several_parts}, {@code unbalanced}, {@code too_long},
 *            {@code prompt_too_long}
 * @param problem
 *            in words, with its count
 * @param count
 *            how many rows it is about
 * @param rows
 *            their ids, rising, the first {@value #LISTED}
 * @param fix
 *            what can be done about it
 */
public record Finding(String id, String problem, int count, List<Integer> rows, String fix) {

    /** Rows listed at most. */
    public static final int LISTED = 100_000;

    /** {@code 1 row}, {@code 1,234 rows}. */
    static String rows(int count) {
        return String.format(Locale.ROOT, count == 1 ? "%,d row" : "%,d rows", count);
    }

    public Finding {
        rows = List.copyOf(rows.subList(0, Math.min(LISTED, rows.size())));
    }
}
