package preflab.app.compare;

import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import preflab.app.dialog.ErrorModel;
import preflab.app.dialog.ErrorReport;
import preflab.app.task.Work;
import preflab.app.widget.Words;
import preflab.projects.diagnose.Diagnosis;
import preflab.projects.score.RowScoringProcess;
import preflab.projects.store.ProjectException;
import preflab.projects.workspace.Workspace;

/** Has the rows of a run read in a process of its own, one run at a time. */
final class DiagnosisController {

    private static final int NONE = 0;

    private final Workspace workspace;
    private final Work work;
    private final ErrorModel errors;
    private final Runnable whenRead;
    private final ReadOnlyIntegerWrapper reading = new ReadOnlyIntegerWrapper(NONE);
    private final ReadOnlyStringWrapper note = new ReadOnlyStringWrapper("");
    private Work.Handle job = () -> {
    };

    /**
     * @param whenRead
     *            looks the runs over anew
     */
    DiagnosisController(Workspace workspace, Work work, ErrorModel errors, Runnable whenRead) {
        this.workspace = workspace;
        this.work = work;
        this.errors = errors;
        this.whenRead = whenRead;
    }

    /** The run whose rows are being read; 0 while none is. */
    ReadOnlyIntegerProperty readingProperty() {
        return reading.getReadOnlyProperty();
    }

    /** How far it is, or why it did not work. */
    ReadOnlyStringProperty noteProperty() {
        return note.getReadOnlyProperty();
    }

    /** Reads the rows of a run, unless another's are being read. */
    void read(int run) {
        if (reading.get() != NONE) {
            return;
        }
        reading.set(run);
        note.set("Reading rows with run " + run + " and its reference …");
        job = work.start(() -> {
            Diagnosis.readRows(workspace, run, RowScoringProcess.ofThisProgram(), (done, total) -> work
                    .onWindow(() -> tell(run, done, total)));
            return run;
        }, read -> {
            reading.set(NONE);
            note.set("");
            whenRead.run();
        }, this::failed);
    }

    private void tell(int run, long done, long total) {
        if (reading.get() == run) {
            note.set("Reading rows with run " + run + " and its reference: " + Words.count(done) + " of "
                    + Words.count(total));
        }
    }

    /** What was read stays read. */
    void cancel() {
        job.cancel();
        reading.set(NONE);
        note.set("");
    }

    private void failed(Throwable failure) {
        reading.set(NONE);
        if (failure instanceof ProjectException problem) {
            note.set(problem.getMessage());
        } else {
            note.set("");
            errors.show(ErrorReport.of("Reading a run's rows", failure));
        }
    }
}
