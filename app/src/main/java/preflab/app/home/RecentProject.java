package preflab.app.home;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A project that was opened before.
 *
 * @param folder
 *            absolute
 */
public record RecentProject(Path folder, Instant opened) {

    /** The folder's name without its suffix. */
    public String name() {
        Path last = folder.getFileName();
        String name = last == null ? folder.toString() : last.toString();
        return name.endsWith(".preflab") ? name.substring(0, name.length() - ".preflab".length()) : name;
    }
}
