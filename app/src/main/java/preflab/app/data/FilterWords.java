package preflab.app.data;

import preflab.app.widget.Words;
import preflab.datasets.store.RowFilter;
import preflab.datasets.store.RowNumber;

/** Conditions in words. */
final class FilterWords {

    private FilterWords() {
    }

    static String of(RowFilter filter) {
        return switch (filter) {
            case RowFilter.Between between -> between.number().label() + range(between);
            case RowFilter.Marked marked -> marked.mark().label();
            case RowFilter.FromFile from -> "from " + from.file();
            case RowFilter.InPart part -> part.part().id() + " part, seed " + part.plan().seed();
        };
    }

    private static String range(RowFilter.Between between) {
        double shift = between.number() == RowNumber.ROW ? 1 : 0; // rows are counted from 1 on the screen
        String least = Words.number(between.least() + shift);
        String most = Words.number(between.most() + shift);
        if (Double.isInfinite(between.least())) {
            return " ≤ " + most;
        }
        return Double.isInfinite(between.most()) ? " ≥ " + least : " " + least + " to " + most;
    }
}
