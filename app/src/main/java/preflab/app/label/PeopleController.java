package preflab.app.label;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import preflab.app.dialog.ErrorModel;
import preflab.app.dialog.ErrorReport;
import preflab.app.task.Latest;
import preflab.app.task.Work;
import preflab.datasets.label.Agreement;
import preflab.datasets.label.Author;
import preflab.datasets.label.Disagreements;
import preflab.datasets.label.Disagreements.Disagreement;
import preflab.datasets.label.Item;
import preflab.datasets.label.LabelBook;
import preflab.datasets.label.LabelTask;
import preflab.datasets.label.RowLabel;
import preflab.datasets.store.DatasetInfo;
import preflab.projects.workspace.Workspace;

/** Reads who said what; shows nobody another's verdicts on a row they have not judged themselves. */
final class PeopleController {

    /** As many differences as a person goes through at one sitting. */
    private static final int AT_MOST = 500;

    private final ObjectProperty<People> people = new SimpleObjectProperty<>(People.NOBODY);
    private final LabelModel model;
    private final Workspace workspace;
    private final ErrorModel errors;
    private final Latest reading;

    PeopleController(LabelModel model, Workspace workspace, Work work, ErrorModel errors) {
        this.model = model;
        this.workspace = workspace;
        this.errors = errors;
        this.reading = new Latest(work);
    }

    ObjectProperty<People> peopleProperty() {
        return people;
    }

    /** Reads anew. */
    void refresh() {
        DatasetInfo info = model.datasetProperty().get();
        LabelTask task = model.taskProperty().get();
        if (info == null || task == null) {
            people.set(People.NOBODY);
            return;
        }
        Author me = model.author();
        reading.start(() -> read(LabelBook.read(workspace.labels(), info.id(), task), task, info.rows(), me),
                people::set, failure -> errors.show(ErrorReport.of("Reading who labelled what", failure)));
    }

    /** What this person may see of the book. */
    static People read(LabelBook book, LabelTask task, int rows, Author me) {
        List<Disagreement> all = Disagreements.in(book, rows);
        List<Disagreement> seen = all.stream()
                .filter(row -> me.adjudicator() || row.verdicts().containsKey(me)).toList();
        return new People(book.authors().stream().sorted().map(author -> annotator(author, book.of(author))).toList(),
                Agreement.of(book), seen.stream().limit(AT_MOST).map(row -> difference(row, task)).toList(),
                all.size() - seen.size());
    }

    private static People.Annotator annotator(Author author, Map<Item, RowLabel> labels) {
        List<RowLabel> first = new ArrayList<>();
        labels.forEach((item, label) -> {
            if (!item.repeated()) {
                first.add(label);
            }
        });
        return new People.Annotator(author.name(), author.adjudicator(),
                (int) first.stream().filter(RowLabel::complete).count(),
                (int) first.stream().filter(RowLabel::flagged).count(),
                (int) first.stream().filter(RowLabel::skipped).count());
    }

    private static People.Difference difference(Disagreement row, LabelTask task) {
        return new People.Difference(row.row(), Snapshot.others(row.verdicts(), task), row.settled());
    }
}
