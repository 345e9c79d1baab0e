package preflab.app.catalogue;

import javafx.beans.property.ObjectProperty;
import javafx.scene.Node;
import javafx.scene.control.Tab;
import javafx.scene.control.TabPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import preflab.app.widget.ScreenHeader;
import preflab.projects.chart.Palette;

/** The screen: the catalogue and the laboratory. */
public final class ObjectivesView extends VBox {

    private final TabPane tabs = new TabPane();

    public ObjectivesView(CatalogueController catalogue, LabController lab, BanditController bandit, PlotSaver saver,
            ObjectProperty<Palette> palette) {
        setId("objectives");
        tabs.getTabs().setAll(tab("catalogue", "Catalogue", new CatalogueView(catalogue, palette)),
                tab("lab", "Lab", new LabView(lab, saver, palette)),
                tab("bandit", "Bandit lab", new BanditView(bandit, saver, palette)));
        tabs.setId("objectives-tabs");
        VBox.setVgrow(tabs, Priority.ALWAYS);
        VBox body = new VBox(tabs);
        body.getStyleClass().add("screen-body");
        VBox.setVgrow(body, Priority.ALWAYS);
        ScreenHeader header = new ScreenHeader("Objectives");
        header.note().setText("what a loss reads, what it does, and how it looks");
        getChildren().addAll(header, body);
    }

    private static Tab tab(String id, String title, Node content) {
        Tab tab = new Tab(title, content);
        tab.setId("objectives-" + id);
        tab.setClosable(false);
        return tab;
    }
}
