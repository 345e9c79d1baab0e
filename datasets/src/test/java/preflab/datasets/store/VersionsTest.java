package preflab.datasets.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import preflab.datasets.Examples;
import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.Kind;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.importer.Progress;
import preflab.datasets.store.VersionDifference.Change;

class VersionsTest {

    @TempDir
    Path temp;
    private DatasetStore store;

    @BeforeEach
    void open() {
        store = DatasetStore.open(temp);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private DatasetVersionId add(String name, PreferenceExample... rows) {
        return store.add(name, rows[0].kind(), List.of(rows).iterator(), "made in a test");
    }

    @Test
    void aVersionKnowsWhatItWasMadeFrom() {
        DatasetVersionId first = add("a", Examples.prompt("x"));
        Origin origin = new Origin("twice", "double", List.of(first), Map.of("times", "2"));

        DatasetVersionId second = store.add("a", Kind.PROMPTS, List.of(Examples.prompt("x"), Examples.prompt("x"))
                .iterator(), origin, Progress.NONE);

        assertThat(store.origin(second)).isEqualTo(origin);
        assertThat(store.info(second).provenance()).isEqualTo("twice");
        assertThat(store.origin(first)).isEqualTo(Origin.of("made in a test"));
    }

    @Test
    void differencesAreRowsAddedRemovedAndChanged() {
        DatasetVersionId before = add("a", Examples.unpaired("p", "same", true), Examples.unpaired("q", "flips", true),
                Examples.unpaired("gone", "x", true));
        DatasetVersionId after = add("a", Examples.unpaired("q", "flips", false), Examples.unpaired("p", "same", true));
        DatasetVersionId other = add("b", Examples.unpaired("p", "same", true), Examples.unpaired("p", "same", true));

        VersionDifference difference = store.difference(before, after);
        VersionDifference twins = store.difference(other, after);

        assertThat(difference.unchanged()).isEqualTo(1);
        assertThat(difference.changed()).containsExactly(new Change(1, 0));
        assertThat(difference.removed()).containsExactly(2);
        assertThat(difference.added()).isEmpty();
        assertThat(twins.unchanged()).isEqualTo(1);
        assertThat(twins.changed()).as("the same row of the same file").containsExactly(new Change(1, 0));
        assertThat(store.difference(after, after).isEmpty()).isTrue();
    }

    @Test
    void deletedVersionsComeBackUnderTheirNumber() {
        DatasetVersionId first = add("a", Examples.prompt("x"));
        DatasetVersionId second = add("a", Examples.prompt("y"));
        store.view(second).get(0);

        store.trash().put(second);

        assertThat(store.list()).extracting(DatasetInfo::id).containsExactly(first);
        assertThat(store.trash().list()).extracting(DatasetInfo::id).containsExactly(second);
        assertThatThrownBy(() -> store.resolve("a@2")).isInstanceOf(DatasetException.class)
                .hasMessageContaining("in the trash");
        assertThat(add("a", Examples.prompt("z")).version()).as("the number stays taken").isEqualTo(3);

        store.trash().restore(store.trash().resolve("a@2"));

        assertThat(store.view(second).get(0).prompt().text()).isEqualTo("y");
        assertThat(store.trash().list()).isEmpty();
    }

    @Test
    void theTrashIsEmptiedForGoodAndLeavesNoFolders() throws IOException {
        DatasetVersionId only = add("a", Examples.prompt("x"));
        store.trash().put(only);
        assertThat(store.list()).isEmpty();

        store.trash().purge(only);

        assertThatThrownBy(() -> store.trash().restore(only)).hasMessageContaining("is not in the trash");
        try (Stream<Path> files = Files.walk(temp)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void whoeverCancelsLeavesNothingBehind() throws IOException {
        Progress cancelled = new Progress() {
            @Override
            public void at(long done, long total) {
                // nobody listens
            }

            @Override
            public boolean cancelled() {
                return true;
            }
        };

        assertThatThrownBy(() -> store.add("a", Kind.PROMPTS, IntStream.range(0, 10)
                .mapToObj(i -> Examples.prompt("p" + i)).iterator(), Origin.of("never"), cancelled))
                .isInstanceOf(CancellationException.class);

        try (Stream<Path> files = Files.list(temp)) {
            assertThat(files).isEmpty();
        }
    }
}
