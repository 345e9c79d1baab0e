package preflab.app.data;

import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.EmptyState;
import preflab.app.widget.Nodes;
import preflab.app.widget.Words;
import preflab.datasets.importer.ImportReport;
import preflab.datasets.importer.Problem;
import preflab.datasets.store.Imported;

/** What became of a file's rows. */
final class ImportReportView extends VBox {

    ImportReportView(ImportController controller) {
        super(14);
        setId("import-report");
        Imported imported = controller.model().importedProperty().get();
        ImportReport report = imported.report();
        Button show = Nodes.primary(Nodes.button("Show the rows", Feather.LIST, controller::close));
        show.setId("import-show");
        show.setDefaultButton(true);
        Button next = Nodes.primary(Nodes.button("Next file", Feather.SKIP_FORWARD, controller::next));
        next.setId("import-next");
        Nodes.showWhen(next, Bindings.isNotEmpty(controller.model().waiting()));
        Label remark = Nodes.ellipsized("muted");
        remark.setId("import-remark");
        remark.textProperty().bind(controller.model().remarkProperty());
        getChildren().addAll(head(imported), figures(report), rejected(controller, report),
                Nodes.row(8, show, next, remark));
    }

    private static Node head(Imported imported) {
        Label words = Nodes.label(imported.version().display() + " is in the project. Its rows never change; importing"
                + " under the same name makes the next version.");
        return Nodes.notice("good", Feather.CHECK_CIRCLE, words);
    }

    private static Node figures(ImportReport report) {
        HBox figures = new HBox(12, figure(Words.count(report.accepted()), "accepted"),
                figure(Words.count(report.rejected()), "rejected"), figure(report.kind().id(), "kind"),
                figure(report.format(), "format"));
        figures.getChildren().forEach(node -> HBox.setHgrow(node, Priority.ALWAYS));
        return figures;
    }

    private static Node figure(String value, String name) {
        Label figure = Nodes.label(value, "figure");
        figure.setId("import-" + name);
        VBox box = new VBox(2, figure, Nodes.label(name, "muted", "small"));
        box.getStyleClass().add("panel");
        box.setMaxWidth(Double.MAX_VALUE);
        return box;
    }

    private static Node rejected(ImportController controller, ImportReport report) {
        List<Problem> problems = report.problems();
        if (problems.isEmpty()) {
            EmptyState none = new EmptyState(Feather.CHECK, "No row was rejected",
                    "Every row of the file is in the dataset.");
            VBox.setVgrow(none, Priority.ALWAYS);
            return none;
        }
        Button rows = Nodes.button("Export rows to mend…", Feather.EDIT, controller::exportRejected);
        rows.setId("import-export-rows");
        rows.setTooltip(new Tooltip("Every rejected row as it stands in the file, with its reason, as JSON Lines:"
                + " mend them, then import that file"));
        Button export = Nodes.button("Export list…", Feather.SHARE, controller::exportProblems);
        export.setId("import-export");
        export.setTooltip(new Tooltip("This table as comma-separated values"));
        String shown = problems.size() < report.rejected()
                ? "the first " + Words.count(problems.size()) + " of " + Words.count(report.rejected())
                : "";
        Node table = PreviewTables.problems(problems);
        VBox.setVgrow(table, Priority.ALWAYS);
        VBox card = Nodes.card("",
                Nodes.row(8, Nodes.label("Rejected rows", "card-title"), Nodes.label(shown, "muted"), Nodes.spacer(),
                        rows, export),
                table);
        VBox.setVgrow(card, Priority.ALWAYS);
        return card;
    }
}
