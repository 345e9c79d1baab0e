package preflab.projects.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheFolderTest {

    @TempDir
    private Path folder;

    @Test
    void itsSizeIsThatOfAllFilesAndEmptiedItStaysAsAFolder() throws IOException {
        Path deep = Files.createDirectories(folder.resolve("reference/old"));
        Files.write(deep.resolve("a.bin"), new byte[300]);
        Files.write(folder.resolve("b.bin"), new byte[40]);
        CacheFolder cache = new CacheFolder(folder);
        assertThat(cache.bytes()).isEqualTo(340);
        cache.clear();
        assertThat(folder).isEmptyDirectory();
        assertThat(cache.bytes()).isZero();
        assertThat(new CacheFolder(folder.resolve("none")).bytes()).isZero();
    }
}
