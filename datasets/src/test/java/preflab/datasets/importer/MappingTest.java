package preflab.datasets.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetException.Code;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Paired;

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
