package preflab.datasets.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

import preflab.datasets.ManyPairs;
import preflab.datasets.check.DatasetCheck;
import preflab.datasets.check.Finding;
import preflab.datasets.convert.Conversions;
import preflab.datasets.convert.PairsToUnpaired;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.importer.Progress;

/**
 * A million pairs with a heap of 512 MB, in a process of its own: imported, searched, filtered, sorted, split, scrolled,
 * checked, converted and compared. The figures are logged; what is asserted is that all of it succeeds.
 */
@Tag("slow")
class MillionRowsTest {

    private static final int ROWS = Integer.getInteger("preflab.million.rows", 1_000_000);
    private static final int PAGE = 100;

    @TempDir
    Path temp;

    @Test
    void aMillionRowsAreHandledWithin512Megabytes() throws Exception {
        Path figures = temp.resolve("figures.txt");
        Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m", "-Dpreflab.million.rows=" + ROWS, "--enable-native-access=ALL-UNNAMED", "-cp",
                System.getProperty("java.class.path"), MillionRowsTest.class.getName(), temp.toString(),
                figures.toString()).redirectErrorStream(true).redirectOutput(temp.resolve("child.log").toFile())
                .start();
        assertThat(child.waitFor(30, TimeUnit.MINUTES)).isTrue();

        assertThat(child.exitValue()).as(Files.readString(temp.resolve("child.log"))).isZero();
        for (String line : Files.readAllLines(figures)) {
            LoggerFactory.getLogger(MillionRowsTest.class).info(line);
        }
    }

    /** What the child does: the folder to work in, the file for the figures. */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        Path file = folder.resolve("pairs.jsonl");
        ManyPairs.write(file, ROWS);
        List<String> figures = new ArrayList<>(List.of(String.format(Locale.ROOT, "%,d rows, %.0f MB, heap %d MB", ROWS,
                Files.size(file) / 1e6, Runtime.getRuntime().maxMemory() >> 20)));
        try (DatasetStore store = DatasetStore.open(folder.resolve("store"))) {
            DatasetVersionId id = timed(figures, "import",
                    () -> store.importFile(file, ImportRequest.named("pairs"), Progress.NONE)).version();
            queries(store.view(id), figures);
            timed(figures, "split 80/10/10 by prompt", () -> store.view(id).split(new SplitPlan(0.1, 0.1, 1)));
            timed(figures, "rows of the test part", () -> store.view(id).find(RowQuery.ALL.withFilters(List.of(
                    new RowFilter.InPart(new SplitPlan(0.1, 0.1, 1), SplitPlan.Part.TEST))), Progress.NONE));
            DatasetCheck check = timed(figures, "all checks",
                    () -> DatasetCheck.of(store.view(id), DatasetCheck.Settings.USUAL, (done, total) -> {
                    }, () -> false));
            figures.add("found: " + check.findings().stream().map(Finding::problem).toList());
            DatasetVersionId unpaired = timed(figures, "pairs to unpaired",
                    () -> Conversions.convert(store, id, new PairsToUnpaired(), "unpaired", Progress.NONE));
            timed(figures, "difference to itself", () -> store.difference(id, id));
            assertThat(store.view(unpaired).size()).isEqualTo(2 * ROWS);
        }
        Files.write(Path.of(args[1]), figures);
    }

    private static void queries(StoredView view, List<String> figures) throws Exception {
        FoundRows longer = timed(figures, "filter by length, sort by it",
                () -> view.find(RowQuery.ALL
                        .withFilters(List.of(new RowFilter.Between(RowNumber.ANSWER_LENGTH, 100, 1e9)))
                        .sortedBy(RowNumber.ANSWER_LENGTH, true), Progress.NONE));
        timed(figures, "search in vain", () -> view.find(RowQuery.ALL.withText("no such words"), Progress.NONE));
        timed(figures, "search, one row in 100", () -> view.find(RowQuery.ALL.withText(" 77 "), Progress.NONE));
        FoundRows all = timed(figures, "sort all by prompt length",
                () -> view.find(RowQuery.ALL.sortedBy(RowNumber.PROMPT_LENGTH, false), Progress.NONE));
        assertThat(all.size()).isEqualTo(ROWS);
        assertThat(longer.size()).isBetween(1, ROWS - 1);
        scroll("pages of 100 anywhere in the sorted rows", all, figures);
        scroll("pages of 100 anywhere in the filtered rows", longer, figures);
        long started = System.nanoTime();
        int rows = 0;
        for (int offset = 0; offset < view.size(); offset += PAGE) {
            rows += view.page(offset, PAGE).size();
        }
        assertThat(rows).isEqualTo(ROWS);
        figures.add(String.format(Locale.ROOT, "every row once, page by page: %.1f s",
                (System.nanoTime() - started) / 1e9));
    }

    private static void scroll(String what, FoundRows rows, List<String> figures) {
        Random random = new Random(3);
        long[] times = new long[1000];
        for (int i = 0; i < times.length; i++) {
            long started = System.nanoTime();
            assertThat(rows.page(random.nextInt(rows.size() - PAGE), PAGE)).hasSize(PAGE);
            times[i] = System.nanoTime() - started;
        }
        Arrays.sort(times);
        figures.add(String.format(Locale.ROOT, "%s: median %.1f ms, 99th of 100 %.1f ms, longest %.1f ms", what,
                times[500] / 1e6, times[990] / 1e6, times[999] / 1e6));
    }

    private static <T> T timed(List<String> figures, String what, Callable<T> work) throws Exception {
        long started = System.nanoTime();
        T result = work.call();
        String rows = result instanceof FoundRows found ? String.format(Locale.ROOT, " (%,d rows)", found.size()) : "";
        Runtime runtime = Runtime.getRuntime();
        figures.add(String.format(Locale.ROOT, "%s: %.2f s%s; heap in use %d MB", what,
                (System.nanoTime() - started) / 1e9, rows, (runtime.totalMemory() - runtime.freeMemory()) >> 20));
        return result;
    }
}
