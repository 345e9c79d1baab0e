package preflab.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.datasets.Examples;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.StepThreshold;
import preflab.datasets.sample.CharTokenizer;
import preflab.engine.batch.TokenXray.Part;
import preflab.engine.batch.TokenXray.Side;
import preflab.engine.objective.Group;
import preflab.engine.objective.Needs;
import preflab.engine.objective.Scores;

/** One character is one token here; BOS begins and EOS ends every sequence. */
class TokenXrayTest {

    @TempDir
    static Path folder;
    private static TextTokenizer tokenizer;

    @BeforeAll
    static void load() throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), CharTokenizer.json(), StandardCharsets.UTF_8);
        Files.writeString(folder.resolve("tokenizer_config.json"),
                "{\"bos_token\": \"<s>\", \"eos_token\": \"</s>\"}", StandardCharsets.UTF_8);
        tokenizer = TextTokenizer.load(folder);
    }

    @AfterAll
    static void close() {
        tokenizer.close();
    }

    /** Completions lose their end where they must. */
    private static Truncation limit(int tokens, Truncation.Mode prompts) {
        return new Truncation(tokens, 0, prompts, Truncation.Mode.CUT_RIGHT, tokenizer.bosId());
    }

    private static TokenXray xray(PreferenceExample row, Class<? extends Scores> scores, Truncation truncation) {
        return TokenXray.of(row, scores, Needs.policyOnly(), new StepThreshold(0), tokenizer, truncation);
    }

    /** P prompt, A active, m masked, - cut. */
    private static String parts(Side side) {
        return side.tokens().stream().map(token -> switch (token.part()) {
            case PROMPT -> "P";
            case ACTIVE -> "A";
            case MASKED -> "m";
            case CUT -> "-";
        }).collect(Collectors.joining());
    }

    private static DataSurvey survey(ExampleView rows, Truncation truncation) {
        return DataSurvey.of(rows, new Collator(Scores.Pairs.class, tokenizer::encode, new StepThreshold(0)),
                truncation, done -> {
                }, () -> false);
    }

    @Test
    void bothSidesShowTheirTextsTokensSeamAndMask() {
        TokenXray xray = xray(Examples.paired("1+1=", "2", "13"), Scores.Pairs.class,
                limit(64, Truncation.Mode.KEEP));

        assertThat(xray.fate()).isEqualTo(RowFate.WHOLE);
        assertThat(xray.sides()).extracting(Side::group).containsExactly(Group.CHOSEN, Group.REJECTED);
        Side chosen = xray.sides().getFirst();
        assertThat(chosen.promptText()).isEqualTo("1+1=");
        assertThat(chosen.completionText()).isEqualTo("2");
        assertThat(parts(chosen)).isEqualTo("PPPPPAA");
        assertThat(parts(xray.sides().getLast())).isEqualTo("PPPPPAAA");
        assertThat(chosen.promptLength()).isEqualTo(5);
        assertThat(chosen.tokens().getFirst().id()).isEqualTo(tokenizer.bosId());
        assertThat(chosen.tokens().getLast().id()).isEqualTo(tokenizer.eosId());
        assertThat(chosen.tokens().get(5).piece()).isEqualTo("2");
    }

    @Test
    void theCutIsWhereTrainingCuts() {
        PreferenceExample row = Examples.paired("1+1=", "234", "5");

        TokenXray right = xray(row, Scores.Pairs.class, limit(7, Truncation.Mode.KEEP));
        TokenXray left = xray(row, Scores.Pairs.class, limit(7, Truncation.Mode.CUT_LEFT));

        assertThat(right.fate()).isEqualTo(RowFate.CUT_COMPLETION);
        assertThat(left.fate()).isEqualTo(RowFate.CUT_PROMPT);
        assertThat(parts(right.sides().get(0))).isEqualTo("PPPPPAA--");
        assertThat(parts(right.sides().get(1))).isEqualTo("PPPPPAA");
        assertThat(parts(left.sides().get(0))).as("BOS stays").isEqualTo("P--PPAAAA");
        assertThat(parts(left.sides().get(1))).as("both lose the same of their prompt").isEqualTo("P--PPAA");
        assertThat(right.sides().getFirst().promptTokensCut()).isZero();
        assertThat(right.sides().getFirst().completionTokensCut()).isEqualTo(2);
        assertThat(left.sides().getFirst().promptTokensCut()).isEqualTo(2);
        assertThat(left.sides().getFirst().completionTokensCut()).isZero();
    }

    @Test
    void tokensOfUnmarkedStepsAreMasked() {
        TokenXray xray = xray(Examples.stepwise("1+1=", false, Step.labelled("23", StepLabel.BAD),
                Step.labelled("4", StepLabel.UNMARKED)), Scores.Steps.class, limit(64, Truncation.Mode.KEEP));

        assertThat(parts(xray.sides().getFirst())).startsWith("PPPPPAAm");
        assertThat(xray.sides().getFirst().activeTokens()).isEqualTo(2);
        assertThat(xray.sides().getFirst().tokens()).extracting(TokenXray.Token::part).contains(Part.MASKED);
    }

    @Test
    void aRowSaysWhatBecomesOfIt() {
        PreferenceExample row = Examples.paired("1+1=", "23", "24");

        assertThat(xray(row, Scores.Pairs.class, limit(5, Truncation.Mode.KEEP)).fate())
                .isEqualTo(RowFate.PROMPT_FILLS);
        assertThat(xray(row, Scores.Pairs.class, limit(6, Truncation.Mode.KEEP)).fate())
                .isEqualTo(RowFate.EQUAL_SIDES);
        assertThat(xray(row, Scores.Pairs.class, limit(5, Truncation.Mode.DROP)).fate()).isEqualTo(RowFate.DROPPED);
        assertThat(xray(Examples.unpaired("1+1=", "3", false), Scores.Demonstrations.class,
                limit(64, Truncation.Mode.DROP)).fate()).isEqualTo(RowFate.SILENT);
    }

    @Test
    void aSurveyCountsRowsAndTokensAndNamesTheRows() {
        ExampleView rows = Examples.view(Examples.paired("1=", "2", "3"), Examples.paired("1+1+1+1=", "4", "5"),
                Examples.paired("1=", "12345678", "9"), Examples.paired("1+1=", "2", "2"));

        DataSurvey survey = survey(rows, limit(9, Truncation.Mode.KEEP));

        assertThat(survey.count(RowFate.WHOLE)).isEqualTo(1);
        assertThat(survey.rowsOf(RowFate.PROMPT_FILLS)).containsExactly(1);
        assertThat(survey.rowsOf(RowFate.CUT_COMPLETION)).containsExactly(2);
        assertThat(survey.rowsOf(RowFate.EQUAL_SIDES)).containsExactly(3);
        assertThat(survey.tokens()).as("two of 5, two of 11, 12 and 5, two of 7").isEqualTo(63);
        assertThat(survey.tokensCut()).as("two each, and 3").isEqualTo(7);
        assertThat(survey.promptTokensCut()).isZero();
        assertThat(survey.cutReport(limit(9, Truncation.Mode.KEEP))).hasValue(
                "1 of 4 rows (25.0 %) are longer than 9 tokens: 1 lost a completion's end (row 2)");
        assertThat(survey.refusal(limit(9, Truncation.Mode.KEEP)).orElseThrow())
                .startsWith("1 of 4 rows have a prompt that fills 9 tokens").contains("(row 1,").contains("cut_left");
    }

    @Test
    void theSurveyAgreesWithWhatIsTrainedOn() {
        ExampleView rows = Examples.view(Examples.paired("1=", "2", "3"), Examples.paired("1+1+1+1=", "4", "5"),
                Examples.paired("1=", "12345678", "9"));
        for (Truncation.Mode mode : Truncation.Mode.values()) {
            Truncation truncation = limit(9, mode);
            DataSurvey survey = survey(rows, truncation);
            preflab.engine.batch.Examples trained = preflab.engine.batch.Examples.of(rows, 10,
                    new Collator(Scores.Pairs.class, tokenizer::encode, new StepThreshold(0)), truncation);

            int cut = survey.count(RowFate.CUT_PROMPT) + survey.count(RowFate.CUT_COMPLETION)
                    + survey.count(RowFate.CUT_BOTH);
            assertThat(survey.count(RowFate.WHOLE) + cut).isEqualTo(trained.items().size());
            assertThat(cut).isEqualTo(trained.cut());
            assertThat(survey.cutReport(truncation)).isEqualTo(trained.cutReport(truncation));
            assertThat(survey.count(RowFate.DROPPED)).isEqualTo(trained.dropped());
            assertThat(survey.refusal(truncation)).isEqualTo(trained.refusal(truncation));
            assertThat(survey.refusal(truncation).isPresent()).isEqualTo(mode == Truncation.Mode.KEEP);
        }
    }

    @Test
    void stepPairsAreSurveyedPairByPair() {
        ExampleView rows = Examples.view(
                Examples.stepwise("1+1=", true, Step.labelled("2", StepLabel.GOOD)),
                Examples.stepwise("1+1=", false, Step.labelled("3", StepLabel.BAD)),
                Examples.stepwise("2+2=", false, Step.labelled("3", StepLabel.BAD)));

        DataSurvey survey = DataSurvey.of(rows,
                new Collator(Scores.StepPairs.class, tokenizer::encode, new StepThreshold(0)),
                limit(64, Truncation.Mode.KEEP), done -> {
                }, () -> false);

        assertThat(survey.count(RowFate.WHOLE)).isEqualTo(1);
        assertThat(survey.count(RowFate.SILENT)).isEqualTo(1);
        assertThat(List.of(survey.rows())).containsExactly(3);
    }
}
