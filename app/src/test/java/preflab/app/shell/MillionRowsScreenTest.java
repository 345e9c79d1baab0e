package preflab.app.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import javafx.scene.control.Label;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.ScrollEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import preflab.app.data.DataModel;
import preflab.app.data.ImportStage;
import preflab.app.task.BusyProbe;
import preflab.app.ui.Ui;
import preflab.datasets.ManyPairs;
import preflab.projects.workspace.Workspace;

/**
 * A million rows in the window itself, with a heap of 512 MB, in a process of its own: imported, scrolled, filtered,
 * searched and split by clicks and keys. The figures are logged and written to {@code target/million-rows-screen.txt};
 * what is asserted is that all of it succeeds.
 */
@Tag("slow")
class MillionRowsScreenTest {

    private static final int ROWS = Integer.getInteger("preflab.million.rows", 1_000_000);
    private static final int PATIENCE = 600;
    private static final int JUMPS = 200;

    private final Ui ui = Ui.get();
    private final List<String> figures = new ArrayList<>();

    @Test
    void aMillionRowsAreUsedInTheWindowWithin512Megabytes(@TempDir Path temp) throws Exception {
        Path written = Path.of("target", "million-rows-screen.txt").toAbsolutePath();
        Path log = temp.resolve("child.log");
        Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m", "-Dglass.platform=Headless", "-Dprism.order=sw", "-Dpreflab.million.rows=" + ROWS,
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                MillionRowsScreenTest.class.getName(), temp.toString(), written.toString()).redirectErrorStream(true)
                .redirectOutput(log.toFile()).start();
        assertThat(child.waitFor(30, TimeUnit.MINUTES)).isTrue();

        assertThat(child.exitValue()).as(Files.readString(log)).isZero();
        assertThat(Files.readString(log)).doesNotContain("OutOfMemory", "Exception");
        for (String line : Files.readAllLines(written)) {
            LoggerFactory.getLogger(MillionRowsScreenTest.class).info(line);
        }
    }

    /** What the child does: the folder to work in, the file for the figures. */
    public static void main(String[] args) throws Exception {
        MillionRowsScreenTest test = new MillionRowsScreenTest();
        test.use(Path.of(args[0]));
        Files.write(Path.of(args[1]), test.figures);
        System.exit(0);
    }

    private void use(Path folder) throws Exception {
        Path file = folder.resolve("pairs.jsonl");
        ManyPairs.write(file, ROWS);
        Path project = folder.resolve("many.preflab");
        Workspace.create(project).close();
        figures.add(String.format(Locale.ROOT, "%,d rows, %.0f MB, heap %d MB", ROWS, Files.size(file) / 1e6,
                Runtime.getRuntime().maxMemory() >> 20));
        try (TestWindow window = new TestWindow(folder, Theme.LIGHT, Ui.WIDE, 940);
                BusyProbe probe = new BusyProbe()) {
            window.open(project, "data");
            DataModel model = window.session().dataController().model();
            load(window, file);
            scroll("all rows");
            ui.picture("data-million-rows");
            timed("filter: prompts of 49 characters and more", () -> {
                ui.robot().clickOn("#data-filter-least").write("49").type(KeyCode.ENTER);
                ui.await("rows are filtered", PATIENCE, () -> found(model));
            });
            scroll("the rows found");
            timed("search among them", () -> {
                ui.robot().clickOn("#data-search").write(" 77 ");
                ui.await("rows are found", PATIENCE, () -> found(model) && table().getItems().size() < ROWS / 20);
            });
            ui.run(() -> ui.find(TabPane.class, "#data-tabs").getSelectionModel().select(3));
            timed("split by prompt and seed", () -> {
                ui.robot().clickOn("#split-run");
                ui.await("it is split", PATIENCE, () -> ui.robot().lookup("#split-train").tryQuery().isPresent());
            });
            figures.add(String.format(Locale.ROOT,
                    "JavaFX thread meanwhile: longest wait for a turn %.0f ms (its own processor time at most %.0f ms),"
                            + " %d of %d waits over 100 ms",
                    probe.longestMillis(), probe.longestProcessorMillis(), probe.longerThan100Millis(),
                    probe.turns()));
            assertThat(window.errors().reportProperty().get()).isNull();
        }
    }

    private boolean found(DataModel model) {
        return model.rowsNoteProperty().get().contains(" of ");
    }

    private void load(TestWindow window, Path file) throws Exception {
        var imports = window.session().dataController().imports();
        timed("a look at the file", () -> {
            ui.run(() -> imports.open(file));
            ui.await("the file was looked at", PATIENCE,
                    () -> imports.model().stageProperty().get() == ImportStage.PREVIEW);
        });
        timed("import", () -> {
            ui.robot().clickOn("#import-run");
            ui.await("the report is shown", PATIENCE,
                    () -> imports.model().stageProperty().get() == ImportStage.REPORT);
        });
        assertThat(ui.find(Label.class, "#import-accepted").getText())
                .isEqualTo(String.format(Locale.ROOT, "%,d", ROWS));
        ui.robot().clickOn("#import-show");
        ui.await("the rows are there", PATIENCE, () -> table().getItems().size() == ROWS);
    }

    /** Jumps as somebody does who drags the scroll bar, and turns of the wheel. */
    private void scroll(String what) {
        TableView<?> table = table();
        Random random = new Random(5);
        int rows = table.getItems().size();
        measured(what + ", jumps anywhere until the texts are there", IntStream.range(0, JUMPS).mapToLong(i -> {
            int to = random.nextInt(rows - 60);
            long started = System.nanoTime();
            ui.run(() -> table.scrollTo(to));
            ui.await("the texts are there", () -> isRead(table, to) && isRead(table, to + 20));
            return System.nanoTime() - started;
        }).toArray());
        measured(what + ", turns of the wheel on the JavaFX thread",
                IntStream.range(0, JUMPS).mapToLong(i -> ui.on(() -> {
                    long started = System.nanoTime();
                    table.lookup(".virtual-flow").fireEvent(wheel());
                    table.layout();
                    return System.nanoTime() - started;
                })).toArray());
    }

    private static boolean isRead(TableView<?> table, int row) {
        return table.getColumns().stream().noneMatch(column -> "…".equals(column.getCellData(row)));
    }

    private TableView<?> table() {
        return ui.find(TableView.class, "#data-rows");
    }

    private static ScrollEvent wheel() {
        return new ScrollEvent(ScrollEvent.SCROLL, 300, 300, 300, 300, false, false, false, false, true, false, 0, -240,
                0, -240, ScrollEvent.HorizontalTextScrollUnits.NONE, 0, ScrollEvent.VerticalTextScrollUnits.NONE, 0, 0,
                null);
    }

    private interface Act {
        void run() throws Exception;
    }

    private void timed(String what, Act act) throws Exception {
        long started = System.nanoTime();
        act.run();
        Runtime runtime = Runtime.getRuntime();
        figures.add(String.format(Locale.ROOT, "%s: %.1f s; heap in use %d MB", what,
                (System.nanoTime() - started) / 1e9, (runtime.totalMemory() - runtime.freeMemory()) >> 20));
    }

    private void measured(String what, long[] nanos) {
        Arrays.sort(nanos);
        figures.add(String.format(Locale.ROOT, "%s: median %.1f ms, 95th of 100 %.1f ms, longest %.1f ms", what,
                nanos[nanos.length / 2] / 1e6, nanos[nanos.length * 95 / 100] / 1e6, nanos[nanos.length - 1] / 1e6));
    }
}
