package preflab.app.data;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import javafx.collections.ObservableListBase;
import preflab.app.task.Work;
import preflab.datasets.example.PreferenceExample;

/**
 * The rows of a version as a list of which only the pages near what is looked at are in memory. A row is there at once;
 * its example follows when its page has been read off the thread of the window.
 */
final class RowPages extends ObservableListBase<ExampleRow> {

    /** Reads rows; slow. */
    @FunctionalInterface
    interface Source {
        List<PreferenceExample> page(int offset, int limit);
    }

    static final int PAGE = 100;
    /** Enough for any table on a screen and the way back. */
    private static final int KEPT_PAGES = 30;

    private final int size;
    private final Source source;
    private final Work work;
    private final Consumer<Throwable> failed;
    private final Map<Integer, List<ExampleRow>> pages = new LinkedHashMap<>(16, 0.75f, true);

    RowPages(int size, Source source, Work work, Consumer<Throwable> failed) {
        this.size = size;
        this.source = source;
        this.work = work;
        this.failed = failed;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public ExampleRow get(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("row " + index + " of " + size);
        }
        List<ExampleRow> page = pages.get(index / PAGE);
        if (page == null) {
            page = read(index / PAGE);
        }
        return page.get(index % PAGE);
    }

    private List<ExampleRow> read(int number) {
        int offset = number * PAGE;
        List<ExampleRow> rows = new ArrayList<>();
        for (int i = offset; i < Math.min(size, offset + PAGE); i++) {
            rows.add(new ExampleRow(i));
        }
        pages.put(number, rows);
        if (pages.size() > KEPT_PAGES) {
            pages.remove(pages.keySet().iterator().next());
        }
        work.start(() -> source.page(offset, rows.size()), examples -> fill(rows, examples), failed);
        return rows;
    }

    private static void fill(List<ExampleRow> rows, List<PreferenceExample> examples) {
        for (int i = 0; i < Math.min(rows.size(), examples.size()); i++) {
            rows.get(i).exampleProperty().set(examples.get(i));
        }
    }

    /** How many pages are held; at most {@value #KEPT_PAGES}. */
    int pagesHeld() {
        return pages.size();
    }

    // A table asks where its selected row is; looking at every row would read the whole version.

    @Override
    public int indexOf(Object row) {
        return row instanceof ExampleRow known && known.position() < size ? known.position() : -1;
    }

    @Override
    public int lastIndexOf(Object row) {
        return indexOf(row);
    }

    @Override
    public boolean contains(Object row) {
        return indexOf(row) >= 0;
    }
}
