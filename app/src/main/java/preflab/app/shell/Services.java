package preflab.app.shell;

import java.nio.file.Path;
import preflab.app.dialog.ErrorModel;
import preflab.app.dialog.FilePicker;
import preflab.app.home.HealthProbe;
import preflab.app.task.Activities;
import preflab.app.task.Ticker;
import preflab.app.task.Work;

/**
 * What a window works with. Tests make their own.
 *
 * @param preferencesFile
 *            where this user's preferences lie
 * @param exampleFolder
 *            where the built-in example's project lies or will lie
 */
public record Services(Work work, Ticker ticker, Activities activities, ErrorModel errors, FilePicker files,
        HealthProbe health, Path preferencesFile, Path exampleFolder) {
}
