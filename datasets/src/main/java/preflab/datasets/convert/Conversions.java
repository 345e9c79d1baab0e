package preflab.datasets.convert;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetException.Code;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.importer.Progress;
import preflab.datasets.store.DatasetStore;
import preflab.datasets.store.FoundRows;
import preflab.datasets.store.Origin;
import preflab.datasets.store.Split;
import preflab.datasets.store.SplitPlan;
import preflab.datasets.store.Splits;

/** Makes versions by conversion. */
public final class Conversions {

    private Conversions() {
    }

    /**
     * A name for the result: the dataset's own where the kind stays, so that it becomes its next version; else with the
     * new kind behind.
     */
    public static String suggestName(DatasetVersionId source, Kind from, Conversion conversion) {
        Kind to = conversion.result(from);
        return to == from ? source.dataset() : source.dataset() + "-" + to.id().replace("/", "-");
    }

    /**
     * Converts a version into the next version of a dataset.
     *
     * @param name
     *            of the dataset, new or not
     * @throws DatasetException
     *             UNKNOWN_FORMAT when the conversion does not read this kind; NO_ROWS when it makes none; BAD_NAME
     * @throws java.util.concurrent.CancellationException
     *             when the progress said so; nothing is left behind then
     */
    public static DatasetVersionId convert(DatasetStore store, DatasetVersionId source, Conversion conversion,
            String name, Progress progress) {
        ExampleView rows = store.view(source);
        if (!conversion.reads(rows.kind())) {
            throw new DatasetException(Code.UNKNOWN_FORMAT, source.display() + " is " + rows.kind().id() + " data; "
                    + conversion.id() + " reads " + kinds(conversion));
        }
        Origin origin = new Origin("made from " + source.display() + ": " + conversion.summary(), conversion.id(),
                List.of(source), conversion.settings());
        return add(store, name, conversion.result(rows.kind()), conversion.rows(rows, progress).iterator(), origin,
                progress);
    }

    /** The rows a query found, in its order, as the next version of a dataset. */
    public static DatasetVersionId keep(DatasetStore store, FoundRows found, String query, String name,
            Progress progress) {
        Origin origin = new Origin(
                String.format(Locale.ROOT, "%d rows of %s: %s", found.size(), found.version().display(), query), "keep",
                List.of(found.version()), Map.of("query", query));
        return add(store, name, found.kind(), Rows.of(found, progress).iterator(), origin, progress);
    }

    /**
     * Writes the parts of a split as datasets of their own, NAME-train, NAME-validation and NAME-test; parts without
     * rows are left out.
     *
     * @return the new versions, in the order of {@link SplitPlan.Part}
     */
    public static List<DatasetVersionId> split(DatasetStore store, DatasetVersionId source, SplitPlan plan,
            String name, Progress progress) {
        Split split = store.view(source).split(plan);
        return Arrays.stream(SplitPlan.Part.values()).filter(part -> !split.rows(part).isEmpty())
                .map(part -> part(store, source, plan, part, name, progress)).toList();
    }

    private static DatasetVersionId part(DatasetStore store, DatasetVersionId source, SplitPlan plan,
            SplitPlan.Part part, String name, Progress progress) {
        ExampleView rows = Splits.part(store.view(source), store.view(source).split(plan).rows(part));
        Origin origin = new Origin(
                String.format(Locale.ROOT, "the %s part of %s: %s validation, %s test, seed %d, equal prompts together",
                        part.id(), source.display(), plan.validation(), plan.test(), plan.seed()),
                "split", List.of(source),
                Map.of("part", part.id(), "validation", Double.toString(plan.validation()), "test",
                        Double.toString(plan.test()), "seed", Long.toString(plan.seed())));
        return add(store, name + "-" + part.id(), rows.kind(), Rows.of(rows, progress).iterator(), origin, progress);
    }

    private static DatasetVersionId add(DatasetStore store, String name, Kind kind, Iterator<PreferenceExample> rows,
            Origin origin, Progress progress) {
        return store.add(name, kind, rows, origin, progress);
    }

    private static String kinds(Conversion conversion) {
        return Arrays.stream(Kind.values()).filter(conversion::reads).map(Kind::id)
                .collect(Collectors.joining(", "));
    }
}
