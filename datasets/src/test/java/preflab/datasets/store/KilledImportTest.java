package preflab.datasets.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import preflab.datasets.Examples;
import preflab.datasets.example.Kind;

/** A process that dies while it writes a version leaves the catalogue as it was. */
class KilledImportTest {

    private static final int DIED = 42;

    @TempDir
    Path temp;

    /** What the child does: one whole version, then half of another. */
    public static void main(String[] args) {
        DatasetStore store = DatasetStore.open(Path.of(args[0]));
        store.add("sums", Kind.PROMPTS, Stream.of(Examples.prompt("whole")).iterator(), "");
        store.add("sums", Kind.PROMPTS, IntStream.range(0, 100_000).mapToObj(i -> {
            if (i == 50_000) {
                Runtime.getRuntime().halt(DIED);
            }
            return Examples.prompt("half " + i);
        }).iterator(), "");
    }

    @Test
    void theListingIsUnchangedAndWhatStaysBehindIsSweptLater() throws Exception {
        assertThat(runChild()).isEqualTo(DIED);

        try (DatasetStore store = DatasetStore.open(temp)) {
            assertThat(store.list()).extracting(info -> info.id().display()).containsExactly("sums v1");
            assertThat(store.view(store.resolve("sums")).get(0).prompt().text()).isEqualTo("whole");
        }
        Path left = leftovers()[0];
        Files.setLastModifiedTime(left, FileTime.from(Instant.now().minus(Duration.ofHours(25))));
        DatasetStore.open(temp).close();
        assertThat(leftovers()).isEmpty();
    }

    private Path[] leftovers() throws Exception {
        try (Stream<Path> files = Files.list(temp.resolve("sums"))) {
            return files.filter(path -> path.toString().endsWith(".part")).toArray(Path[]::new);
        }
    }

    private int runChild() throws Exception {
        Process child = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                KilledImportTest.class.getName(), temp.toString()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
        assertThat(child.waitFor(2, TimeUnit.MINUTES)).isTrue();
        return child.exitValue();
    }
}
