package preflab.datasets.store;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetException.Code;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.importer.Progress;
import preflab.datasets.label.Author;
import preflab.datasets.label.LabelBook;
import preflab.datasets.label.LabelTask;
import preflab.datasets.label.LabelledRows;
import preflab.datasets.label.PublishPolicy;

/** Makes the next version of a dataset out of people's verdicts. */
public final class LabelPublisher {

    /** What such a version's {@link Origin#action()} is. */
    public static final String ACTION = "label";

    /**
     * What was published.
     *
     * @param rows
     *            rows of the new version
     * @param labelled
     *            rows of the old version with a verdict
     * @param differing
     *            rows on which annotators differ and nobody adjudicated
     */
    public record Published(DatasetVersionId version, int rows, int labelled, int differing) {
    }

    private LabelPublisher() {
    }

    /**
     * Writes the next version of the same dataset, whole or not at all; who labelled how many rows and the policy are
     * its origin.
     *
     * @throws DatasetException
     *             NO_ROWS when nothing was labelled, or the policy leaves no row over
     */
    public static Published publish(DatasetStore datasets, LabelStore labels, DatasetVersionId version, LabelTask task,
            PublishPolicy policy) {
        LabelBook book = LabelBook.read(labels, version, task);
        LabelledRows rows = new LabelledRows(datasets.view(version), book, task, policy);
        int labelled = rows.labelled();
        if (labelled == 0) {
            throw new DatasetException(Code.NO_ROWS,
                    "nobody has labelled " + task.id() + " of " + version.display()
                            + " yet; there is nothing to publish");
        }
        int differing = rows.differing();
        Origin origin = new Origin(text(version, task, book, labelled, differing), ACTION, List.of(version),
                settings(task, policy, book));
        DatasetVersionId made = datasets.add(version.dataset(), rows.kind(), rows.stream().iterator(), origin,
                Progress.NONE);
        return new Published(made, datasets.info(made).rows(), labelled, differing);
    }

    /** The newest version that publishing would only make again: nobody said anything since, under the same policy. */
    public static Optional<DatasetVersionId> current(DatasetStore datasets, LabelStore labels,
            DatasetVersionId version, LabelTask task, PublishPolicy policy) {
        Instant last = labels.lastSaid(version, task).orElse(Instant.MAX);
        Map<String, String> wanted = settings(task, policy, LabelBook.read(labels, version, task));
        return datasets.list().stream()
                .filter(info -> info.id().dataset().equals(version.dataset()) && info.created().isAfter(last))
                .map(DatasetInfo::id).filter(id -> {
                    Origin origin = datasets.origin(id);
                    return origin.action().equals(ACTION) && origin.parents().equals(List.of(version))
                            && origin.settings().equals(wanted);
                }).max(Comparator.comparingInt(DatasetVersionId::version));
    }

    private static String text(DatasetVersionId version, LabelTask task, LabelBook book, int labelled, int differing) {
        String authors = book.authors().stream().sorted().map(LabelPublisher::display)
                .collect(Collectors.joining(", "));
        return "made from " + version.display() + ": " + task.id() + " of " + labelled + " rows labelled by " + authors
                + (differing == 0 ? "" : "; " + differing + " rows differ");
    }

    private static String display(Author author) {
        return author.name() + (author.adjudicator() ? " (adjudicator)" : "");
    }

    private static Map<String, String> settings(LabelTask task, PublishPolicy policy, LabelBook book) {
        Map<String, String> settings = new TreeMap<>();
        settings.put("task", task.id());
        settings.put("neutral", policy.neutral().id());
        settings.put("differing", policy.differing().id());
        settings.put("only_labelled", Boolean.toString(policy.onlyLabelled()));
        settings.put("bad_problems", policy.badProblems() ? "kept" : "left out");
        settings.put("split", policy.split().id());
        book.authors().forEach(author -> settings.put("rows by " + display(author), Long.toString(book.of(author)
                .entrySet().stream().filter(e -> !e.getKey().repeated() && e.getValue().hasVerdict()).count())));
        return settings;
    }
}
