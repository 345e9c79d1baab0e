package preflab.app.shell;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.util.Arrays;
import java.util.Objects;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.scene.Scene;
import preflab.projects.chart.Palette;

/** How the window looks. */
public enum Theme {
    /** As the desktop says. */
    SYSTEM("As the system"), LIGHT("Light"), DARK("Dark");

    private static final String COMPAT = resource("controlsfx-compat.css");
    private static final String PREFLAB = resource("preflab.css");

    private final String title;

    Theme(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }

    /** The theme of this name; {@link #SYSTEM} for a name there is not. */
    public static Theme of(String name) {
        return Arrays.stream(values()).filter(theme -> theme.name().equals(name)).findFirst().orElse(SYSTEM);
    }

    public boolean isDark() {
        return this == DARK || (this == SYSTEM && Platform.getPreferences().getColorScheme() == ColorScheme.DARK);
    }

    /** Makes the whole program look like this. */
    public void apply() {
        Application.setUserAgentStylesheet(
                isDark() ? new PrimerDark().getUserAgentStylesheet() : new PrimerLight().getUserAgentStylesheet());
    }

    /** Our own colours and distances, over either theme. */
    public static void dress(Scene scene) {
        scene.getStylesheets().setAll(COMPAT, PREFLAB);
    }

    /** The colours of charts. */
    public Palette palette() {
        return isDark() ? Palette.DARK : Palette.LIGHT;
    }

    private static String resource(String name) {
        return Objects.requireNonNull(Theme.class.getResource(name), name).toExternalForm();
    }
}
