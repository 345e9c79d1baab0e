package preflab.datasets.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

import preflab.datasets.SharedData;
import preflab.datasets.example.DatasetException;
import preflab.datasets.example.Kind;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.importer.TempFiles.Read;

/** Every real data file: imported with the kind and counts that are known of it, or refused with a reason. */
class SharedFilesTest {

    /** A file that is read: rows that give examples are counted by their examples. */
    record Known(String file, String format, Kind kind, int accepted, int rejected) {
    }

    /** A file that is not read, and words of the reason. */
    record Refused(String file, String reason) {
    }

    static final List<Known> KNOWN = List.of(
            new Known("card_rows/helpsteer2_preference_row.json", "paired-comparisons", Kind.PAIRED, 1, 0),
            new Known("card_rows/nectar_row.json", "ranked", Kind.RANKED, 1, 0),
            new Known("card_rows/shp_row.json", "paired-comparisons", Kind.PAIRED, 1, 0),
            // one of the four answers only is printed in that card: nothing to rank
            new Known("card_rows/ultrafeedback_row.json", "ranked-ultrafeedback", Kind.RANKED, 0, 1),
            new Known("gsm8k/example_model_solutions.jsonl", "unpaired-model-solutions", Kind.UNPAIRED, 1600, 0),
            new Known("gsm8k/train.jsonl", "sft", Kind.SFT, 7473, 0),
            new Known("hh_rlhf/harmless-base_first100.jsonl", "paired-transcripts", Kind.PAIRED, 99, 1),
            new Known("hh_rlhf/harmless-base_part1.jsonl.gz", "paired-transcripts", Kind.PAIRED, 1296, 4),
            // two tasks have an empty answer
            new Known("label_studio/ls_output_pairwise.json", "paired-label-studio", Kind.PAIRED, 23, 2),
            new Known("llamafactory/alpaca_en_demo_first200.json", "sft", Kind.SFT, 200, 0),
            new Known("llamafactory/dpo_en_demo.json", "paired", Kind.PAIRED, 300, 0),
            new Known("llamafactory/kto_en_demo.json", "unpaired-conversations", Kind.UNPAIRED, 200, 0),
            new Known("math/math500.jsonl", "sft", Kind.SFT, 500, 0),
            // final answers alone are no demonstrations: they stay beside the prompts
            new Known("math/precalculus_train.json", "prompts", Kind.PROMPTS, 1205, 0),
            new Known("math_aps/samples_math-aps-tree.jsonl", "stepwise-rollout-tree", Kind.STEPWISE, 137 + 85, 0),
            new Known("math_aps/samples_math-aps.jsonl", "stepwise-rollouts", Kind.STEPWISE, 81 + 7, 0),
            new Known("math_shepherd/openr_prm_test.json", "stepwise-tagged", Kind.STEPWISE, 3, 0),
            new Known("math_shepherd/samples_math-shepherd.jsonl", "stepwise-math-shepherd", Kind.STEPWISE, 5, 0),
            new Known("medicalgpt/dpo_zh_first100.jsonl", "paired", Kind.PAIRED, 100, 0),
            new Known("medicalgpt/sharegpt_zh_first100.jsonl", "sft-conversations", Kind.SFT, 100, 0),
            new Known("openassistant/en_trees_first60.jsonl", "ranked-trees", Kind.RANKED, 122, 0),
            new Known("parquet_arrow/amc_verl_prompt7.parquet", "prompts", Kind.PROMPTS, 83, 0),
            new Known("parquet_arrow/dpo_en_demo_first120_snappy.parquet", "paired", Kind.PAIRED, 120, 0),
            new Known("parquet_arrow/dpo_en_demo_first40_lz4.arrow", "paired", Kind.PAIRED, 40, 0),
            new Known("parquet_arrow/gsm8k_verl_train.parquet", "prompts", Kind.PROMPTS, 7473, 0),
            // one of the first hundred has an empty chosen answer
            new Known("parquet_arrow/hh_first100_stream.arrow", "paired-transcripts", Kind.PAIRED, 99, 1),
            new Known("parquet_arrow/hh_first100_zstd.parquet", "paired-transcripts", Kind.PAIRED, 99, 1),
            new Known("parquet_arrow/zen_conversational_preference_file.arrow", "paired", Kind.PAIRED, 14, 0),
            new Known("parquet_arrow/zen_conversational_preference_uncompressed.parquet", "paired", Kind.PAIRED, 14, 0),
            new Known("parquet_arrow/zen_stepwise_gzip.parquet", "stepwise", Kind.STEPWISE, 14, 0),
            new Known("prm800k/RM-scored-example.json", "stepwise-rating-probabilities", Kind.STEPWISE, 1, 0),
            new Known("prm800k/phase1-test-example.json", "stepwise-prm800k", Kind.STEPWISE, 1, 0),
            new Known("prm800k/phase2-train-example.json", "stepwise-prm800k", Kind.STEPWISE, 1, 0),
            new Known("prm800k/samples_prm800k.jsonl", "stepwise-prm800k", Kind.STEPWISE, 4, 0),
            new Known("processbench/gsm8k.json", "stepwise-first-error", Kind.STEPWISE, 400, 0),
            new Known("processbench/math_first200.json", "stepwise-first-error", Kind.STEPWISE, 200, 0),
            new Known("r_tofu/forget01_first20.json", "unlearning", Kind.FORGET_RETAIN, 20, 0),
            new Known("tofu/forget01.json", "unlearning", Kind.FORGET_RETAIN, 40, 0),
            new Known("tofu/forget01_perturbed.json", "unlearning", Kind.FORGET_RETAIN, 40, 0),
            new Known("tofu/forget05.json", "unlearning", Kind.FORGET_RETAIN, 200, 0),
            new Known("tofu/retain95.json", "unlearning", Kind.FORGET_RETAIN, 3800, 0),
            new Known("tofu/real_authors_perturbed.json", "sft", Kind.SFT, 100, 0),
            new Known("tofu/world_facts_perturbed.json", "sft", Kind.SFT, 117, 0),
            new Known("torchtune_tiny/stack_exchange_paired_tiny.json", "paired", Kind.PAIRED, 25, 0),
            new Known("trl_zen/conversational_implicit_prompt_preference.jsonl", "paired-conversations", Kind.PAIRED,
                    14,
                    0),
            new Known("trl_zen/conversational_language_modeling.jsonl", "sft-conversations", Kind.SFT, 14, 0),
            new Known("trl_zen/conversational_preference.jsonl", "paired", Kind.PAIRED, 14, 0),
            new Known("trl_zen/conversational_prompt_completion.jsonl", "sft", Kind.SFT, 14, 0),
            new Known("trl_zen/conversational_prompt_only.jsonl", "prompts", Kind.PROMPTS, 14, 0),
            new Known("trl_zen/conversational_unpaired_preference.jsonl", "unpaired", Kind.UNPAIRED, 14, 0),
            new Known("trl_zen/standard_implicit_prompt_preference.jsonl", "paired-texts", Kind.PAIRED, 14, 0),
            new Known("trl_zen/standard_language_modeling.jsonl", "sft-texts", Kind.SFT, 14, 0),
            new Known("trl_zen/standard_preference.jsonl", "paired", Kind.PAIRED, 14, 0),
            new Known("trl_zen/standard_prompt_completion.jsonl", "sft", Kind.SFT, 14, 0),
            new Known("trl_zen/standard_prompt_only.jsonl", "prompts", Kind.PROMPTS, 14, 0),
            new Known("trl_zen/standard_stepwise_supervision.jsonl", "stepwise", Kind.STEPWISE, 14, 0),
            new Known("trl_zen/standard_unpaired_preference.jsonl", "unpaired", Kind.UNPAIRED, 14, 0),
            new Known("ultrafeedback_noise/clean_first300.jsonl", "paired", Kind.PAIRED, 300, 0),
            new Known("ultrafeedback_noise/label_flip_30_first300.jsonl", "paired", Kind.PAIRED, 300, 0));

    static final List<Refused> REFUSED = List.of(
            new Refused("alphamath/few_shots_gsm8k.json", "a list of texts, not of objects"),
            new Refused("card_rows/helpsteer2_disagreements_row.json", "Needed: a threshold"),
            new Refused("card_rows/helpsteer2_row.json", "Needed: a threshold"),
            new Refused("llamafactory/dataset_info.json", "a registry of data sets"),
            new Refused("parquet_arrow/proxyqa_data-00000-of-00001.arrow", "meta_question (text), wiki_cover (text)"),
            new Refused("tofu/idontknow.jsonl", "plain text, one item per line"));

    /** Folders that hold no data to train on. */
    private static final List<String> OTHER = List.of("models", "tokenizers", "chat_templates");

    @ParameterizedTest(name = "{0}")
    @FieldSource("KNOWN")
    void aKnownFileGivesItsRows(Known known) {
        Read read = TempFiles.read(SharedData.data(known.file()));

        assertThat(read.report().format()).isEqualTo(known.format());
        assertThat(read.report().kind()).isEqualTo(known.kind());
        assertThat(read.report().accepted()).as("%s", read.report().problems()).isEqualTo(known.accepted());
        assertThat(read.report().rejected()).isEqualTo(known.rejected());
        assertThat(read.rows()).hasSize(known.accepted()).allMatch(row -> row.kind() == known.kind());
        assertThat(read.rows()).extracting(row -> row.id().index()).doesNotHaveDuplicates();
        assertThat(read.rows()).extracting(PreferenceExample::source).allMatch(source -> source.row() > 0);
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("REFUSED")
    void anyOtherFileIsRefusedWithItsReason(Refused refused) {
        Path file = SharedData.data(refused.file());

        DatasetException refusal = catchThrowableOfType(DatasetException.class, () -> TempFiles.read(file));

        assertThat(refusal).isNotNull().hasMessageContaining(refused.reason());
        assertThat(refusal.badInput()).isTrue();
    }

    @Test
    void noFileIsForgotten() throws IOException {
        Path data = SharedData.file("data");
        List<String> listed = new ArrayList<>(KNOWN.stream().map(Known::file).toList());
        REFUSED.forEach(refused -> listed.add(refused.file()));
        try (Stream<Path> files = Files.walk(data)) {
            List<String> found = files.filter(Files::isRegularFile)
                    .map(file -> data.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> name.contains("/") && !name.endsWith("README.md"))
                    .filter(name -> OTHER.stream().noneMatch(folder -> name.startsWith(folder + "/"))).toList();
            assertThat(found).containsExactlyInAnyOrderElementsOf(listed);
        }
    }
}
