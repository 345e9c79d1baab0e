package preflab.projects.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StoredSamplesTest {

    private static final String KEY = "ab".repeat(32);
    private static final List<int[]> COMPLETIONS = List.of(new int[]{5, 7, 2}, new int[0], new int[]{100_000});

    @TempDir
    Path folder;

    @Test
    void completionsAreFoundAgainByAnotherProcess() {
        new StoredSamples(folder).keep(KEY, COMPLETIONS);
        assertThat(new StoredSamples(folder).find(KEY).orElseThrow()).containsExactlyElementsOf(COMPLETIONS);
        assertThat(new StoredSamples(folder).find("cd".repeat(32))).isEmpty();
    }

    @Test
    void aDamagedFileCountsAsMissingWhereverItIsDamaged() throws IOException {
        StoredSamples samples = new StoredSamples(folder);
        samples.keep(KEY, COMPLETIONS);
        Path file = files().getFirst();
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < whole.length; i += 4) {
            byte[] damaged = whole.clone();
            damaged[i] ^= 0x41;
            Files.write(file, damaged);
            assertThat(samples.find(KEY)).as("byte " + i).isEmpty();
            Files.write(file, Arrays.copyOf(whole, i));
            assertThat(samples.find(KEY)).as("cut after " + i).isEmpty();
        }
    }

    @Test
    void nothingHalfWrittenIsLeftBehind() throws IOException {
        StoredSamples samples = new StoredSamples(folder);
        samples.keep(KEY, COMPLETIONS);
        samples.keep(KEY, COMPLETIONS);
        assertThat(files()).hasSize(1);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.toList();
        }
    }
}
