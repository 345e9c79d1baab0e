package preflab.projects.export;

import java.io.IOException;
import java.nio.file.Path;
import preflab.datasets.store.WholeFile;
import preflab.projects.store.ProjectException;

/** Writes texts whole or not at all. */
final class TextFile {

    private TextFile() {
    }

    static void write(Path file, CharSequence text) {
        Path target = file.toAbsolutePath();
        try {
            WholeFile.writeText(target, out -> out.append(text));
        } catch (IOException e) {
            throw new ProjectException(ProjectException.Code.SYSTEM, "cannot write " + target + ": " + e.getMessage(),
                    e);
        }
    }
}
