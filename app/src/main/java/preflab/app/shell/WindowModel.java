package preflab.app.shell;

import java.util.Map;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import preflab.projects.chart.Palette;

/** What the window as a whole shows. */
final class WindowModel {

    private final StringProperty screen = new SimpleStringProperty("home");
    private final StringProperty project = new SimpleStringProperty("");
    private final StringProperty device = new SimpleStringProperty("");
    private final StringProperty memory = new SimpleStringProperty("");
    private final ObjectProperty<Theme> theme = new SimpleObjectProperty<>(Theme.SYSTEM);
    private final ObjectProperty<Map<String, String>> runDefaults = new SimpleObjectProperty<>(Map.of());
    private final ObjectProperty<Palette> palette = new SimpleObjectProperty<>(Palette.LIGHT);

    /** What new runs compute on, by dotted names. */
    ObjectProperty<Map<String, String>> runDefaultsProperty() {
        return runDefaults;
    }

    /** Id of the screen in the middle. */
    StringProperty screenProperty() {
        return screen;
    }

    /** Name of the open project; empty where none is. */
    StringProperty projectProperty() {
        return project;
    }

    /** What runs compute on; empty until the self-test has said so. */
    StringProperty deviceProperty() {
        return device;
    }

    /** Memory in use and there, in words. */
    StringProperty memoryProperty() {
        return memory;
    }

    ObjectProperty<Theme> themeProperty() {
        return theme;
    }

    /** The colours of charts, following the theme. */
    ObjectProperty<Palette> paletteProperty() {
        return palette;
    }
}
