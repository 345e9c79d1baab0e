package preflab.datasets.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import preflab.datasets.Examples;
import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetException.Code;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.PromptOnly;
import preflab.datasets.example.Source;
import preflab.datasets.importer.FieldMapping;
import preflab.datasets.importer.Progress;

class DatasetStoreTest {

    @TempDir
    Path temp;
    private DatasetStore store;

    @BeforeEach
    void open() {
        store = DatasetStore.open(temp.resolve("what? 100%#é").resolve("datasets"));
    }

    @AfterEach
    void close() {
        store.close();
    }

    private Path file(String name, String... lines) throws IOException {
        return Files.write(temp.resolve(name), List.of(lines), StandardCharsets.UTF_8);
    }

    private DatasetVersionId add(String name, PreferenceExample... rows) {
        return store.add(name, rows[0].kind(), List.of(rows).iterator(), "made in a test");
    }

    private List<Path> filesOnDisk() throws IOException {
        try (Stream<Path> files = Files.walk(temp.resolve("what? 100%#é"))) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    @Test
    void rowsComeBackAsTheyWereAdded() {
        Paired row = Examples.paired("1+1=", "2", "3");

        DatasetVersionId id = add("sums", row, Examples.paired("2+2=", "4", "5"));

        StoredView view = store.view(id);
        assertThat(view.size()).isEqualTo(2);
        assertThat(view.kind()).isEqualTo(Kind.PAIRED);
        assertThat(view.version()).isEqualTo(id);
        assertThat(view.get(0)).isEqualTo(row);
        assertThat(view.get(1).id()).isEqualTo(new ExampleId(1));
    }

    @Test
    void importingANameAgainMakesItsNextVersionAndKeepsTheFirst() throws IOException {
        Path one = file("one.jsonl", "{\"prompt\":\"a\",\"chosen\":\"b\",\"rejected\":\"c\"}");
        Path two = file("two.jsonl", "{\"prompt\":\"d\",\"chosen\":\"e\",\"rejected\":\"f\"}");

        Imported first = store.importFile(one, ImportRequest.named("pairs"), Progress.NONE);
        Imported second = store.importFile(two, ImportRequest.named("pairs"), Progress.NONE);

        assertThat(first.version().version()).isEqualTo(1);
        assertThat(second.version().version()).isEqualTo(2);
        assertThat(store.resolve("pairs")).isEqualTo(second.version());
        assertThat(store.resolve("pairs@1")).isEqualTo(first.version());
        assertThat(store.view(first.version()).get(0).prompt().text()).isEqualTo("a");
        assertThat(store.list()).extracting(info -> info.id().display()).containsExactly("pairs v1", "pairs v2");
        assertThat(store.list().getFirst().provenance()).isEqualTo(
                "imported from one.jsonl as paired: 1 rows accepted, 0 rejected");
    }

    @Test
    void equalRowsHaveEqualHashesWhateverFileTheyCameFrom() throws IOException {
        Path lines = file("lines.jsonl", "{\"prompt\":\"a\",\"chosen\":\"b\",\"rejected\":\"c\",\"score\":1}");
        Path list = file("list.json", "[{\"chosen\":\"b\", \"rejected\":\"c\", \"prompt\":\"a\"}]");

        Imported first = store.importFile(lines, ImportRequest.named("lines"), Progress.NONE);
        Imported second = store.importFile(list, ImportRequest.named("list"), Progress.NONE);

        assertThat(first.version().sha256()).hasSize(64).isEqualTo(second.version().sha256());
        assertThat(first.report().fileSha256()).isNotEqualTo(second.report().fileSha256());
        // printf '{"prompt":"a","chosen":"b","rejected":"c"}\n' | sha256sum
        assertThat(first.version().sha256())
                .isEqualTo("995503466427177baba50d5b301671935a077c1e8584dbcdba6e1e9fc21647b8");
    }

    @Test
    void sourceAndSideColumnsAreKept() throws IOException {
        Path file = file("scored.jsonl", "", "{\"prompt\":\"a\",\"completion\":\"b\",\"label\":true,\"n\":1.50,"
                + "\"tags\":[\"x\",null]}");

        DatasetVersionId id = store.importFile(file, ImportRequest.named("scored"), Progress.NONE).version();

        Source source = store.view(id).get(0).source();
        assertThat(source.file()).isEqualTo("scored.jsonl");
        assertThat(source.row()).isEqualTo(2);
        assertThat(source.side()).containsOnlyKeys("n", "tags").containsEntry("n", "1.50").containsEntry("tags",
                "[\"x\",null]");
    }

    @Test
    void aCancelledImportLeavesNothing() throws IOException {
        Path file = file("big.jsonl", IntStream.range(0, 200_000)
                .mapToObj(i -> "{\"prompt\":\"p" + i + "\"}").toArray(String[]::new));
        List<Long> seen = new ArrayList<>();
        Progress impatient = new Progress() {
            @Override
            public void at(long done, long total) {
                seen.add(done);
            }

            @Override
            public boolean cancelled() {
                return !seen.isEmpty() && seen.getLast() > 1_000_000;
            }
        };

        assertThatThrownBy(() -> store.importFile(file, ImportRequest.named("big"), impatient))
                .isInstanceOf(CancellationException.class);

        assertThat(seen).isSorted();
        assertThat(seen.getLast()).isLessThan(Files.size(file));
        assertThat(filesOnDisk()).isEmpty();
        assertThat(store.list()).isEmpty();
    }

    @Test
    void aSourceOfRowsThatFailsLeavesNothing() throws IOException {
        var failing = Stream.of("a", "b", "").map(text -> {
            if (text.isEmpty()) {
                throw new IllegalStateException("no more");
            }
            return Examples.prompt(text);
        }).iterator();

        assertThatThrownBy(() -> store.add("half", Kind.PROMPTS, failing, "")).hasMessage("no more");

        assertThat(filesOnDisk()).isEmpty();
    }

    @Test
    void aFileWithoutOneUsableRowIsRefusedWithItsFirstProblem() throws IOException {
        Path file = file("equal.jsonl", "{\"prompt\":\"a\",\"chosen\":\"b\",\"rejected\":\"b\"}");

        assertThatThrownBy(() -> store.importFile(file, ImportRequest.named("equal"), Progress.NONE))
                .isInstanceOfSatisfying(DatasetException.class, e -> assertThat(e.code()).isEqualTo(Code.NO_ROWS))
                .hasMessage("no row of equal.jsonl can be used as paired data; 1 rejected; the first: row 1, chosen: "
                        + "and rejected are equal: such a pair says nothing");
        assertThat(filesOnDisk()).isEmpty();
    }

    @Test
    void aKindAndColumnsCanBeGivenByHand() throws IOException {
        Path file = file("own.jsonl", "{\"q\":\"a\",\"better\":\"b\",\"worse\":\"c\"}");
        FieldMapping mapping = new FieldMapping(
                java.util.Map.of("prompt", "q", "chosen", "better", "rejected", "worse"));

        Imported done = store.importFile(file, new ImportRequest("own", Optional.of(Kind.PAIRED), mapping),
                Progress.NONE);

        assertThat(store.view(done.version()).get(0)).isInstanceOfSatisfying(Paired.class,
                row -> assertThat(row.rejected().text()).isEqualTo("c"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "../evil", "a/b", "a\\b", "/etc", "a b", "con", "NUL.db", "-x", ".hidden",
            "x.", "a@2", "a\u0000b", "ä"})
    void namesThatCouldLeaveTheFolderOrConfuseAFileSystemAreRefused(String name) {
        assertThatThrownBy(() -> add(name, Examples.prompt("a")))
                .isInstanceOfSatisfying(DatasetException.class, e -> assertThat(e.code()).isEqualTo(Code.BAD_NAME))
                .hasMessageContaining("letters A-Z");
    }

    @Test
    void namesThatDifferOnlyInCapitalsAreRefused() {
        add("Sums", Examples.prompt("a"));

        assertThatThrownBy(() -> add("sums", Examples.prompt("a"))).hasMessageContaining("only in capitals");
    }

    @ParameterizedTest
    @ValueSource(strings = {"absent", "sums@2", "sums@x", "sums@0"})
    void whatIsNotThereIsSaidSo(String reference) {
        add("sums", Examples.prompt("a"));

        assertThatThrownBy(() -> store.resolve(reference)).isInstanceOfSatisfying(DatasetException.class,
                e -> assertThat(e.code()).isEqualTo(Code.NOT_FOUND));
    }

    @Test
    void aVersionWithOtherRowsIsNotTakenForTheOneAskedFor() {
        add("sums", Examples.prompt("a"));

        assertThatThrownBy(() -> store.view(new DatasetVersionId("sums", 1, "0".repeat(64))))
                .hasMessageStartingWith("sums v1 is here with other rows");
    }

    @Test
    void pagesAreWindowsOnTheRows() {
        DatasetVersionId id = store.add("many", Kind.PROMPTS,
                IntStream.range(0, 100).mapToObj(i -> Examples.prompt("p" + i)).iterator(), "");

        StoredView view = store.view(id);

        assertThat(view.page(10, 3)).extracting(row -> row.prompt().text()).containsExactly("p10", "p11", "p12");
        assertThat(view.page(98, 10)).hasSize(2);
        assertThat(view.page(100, 10)).isEmpty();
        assertThatThrownBy(() -> view.get(100)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void searchFindsTextsAndNothingElseOfTheJson() {
        DatasetVersionId id = add("found", Examples.paired("say \"hi\"\n100%", "Chosen One", "x"),
                Examples.paired("b_c", "user role", "bXc"));
        StoredView view = store.view(id);

        assertThat(view.search("\"hi\"", 0, 9)).hasSize(1);
        assertThat(view.search("\n100%", 0, 9)).hasSize(1);
        assertThat(view.search("chosen", 0, 9)).extracting(row -> row.id().index()).containsExactly(0);
        assertThat(view.search("b_c", 0, 9)).extracting(row -> row.id().index()).containsExactly(1);
        assertThat(view.search("prompt", 0, 9)).isEmpty();
        assertThat(view.search("", 1, 9)).hasSize(1);
        assertThat(view.search("!", 0, 9)).isEmpty();
    }

    @Test
    void searchLeavesRolesOutAndKnowsEveryScript() {
        Paired row = new Paired(new ExampleId(0), Examples.chat("Привет 😀"), Examples.reply("你好"),
                Examples.reply("no"), new Source("test", 1));
        StoredView view = store.view(add("scripts", row));

        assertThat(view.search("assistant", 0, 9)).isEmpty();
        assertThat(view.search("вет 😀", 0, 9)).hasSize(1);
        assertThat(view.search("你", 0, 9)).hasSize(1);
    }

    @Test
    void severalThreadsReadOneView() throws Exception {
        DatasetVersionId id = store.add("shared", Kind.PROMPTS,
                IntStream.range(0, 500).mapToObj(i -> Examples.prompt("p" + i)).iterator(), "");
        StoredView view = store.view(id);

        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Future<Boolean>> reads = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                reads.add(threads.submit(() -> IntStream.range(0, 2000).map(i -> i * 7 % 500)
                        .allMatch(i -> view.get(i).prompt().text().equals("p" + i))));
            }
            for (Future<Boolean> read : reads) {
                assertThat(read.get()).isTrue();
            }
        }
    }

    @Test
    void severalThreadsAddingOneNameGetVersionsOfTheirOwn() throws Exception {
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Future<DatasetVersionId>> added = new ArrayList<>();
            for (int t = 0; t < 8; t++) {
                PromptOnly row = Examples.prompt("thread " + t);
                added.add(threads.submit(() -> store.add("race", Kind.PROMPTS, List.of(row).iterator(), "")));
            }
            for (int t = 0; t < 8; t++) {
                DatasetVersionId id = added.get(t).get();
                assertThat(store.view(id).get(0).prompt().text()).isEqualTo("thread " + t);
            }
        }
        assertThat(store.list()).extracting(info -> info.id().version()).containsExactly(1, 2, 3, 4, 5, 6, 7, 8);
        assertThat(filesOnDisk()).hasSize(8);
    }

    @Test
    void aFileThatIsNoDatasetIsLeftOutOfTheList() throws IOException {
        add("good", Examples.prompt("a"));
        Path folder = filesOnDisk().getFirst().getParent();
        Files.writeString(folder.resolve("v0002.db"), "not a database at all, but long enough to be read as one");

        assertThat(store.list()).extracting(info -> info.id().display()).containsExactly("good v1");
    }

    @Test
    void aDatasetOfANewerProgramIsRefusedPolitely() throws Exception {
        DatasetVersionId id = add("future", Examples.prompt("a"));
        try (var connection = Sqlite.connect(filesOnDisk().getFirst(), Sqlite.common())) {
            Sqlite.execute(connection, "PRAGMA user_version = 99");
        }

        try (DatasetStore again = DatasetStore.open(temp.resolve("what? 100%#é").resolve("datasets"))) {
            assertThatThrownBy(() -> again.view(id)).hasMessageContaining("newer version of this program");
        }
    }

    @Test
    void aDatasetNeedsRowsOfItsKind() {
        assertThatThrownBy(() -> store.add("none", Kind.PROMPTS, List.<PromptOnly>of().iterator(), ""))
                .hasMessage("the dataset none would have no rows");
        assertThatThrownBy(() -> store.add("mixed", Kind.SFT, List.of(Examples.prompt("a")).iterator(), ""))
                .hasMessage("a sft dataset cannot hold a row of kind prompts");
    }

    @Test
    void twoStoresOnOneFolderSeeEachOthersVersions() {
        try (DatasetStore other = DatasetStore.open(temp.resolve("what? 100%#é").resolve("datasets"))) {
            DatasetVersionId first = add("shared", Examples.prompt("a"));
            DatasetVersionId second = other.add("shared", Kind.PROMPTS, List.of(Examples.prompt("b")).iterator(), "");

            assertThat(second.version()).isEqualTo(2);
            assertThat(other.view(first).get(0).prompt().text()).isEqualTo("a");
            assertThat(store.resolve("shared")).isEqualTo(second);
        }
    }
}
