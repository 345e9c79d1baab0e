package preflab.projects.export;

import preflab.projects.store.Pending;
import java.nio.file.Path;
import preflab.projects.compare.Comparison;

/** A comparison as one HTML file: no scripts, nothing loaded from anywhere, light and dark, fit for paper. */
public final class HtmlReport {

    private HtmlReport() {
    }

    /** Writes the report (aside, then renamed). */
    public static void write(Comparison comparison, Path file) {
        Pending.value();
    }

    /** The report's text. */
    public static String html(Comparison comparison) {
        return Pending.value();
    }
}
