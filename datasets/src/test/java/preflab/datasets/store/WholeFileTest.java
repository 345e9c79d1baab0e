package preflab.datasets.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

    @TempDir
    Path folder;

    @Test
    void theFolderIsMadeAndTheFileReplaced() throws IOException {
        Path file = folder.resolve("new").resolve("settings.txt");
        WholeFile.writeText(file, out -> out.write("before"));
        WholeFile.writeText(file, out -> out.write("größer ✓"));

        assertThat(file).hasContent("größer ✓");
        assertThat(file.getParent()).isDirectoryContaining(file::equals).isDirectoryNotContaining("glob:**.part");
    }

    @Test
    void whoFailsHalfwayLeavesTheOldFileAndNothingBesideIt() throws IOException {
        Path file = folder.resolve("rows.jsonl");
        WholeFile.writeText(file, out -> out.write("whole"));

        assertThatThrownBy(() -> WholeFile.writeText(file, out -> {
            out.write("half");
            throw new IOException("no space left on device");
        })).isInstanceOf(IOException.class).hasMessage("no space left on device");
        assertThat(file).hasContent("whole");
        assertThat(folder.toFile().list()).containsExactly("rows.jsonl");
    }
}
