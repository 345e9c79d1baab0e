package preflab.engine.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CodeVersionTest {

    @TempDir
    private Path folder;

    @Test
    void theHashIsThatOfTheClassesWhetherInAFolderOrInAJar() throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Files.createDirectories(classes.resolve("a"));
        Files.writeString(classes.resolve("a/One.class"), "one");
        Files.writeString(classes.resolve("Two.class"), "two");
        Path jar = folder.resolve("code.jar");
        try (FileSystem inside = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()),
                Map.of("create", "true"))) {
            Files.writeString(inside.getPath("/Two.class"), "two");
            Files.createDirectories(inside.getPath("/a"));
            Files.writeString(inside.getPath("/a/One.class"), "one");
            Files.writeString(inside.getPath("/manifest.txt"), "made at noon");
        }
        String hash = CodeVersion.sha256(classes);

        assertThat(CodeVersion.sha256(jar)).isEqualTo(hash).hasSize(64);
        Files.writeString(classes.resolve("Two.class"), "tvo");
        assertThat(CodeVersion.sha256(classes)).isNotEqualTo(hash);
    }

    @Test
    void theCommitIsFoundFromAnyFolderOfTheCheckout() throws IOException {
        Path git = Files.createDirectories(folder.resolve("checkout/.git/refs/heads"));
        Path deep = Files.createDirectories(folder.resolve("checkout/engine/target/classes"));
        Files.writeString(folder.resolve("checkout/.git/HEAD"), "ref: refs/heads/main\n");
        Files.writeString(folder.resolve("checkout/.git/packed-refs"), "# packed\n" + "b".repeat(40)
                + " refs/heads/main\n");
        assertThat(CodeVersion.commit(deep)).hasValue("b".repeat(40));
        Files.writeString(git.resolve("main"), "a".repeat(40) + "\n");
        assertThat(CodeVersion.commit(deep)).as("a fresh commit outranks packed ones").hasValue("a".repeat(40));
        Files.writeString(folder.resolve("checkout/.git/HEAD"), "c".repeat(40) + "\n");
        assertThat(CodeVersion.commit(deep)).as("no branch").hasValue("c".repeat(40));
    }

    @Test
    void everyRunIsToldWhichCodeTrainsIt() {
        assertThat(CodeVersion.facts()).containsKeys("code_version", "code_sha256");
    }
}
