package preflab.datasets.importer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import preflab.datasets.SharedData;
import preflab.datasets.example.Content;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Message;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;

/** Files as they are found in public repositories, with the row counts that are known of them. */
class RealFilesTest {

    private final List<PreferenceExample> rows = new ArrayList<>();

    private ImportReport read(String file) {
        return Importers.plan(SharedData.data(file), Hints.NONE).read(rows::add, Progress.NONE);
    }

    @ParameterizedTest
    @CsvSource({"standard_preference, paired, PAIRED", "conversational_preference, paired, PAIRED",
            "standard_implicit_prompt_preference, paired-texts, PAIRED",
            "conversational_implicit_prompt_preference, paired-conversations, PAIRED",
            "standard_unpaired_preference, unpaired, UNPAIRED",
            "conversational_unpaired_preference, unpaired, UNPAIRED",
            "standard_stepwise_supervision, stepwise, STEPWISE", "standard_prompt_completion, sft, SFT",
            "conversational_prompt_completion, sft, SFT", "standard_prompt_only, prompts, PROMPTS",
            "conversational_prompt_only, prompts, PROMPTS", "standard_language_modeling, sft-texts, SFT",
            "conversational_language_modeling, sft-conversations, SFT"})
    void everyTrlFormatGivesItsFourteenRows(String name, String format, Kind kind) {
        ImportReport report = read("trl_zen/" + name + ".jsonl");

        assertThat(report.format()).isEqualTo(format);
        assertThat(report.kind()).isEqualTo(kind);
        assertThat(report.accepted()).isEqualTo(14);
        assertThat(report.problems()).isEmpty();
        assertThat(rows).hasSize(14).allMatch(row -> row.kind() == kind);
    }

    @ParameterizedTest
    @CsvSource({"llamafactory/dpo_en_demo.json, paired, 300", "llamafactory/kto_en_demo.json, "
            + "unpaired-conversations, 200", "llamafactory/alpaca_en_demo_first200.json, sft, 200",
            "medicalgpt/dpo_zh_first100.jsonl, paired, 100", "medicalgpt/sharegpt_zh_first100.jsonl, "
                    + "sft-conversations, 100",
            "torchtune_tiny/stack_exchange_paired_tiny.json, paired, 25",
            "ultrafeedback_noise/clean_first300.jsonl, paired, 300", "tofu/forget01.json, unlearning, 40",
            "gsm8k/train.jsonl, sft, 7473", "card_rows/nectar_row.json, ranked, 1",
            "card_rows/shp_row.json, paired-comparisons, 1",
            "card_rows/helpsteer2_preference_row.json, paired-comparisons, 1"})
    void otherToolsFilesAreReadWhole(String file, String format, long count) {
        ImportReport report = read(file);

        assertThat(report.format()).isEqualTo(format);
        assertThat(report.problems()).isEmpty();
        assertThat(report.accepted()).isEqualTo(count);
    }

    @Test
    void fourRowsOfTheHarmlessSetHaveAnEmptyChosenAnswerAndOnePartsEarly() {
        ImportReport report = read("hh_rlhf/harmless-base_part1.jsonl.gz");

        assertThat(report.accepted() + report.rejected()).isEqualTo(1300);
        assertThat(report.problems()).containsExactly(new Problem(87, "chosen", "is empty"),
                new Problem(517, "chosen", "is empty"), new Problem(926, "chosen", "is empty"),
                new Problem(1104, "chosen", "is empty"));
        assertThat(report.notes()).singleElement().satisfies(note -> assertThat(note.row()).isEqualTo(1255));
    }

    @Test
    void aTranscriptIsCutIntoTurnsWithoutLosingAByte() {
        read("hh_rlhf/harmless-base_first100.jsonl");

        Paired first = (Paired) rows.getFirst();
        List<Message> turns = ((Content.Chat) first.prompt()).messages();
        assertThat(turns).extracting(Message::role).containsExactly("user", "assistant", "user", "assistant", "user");
        assertThat(turns.getFirst().content()).isEqualTo(" what are some pranks with a pen i can do?");
        assertThat(((Content.Chat) first.chosen()).messages()).singleElement()
                .satisfies(answer -> assertThat(answer.content()).startsWith(" No, sorry!  All of these"));
    }

    @Test
    void theLeadingSpaceBelongsToTheAnswer() {
        read("trl_zen/standard_implicit_prompt_preference.jsonl");

        Paired first = (Paired) rows.getFirst();
        assertThat(first.prompt().text()).isEqualTo("Beautiful is better than");
        assertThat(first.chosen().text()).isEqualTo(" ugly.");
        assertThat(first.rejected().text()).isEqualTo(" the moon.");
    }

    @Test
    void sideColumnsAreKept() {
        read("ultrafeedback_noise/label_flip_30_first300.jsonl");

        assertThat(rows.getFirst().source().side().get("metadata")).startsWith("{").contains("noise");
    }
}
