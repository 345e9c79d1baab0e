package preflab.datasets.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import preflab.datasets.SharedData;
import preflab.datasets.example.Content;
import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetException.Code;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Message;
import preflab.datasets.example.Paired;
import preflab.datasets.example.Unpaired;

class MappingTest {

    private static final String GERMAN = """
            {"frage":"a","gut":" b","schlecht":"c","n":1}
            {"frage":"d","gut":"e","schlecht":"e","n":2}
            {"frage":"f","gut":"g","schlecht":"h","n":3}
            {"frage":"i","gut":"j","schlecht":"k","n":4}
            """;
    private static final FieldMapping MAPPING = new FieldMapping(
            Map.of("prompt", "frage", "chosen", "gut", "rejected", "schlecht"));

    @TempDir
    Path temp;

    private ImportDraft german() {
        return ImportDraft.open(TempFiles.write(temp, "g.jsonl", GERMAN));
    }

    @Test
    void threeRealRowsStandBesideWhatAMappingMakesOfThem() {
        List<PreviewRow> rows = german().preview(new Hints(Optional.empty(), MAPPING), 3);

        assertThat(rows).extracting(PreviewRow::row).containsExactly(1L, 2L, 3L);
        assertThat(rows.getFirst().cells()).containsExactly(Map.entry("frage", "a"), Map.entry("gut", " b"),
                Map.entry("schlecht", "c"), Map.entry("n", "1"));
        assertThat(rows.getFirst().examples()).singleElement()
                .satisfies(row -> assertThat(((Paired) row).chosen().text()).isEqualTo(" b"));
        assertThat(rows.get(1).examples()).isEmpty();
        assertThat(rows.get(1).problem()).hasValueSatisfying(
                problem -> assertThat(problem.problem()).contains("are equal: such a pair says nothing"));
    }

    @Test
    void rowsAreShownAlsoWhereNothingFitsYet() {
        assertThat(german().detect(Hints.NONE).kind()).isEmpty();
        assertThat(german().preview(Hints.NONE, 3)).hasSize(3)
                .allSatisfy(row -> assertThat(row.examples()).isEmpty());
        assertThat(german().fields(new Hints(Optional.of(Kind.PAIRED), FieldMapping.NONE))).contains("prompt",
                "chosen", "rejected");
    }

    @Test
    void aPresetIsKeptFoundAgainAndForgotten() throws IOException {
        MappingPresets presets = MappingPresets.in(temp.resolve("new/folder"));
        MappingPreset preset = new MappingPreset("Deutsche Paare", Optional.of(Kind.PAIRED), MAPPING);
        assertThat(presets.list()).isEmpty();

        presets.save(preset);
        presets.save(new MappingPreset("other", Optional.empty(), new FieldMapping(Map.of("prompt", "absent"))));

        assertThat(presets.list()).extracting(MappingPreset::name).containsExactly("Deutsche Paare", "other");
        assertThat(presets.get("Deutsche Paare")).isEqualTo(preset);
        assertThat(presets.fitting(german().columns())).containsExactly(preset);
        assertThat(TempFiles.read(temp.resolve("g.jsonl"), preset.hints()).rows()).hasSize(3);
        assertThatThrownBy(() -> presets.get("no")).hasMessage(
                "there is no preset 'no'; there is Deutsche Paare, other");
        assertThat(presets.delete("other")).isTrue();
        assertThat(presets.delete("other")).isFalse();
        try (Stream<Path> files = Files.list(temp.resolve("new/folder"))) {
            assertThat(files).extracting(file -> file.getFileName().toString())
                    .containsExactly("Deutsche Paare.json");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "../up", "a/b", "a\\b", ".hidden", "a\nb", "ends "})
    void aNameThatIsNoFileNameIsRefused(String name) {
        assertThatThrownBy(() -> new MappingPreset(name, Optional.empty(), MAPPING)).isInstanceOfSatisfying(
                DatasetException.class, e -> assertThat(e.code()).isEqualTo(Code.BAD_NAME));
    }

    @Test
    void filesThatAreNoPresetsAreLeftOut() {
        TempFiles.write(temp, "broken.json", "{\"name\": ");
        TempFiles.write(temp, "nameless.json", "{\"columns\": {}}");

        assertThat(MappingPresets.in(temp).list()).isEmpty();
    }

    @Test
    void aRegistryBesideTheFileNamesItsColumns() {
        Path file = TempFiles.write(temp, "mine.json",
                "[{\"ask\":\"a\",\"more\":\"b\",\"say\":\"c\"},{\"ask\":\"d\",\"more\":\"\",\"say\":\"e\"}]");
        TempFiles.write(temp, "dataset_info.json",
                "{\"x\":{\"hf_hub_url\":\"y\"},\"mine\":{\"file_name\":\"mine.json\",\"columns\":"
                        + "{\"prompt\":\"ask\",\"query\":\"more\",\"response\":\"say\"}}}");

        Detection detection = Importers.detect(file);

        assertThat(detection.kind()).contains(Kind.SFT);
        assertThat(detection.reason()).contains("as dataset_info.json beside it says");
        assertThat(detection.firstRows()).extracting(row -> row.prompt().text()).containsExactly("a\nb", "d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"who\":\"H\",\"says\":\"q\"}",
            "{\"who\":\"S\",\"says\":\"s\"},{\"who\":\"H\",\"says\":\"q\"}"})
    void aRegistryAlsoSaysWhatMessagesCallTheirParts(String turns) {
        Path file = TempFiles.write(temp, "talk.json", "[{\"dialog\":[" + turns
                + "],\"good\":{\"who\":\"M\",\"says\":\"a\"},\"poor\":{\"who\":\"M\",\"says\":\"b\"}}]");
        TempFiles.write(temp, "dataset_info.json",
                "{\"talk\":{\"file_name\":\"talk.json\",\"ranking\":true,\"columns\":"
                        + "{\"messages\":\"dialog\",\"chosen\":\"good\",\"rejected\":\"poor\"},\"tags\":{\"role_tag\":\"who\","
                        + "\"content_tag\":\"says\",\"user_tag\":\"H\",\"assistant_tag\":\"M\",\"system_tag\":\"S\"}}}");

        Paired row = (Paired) TempFiles.read(file).rows().getFirst();

        assertThat(row.prompt()).isInstanceOfSatisfying(Content.Chat.class,
                chat -> assertThat(chat.messages()).extracting(Message::role, Message::content)
                        .endsWith(tuple("user", "q")).doesNotContain(tuple("S", "s")));
        assertThat(row.chosen()).isEqualTo(Content.of(List.of(new Message("assistant", "a"))));
        assertThat(ImportDraft.open(file).preview(Hints.NONE, 3).getFirst().problem()).isEmpty();
    }

    @Test
    void ratingsBecomeVerdictsByTheLeastGoodOneAndAreKept() {
        Path file = TempFiles.write(temp, "rated.jsonl", """
                {"prompt":"p","response":"a","helpfulness":3,"correctness":4}
                {"prompt":"p","response":"b","helpfulness":2.5,"correctness":1}
                {"prompt":"p","response":"c","helpfulness":[2,3,4],"correctness":[1,1,1]}
                {"prompt":"p","response":"d","helpfulness":"N/A","correctness":1}
                """);
        Hints hints = new Hints(Optional.of(Kind.UNPAIRED), new FieldMapping(Map.of("label", "helpfulness>=3")));

        TempFiles.Read read = TempFiles.read(file, hints);

        assertThat(read.rows()).extracting(row -> ((Unpaired) row).accepted()).containsExactly(true, false, true);
        assertThat(read.rows().get(1).source().side()).containsEntry("helpfulness", "2.5");
        assertThat(read.report().problems()).extracting(Problem::problem).containsExactly(
                "is 'N/A'; a rating is a number, or a list of numbers of which the mean counts");
        assertThat(read.report().reason()).contains("helpfulness>=3");
        assertThat(new MappingPreset("rated", Optional.empty(), hints.mapping())
                .fits(List.of("prompt", "helpfulness"))).isTrue();
        assertThatThrownBy(() -> TempFiles.read(file, new Hints(Optional.empty(),
                new FieldMapping(Map.of("completion", "response>=3"))))).hasMessageContaining("there is no column");
    }

    @Test
    void theRealRatedRowsAreReadWithAThreshold() {
        for (String name : List.of("card_rows/helpsteer2_row.json", "card_rows/helpsteer2_disagreements_row.json")) {
            TempFiles.Read read = TempFiles.read(SharedData.data(name), new Hints(Optional.of(Kind.UNPAIRED),
                    new FieldMapping(Map.of("label", "helpfulness>=3.2"))));

            assertThat(read.rows()).singleElement().isInstanceOfSatisfying(Unpaired.class, // 3, and (3 + 3 + 4) / 3
                    row -> assertThat(row.accepted()).isEqualTo(name.contains("disagreements")));
        }
    }

    @Test
    void aRegistryThatDoesNotFitIsNotFollowed() {
        Path file = TempFiles.write(temp, "mine.json", "[{\"prompt\":\"a\",\"chosen\":\"b\",\"rejected\":\"c\"}]");
        TempFiles.write(temp, "dataset_info.json",
                "{\"mine\":{\"file_name\":\"mine.json\",\"columns\":{\"kto_tag\":\"absent\"}}}");

        assertThat(Importers.detect(file).kind()).contains(Kind.PAIRED);
        assertThat(Importers.detect(file).reason()).doesNotContain("dataset_info");
    }

    @Test
    void theRealRegistrySaysWhatItsFilesAre() {
        for (String name : List.of("dpo_en_demo.json", "kto_en_demo.json")) {
            assertThat(Importers.detect(SharedData.data("llamafactory/" + name)).reason())
                    .contains("as dataset_info.json beside it says");
        }
    }
}
