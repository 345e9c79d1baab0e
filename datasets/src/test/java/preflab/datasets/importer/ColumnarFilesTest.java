package preflab.datasets.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import preflab.datasets.SharedData;
import preflab.datasets.example.Content;
import preflab.datasets.example.DatasetException;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Source;
import preflab.datasets.example.Stepwise;
import preflab.datasets.importer.TempFiles.Read;

/** Real Parquet and Arrow files give the rows of the JSON files they were made from. */
class ColumnarFilesTest {

    private static final Source NOWHERE = new Source("", 0);

    @TempDir
    Path temp;

    private static List<PreferenceExample> rows(String file) {
        return TempFiles.read(SharedData.data(file)).rows().stream().map(ColumnarFilesTest::withoutSource).toList();
    }

    private static PreferenceExample withoutSource(PreferenceExample row) {
        return switch (row) {
            case Paired r -> new Paired(new ExampleId(0), r.prompt(), r.chosen(), r.rejected(), NOWHERE);
            case Stepwise r -> new Stepwise(new ExampleId(0), r.prompt(), r.steps(), r.answerCorrect(), NOWHERE);
            default -> throw new IllegalArgumentException("not among these files: " + row.kind());
        };
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"dpo_en_demo_first120_snappy.parquet, llamafactory/dpo_en_demo.json, 120",
            "dpo_en_demo_first40_lz4.arrow, llamafactory/dpo_en_demo.json, 40",
            "hh_first100_zstd.parquet, hh_rlhf/harmless-base_first100.jsonl, 99",
            "hh_first100_stream.arrow, hh_rlhf/harmless-base_first100.jsonl, 99",
            "zen_conversational_preference_file.arrow, trl_zen/conversational_preference.jsonl, 14",
            "zen_conversational_preference_uncompressed.parquet, trl_zen/conversational_preference.jsonl, 14",
            "zen_stepwise_gzip.parquet, trl_zen/standard_stepwise_supervision.jsonl, 14"})
    void theRowsAreThoseOfTheirSource(String file, String source, int rows) {
        assertThat(rows("parquet_arrow/" + file)).hasSize(rows)
                .containsExactlyElementsOf(rows(source).subList(0, rows));
    }

    @Test
    void whatWasFoundIsSaid() {
        assertThat(Importers.detect(SharedData.data("parquet_arrow/hh_first100_stream.arrow")).reason())
                .startsWith("an Arrow stream with chosen, rejected: ");
        assertThat(Importers.detect(SharedData.data("parquet_arrow/dpo_en_demo_first40_lz4.arrow")).reason())
                .startsWith("an Arrow file with ");
        assertThat(Importers.detect(SharedData.data("parquet_arrow/zen_stepwise_gzip.parquet")).reason())
                .startsWith("Parquet with ");
    }

    @Test
    void columnsWithNamesOfTheirOwnAreMappedByHand() {
        Read read = TempFiles.read(SharedData.data("parquet_arrow/proxyqa_data-00000-of-00001.arrow"), new Hints(
                Optional.of(Kind.PROMPTS), new FieldMapping(Map.of("prompt", "meta_question"))));

        assertThat(read.report().accepted()).isEqualTo(100);
        assertThat(read.rows().getFirst().source().side()).containsKeys("wiki_cover", "domain", "id");
    }

    @Test
    void promptsOfConversationsKeepTheirOtherColumns() {
        PreferenceExample row = TempFiles.read(SharedData.data("parquet_arrow/amc_verl_prompt7.parquet")).rows()
                .getFirst();

        assertThat(row.prompt()).isInstanceOf(Content.Chat.class);
        assertThat(row.source().side().get("reward_model")).contains("\"ground_truth\":");
    }

    @Test
    void anArrowFileInsideGzipIsReadAndAParquetFileInsideGzipIsNamed() throws IOException {
        byte[] arrow = Files.readAllBytes(SharedData.data("parquet_arrow/hh_first100_stream.arrow"));
        byte[] parquet = Files.readAllBytes(SharedData.data("parquet_arrow/hh_first100_zstd.parquet"));
        Path packed = TempFiles.write(temp, "a.gz", TempFiles.gzip(arrow));
        Path wrong = TempFiles.write(temp, "b.gz", TempFiles.gzip(parquet));

        assertThat(TempFiles.read(packed).rows()).hasSize(99);
        assertThatThrownBy(() -> Importers.detect(wrong)).isInstanceOf(DatasetException.class)
                .hasMessageContaining("is a Parquet file inside gzip; unpack it");
    }

    @Test
    void theReportHashesTheWholeFile() throws Exception {
        Path file = SharedData.data("parquet_arrow/gsm8k_verl_train.parquet");
        byte[] sha = java.security.MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));

        ImportReport report = TempFiles.read(file).report();

        assertThat(report.fileSha256()).isEqualTo(java.util.HexFormat.of().formatHex(sha));
        assertThat(report.bytes()).isEqualTo(Files.size(file));
    }
}
