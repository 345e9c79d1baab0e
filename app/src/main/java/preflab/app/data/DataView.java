package preflab.app.data;

import java.io.File;
import java.time.ZoneId;
import java.util.List;
import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.SplitPane;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.input.DragEvent;
import javafx.scene.input.TransferMode;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import preflab.app.widget.EmptyState;
import preflab.app.widget.Nodes;
import preflab.app.widget.ScreenHeader;
import preflab.app.widget.Words;
import preflab.datasets.store.DatasetInfo;

/** Versions of datasets at the left, rows in the middle, one example at the right; an import takes their place. */
public final class DataView extends StackPane {

    private final DataModel model;
    private final ImportController imports;
    private final VersionsController versions;
    private final ChecksController checks;
    private final ConvertController convert;
    private final TabPane tabs = new TabPane();
    private final Tab rowsTab = new Tab("Rows");

    public DataView(DataController controller, ChecksController checks, ConvertController convert) {
        this.checks = checks;
        this.convert = convert;
        this.model = controller.model();
        this.imports = controller.imports();
        this.versions = controller.versions();
        setId("data");
        Node browse = browse();
        Node importing = new ImportView(imports);
        var underWay = imports.model().stageProperty().isNotEqualTo(ImportStage.NONE);
        Nodes.showWhen(importing, underWay);
        Nodes.showWhen(browse, underWay.not());
        getChildren().addAll(browse, importing);
        setOnDragOver(this::offer);
        setOnDragDropped(this::drop);
    }

    private void offer(DragEvent event) {
        if (event.getDragboard().hasFiles()) {
            event.acceptTransferModes(TransferMode.COPY);
        }
        event.consume();
    }

    private void drop(DragEvent event) {
        List<File> files = event.getDragboard().getFiles();
        if (!files.isEmpty()) {
            imports.open(files.stream().map(File::toPath).toList());
        }
        event.setDropCompleted(!files.isEmpty());
        event.consume();
    }

    private Button importButton() {
        return Nodes.primary(Nodes.button("Import…", Feather.DOWNLOAD, imports::chooseFile));
    }

    private Node browse() {
        Button importFile = importButton();
        importFile.setId("data-import");
        ScreenHeader header = new ScreenHeader("Data", importFile);
        header.note().textProperty().bind(Bindings.createStringBinding(
                () -> model.datasets().isEmpty()
                        ? "drop files anywhere on this screen"
                        : Words.count(model.datasets().size(), "dataset version"),
                model.datasets()));
        StackPane body = new StackPane(split(), nothing());
        body.getStyleClass().add("screen-body");
        VBox.setVgrow(body, Priority.ALWAYS);
        return new VBox(header, body);
    }

    private Node nothing() {
        EmptyState empty = new EmptyState(Feather.DOWNLOAD, "No data yet",
                "Import a JSON, JSON Lines, CSV, Parquet or Arrow file (plain or gzip) with pairs, accepted and rejected answers, steps or"
                        + " rankings. Its format is detected, and you see the first rows before anything is stored."
                        + " Or drop files here.",
                importButton());
        Nodes.showWhen(empty,
                Bindings.isEmpty(model.datasets()).and(model.loadingProperty().not())
                        .and(Bindings.isEmpty(versions.model().trash())));
        return empty;
    }

    private Node split() {
        SplitPane rows = new SplitPane(new RowsPane(model), new ExampleInspector(model));
        rows.setDividerPositions(0.6);
        rowsTab.setContent(rows);
        rowsTab.setId("data-tab-rows");
        Tab history = new Tab("History", new VersionsPane(versions, this::showRows));
        history.setId("data-tab-history");
        tabs.setId("data-tabs");
        Tab problems = new Tab("Checks", new ChecksPane(checks, convert, this::showRows));
        problems.setId("data-tab-checks");
        Tab tokens = new Tab("Tokens", new TokensPane(checks));
        tokens.setId("data-tab-tokens");
        Tab make = new Tab("Convert", new ConvertPane(convert, this::showRows));
        make.setId("data-tab-convert");
        tabs.getTabs().setAll(rowsTab, problems, tokens, make, history);
        tabs.setTabClosingPolicy(TabPane.TabClosingPolicy.UNAVAILABLE);
        SplitPane split = new SplitPane(datasets(), tabs);
        split.setDividerPositions(0.22);
        SplitPane.setResizableWithParent(split.getItems().getFirst(), false);
        Nodes.showWhen(split, Bindings.isNotEmpty(model.datasets()).or(Bindings.isNotEmpty(versions.model().trash())));
        return split;
    }

    private void showRows() {
        tabs.getSelectionModel().select(rowsTab);
    }

    private Node datasets() {
        ListView<DatasetInfo> list = new ListView<>(model.datasets());
        list.setId("data-list");
        list.setAccessibleText("Dataset versions");
        list.setCellFactory(view -> new DatasetCell());
        list.setMinWidth(200);
        list.setMaxWidth(240);
        list.getSelectionModel().selectedItemProperty().subscribe(info -> {
            if (info != null) {
                model.selectedProperty().set(info);
            }
        });
        model.selectedProperty().subscribe(info -> list.getSelectionModel().select(info));
        return list;
    }

    /** Name and version, kind and rows, hash and age. */
    private static final class DatasetCell extends ListCell<DatasetInfo> {
        private final Label name = Nodes.ellipsized("strong");
        private final Label kind = Nodes.chip("", "busy");
        private final Label facts = Nodes.ellipsized("muted", "small");
        private final Label hash = Nodes.ellipsized("muted", "small");
        private final VBox box;

        DatasetCell() {
            box = new VBox(3, name, Nodes.row(6, kind, facts), hash);
            setPrefWidth(0);
        }

        @Override
        protected void updateItem(DatasetInfo info, boolean empty) {
            super.updateItem(info, empty);
            setGraphic(empty || info == null ? null : box);
            if (!empty && info != null) {
                name.setText(info.id().display());
                kind.setText(info.kind().id());
                facts.setText(Words.count(info.rows(), "row"));
                hash.setText(Words.minute(info.created(), ZoneId.systemDefault()) + " · "
                        + info.id().sha256().substring(0, Math.min(10, info.id().sha256().length())));
                setAccessibleText(info.id().display() + ", " + info.kind().id() + ", "
                        + Words.count(info.rows(), "row"));
            }
        }
    }
}
