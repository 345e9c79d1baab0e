package preflab.app.compare;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import javafx.beans.InvalidationListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import preflab.app.task.Serial;
import preflab.app.task.Work;
import preflab.datasets.store.WholeFile;
import preflab.projects.compare.Grouping;

/**
 * Remembers for the next sitting how the table of runs of this project looks: its columns, grouping, order and the
 * baseline. An unreadable file counts as none.
 */
public final class CompareMemory {

    private static final Logger LOG = LoggerFactory.getLogger(CompareMemory.class);
    private static final String BUT_SEED = "*";
    private static final String BETWEEN = "\t";

    private final Path file;
    private final String project;
    private final Serial writing;
    private final Properties kept = new Properties();

    /**
     * Reads what was kept.
     *
     * @param file
     *            of this user's settings
     */
    public CompareMemory(Path file, Path project, Work work) {
        this.file = file;
        this.project = project.toString();
        this.writing = new Serial(work);
        try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            kept.load(in);
        } catch (IOException | IllegalArgumentException e) {
            LOG.debug("nothing kept in {}", file, e);
        }
    }

    /** Makes the table look as it did, and keeps how it looks from then on. */
    void fill(CompareModel model) {
        List<String> columns = list("columns");
        if (!columns.isEmpty()) {
            model.columns().setAll(columns);
        }
        List<String> grouped = list("group");
        model.groupingProperty().set(grouped.equals(List.of(BUT_SEED))
                ? Grouping.ALL_BUT_SEED
                : grouped.isEmpty() ? Grouping.NONE : Grouping.by(grouped));
        List<String> sorted = list("sort");
        if (sorted.size() == 2) {
            model.sortingProperty().set(new CompareModel.Sorting(sorted.get(1), sorted.getFirst().equals("down")));
        }
        String baseline = text("baseline");
        model.baselineProperty().set(baseline.matches("[0-9]{1,9}") ? Integer.valueOf(baseline) : null);
        InvalidationListener keeping = change -> keep(model);
        model.columns().addListener(keeping);
        model.groupingProperty().addListener(keeping);
        model.sortingProperty().addListener(keeping);
        model.baselineProperty().addListener(keeping);
    }

    private String text(String name) {
        return kept.getProperty(name + "." + project, "");
    }

    private List<String> list(String name) {
        return text(name).isEmpty() ? List.of() : Arrays.asList(text(name).split(BETWEEN, -1));
    }

    private void keep(CompareModel model) {
        Grouping grouping = model.groupingProperty().get();
        CompareModel.Sorting sorting = model.sortingProperty().get();
        Integer baseline = model.baselineProperty().get();
        put("columns", String.join(BETWEEN, model.columns()));
        put("group", grouping.butSeed() ? BUT_SEED : String.join(BETWEEN, grouping.names()));
        put("sort", sorting.column().isEmpty()
                ? ""
                : (sorting.descending() ? "down" : "up") + BETWEEN + sorting.column());
        put("baseline", baseline == null ? "" : baseline.toString());
        Properties now = new Properties();
        now.putAll(kept);
        writing.start(() -> {
            write(now);
            return true;
        }, done -> {
        }, failure -> LOG.warn("how the table of runs looks could not be kept in {}", file, failure));
    }

    private void put(String name, String value) {
        kept.setProperty(name + "." + project, value);
    }

    private void write(Properties now) throws IOException {
        WholeFile.writeText(file, out -> now.store(out, "Preflab, the Compare screen"));
    }
}
