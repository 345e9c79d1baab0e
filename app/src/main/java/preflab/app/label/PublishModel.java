package preflab.app.label;

import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import preflab.datasets.label.NeutralPolicy;
import preflab.datasets.label.PublishPolicy;
import preflab.datasets.label.PublishPolicy.Differing;
import preflab.datasets.split.SplitRule;

/** How labels become the next version and a file, and what came of it last. */
public final class PublishModel {

    private final ObjectProperty<NeutralPolicy> neutral = new SimpleObjectProperty<>(NeutralPolicy.KEEP);
    private final ObjectProperty<Differing> differing = new SimpleObjectProperty<>(Differing.MAJORITY);
    private final BooleanProperty onlyLabelled = new SimpleBooleanProperty();
    private final BooleanProperty badProblems = new SimpleBooleanProperty();
    private final ObjectProperty<ExportFormat> format = new SimpleObjectProperty<>(ExportFormat.JSON_LINES);
    private final ObjectProperty<NeutralPolicy> fileNeutral = new SimpleObjectProperty<>(NeutralPolicy.KEEP);
    private final BooleanProperty busy = new SimpleBooleanProperty();
    private final StringProperty note = new SimpleStringProperty("");
    private final StringProperty problem = new SimpleStringProperty("");

    /** What becomes of neutral in the version. */
    ObjectProperty<NeutralPolicy> neutralProperty() {
        return neutral;
    }

    /** What becomes of rows on which annotators differ. */
    ObjectProperty<Differing> differingProperty() {
        return differing;
    }

    /** Whether rows without a verdict are left out. */
    BooleanProperty onlyLabelledProperty() {
        return onlyLabelled;
    }

    /** Whether rows finished as a bad problem are kept. */
    BooleanProperty badProblemsProperty() {
        return badProblems;
    }

    /** The file to write; never null. */
    public ObjectProperty<ExportFormat> formatProperty() {
        return format;
    }

    /** What becomes of neutral in the file. */
    public ObjectProperty<NeutralPolicy> fileNeutralProperty() {
        return fileNeutral;
    }

    BooleanProperty busyProperty() {
        return busy;
    }

    /** What was done last, in words. */
    public StringProperty noteProperty() {
        return note;
    }

    /** Why it could not be done; empty where it could. */
    public StringProperty problemProperty() {
        return problem;
    }

    /** How the version is to be made. */
    PublishPolicy policy() {
        return new PublishPolicy(neutral.get(), differing.get(), onlyLabelled.get(), badProblems.get(),
                SplitRule.Marked.LINE);
    }
}
