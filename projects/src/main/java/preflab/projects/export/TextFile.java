package preflab.projects.export;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import preflab.projects.store.ProjectException;

/** Writes whole files: aside, then renamed, so that nobody ever reads half of one. */
final class TextFile {

    private TextFile() {
    }

    static void write(Path file, CharSequence text) {
        Path target = file.toAbsolutePath();
        try {
            Files.createDirectories(target.getParent());
            Path aside = target.resolveSibling("." + target.getFileName() + ".part");
            Files.writeString(aside, text, StandardCharsets.UTF_8);
            Files.move(aside, target, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new ProjectException(ProjectException.Code.SYSTEM, "cannot write " + target + ": " + e.getMessage(),
                    e);
        }
    }
}
