package preflab.datasets.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static preflab.datasets.example.StepLabel.BAD;
import static preflab.datasets.example.StepLabel.GOOD;
import static preflab.datasets.example.StepLabel.NEUTRAL;
import static preflab.datasets.example.StepLabel.UNMARKED;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import preflab.datasets.SharedData;
import preflab.datasets.example.Content;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Ranked;
import preflab.datasets.example.Ranked.Candidate;
import preflab.datasets.example.Step;
import preflab.datasets.example.Stepwise;
import preflab.datasets.example.Unlearning;
import preflab.datasets.example.Unpaired;
import preflab.datasets.importer.TempFiles.Read;

/** Benchmarks', trees' and annotation tools' formats: what each row becomes, on real rows and on small ones. */
class MoreFormatsTest {

    @TempDir
    Path temp;

    /** Single quotes stand for double ones. */
    private Read read(String row) {
        return TempFiles.read(TempFiles.write(temp, "rows.jsonl", row.replace('\'', '"')));
    }

    private String problem(String row) {
        Read read = read(row);
        assertThat(read.rows()).isEmpty();
        return read.report().problems().getFirst().problem();
    }

    private static List<PreferenceExample> shared(String file) {
        return TempFiles.read(SharedData.data(file)).rows();
    }

    private static Stepwise stepwise(PreferenceExample row) {
        return (Stepwise) row;
    }

    @Test
    void thePathOfRatedStepsIsWhatPeopleChoseOrWrote() {
        List<PreferenceExample> rows = shared("prm800k/samples_prm800k.jsonl");

        // the second step of the first row was written by a person: unmarked, which is not neutral
        assertThat(stepwise(rows.getFirst()).steps()).extracting(Step::label).containsExactly(GOOD, UNMARKED, GOOD,
                GOOD, GOOD, GOOD);
        assertThat(stepwise(rows.getFirst()).steps().get(1).text()).isEqualTo("We have $3p+e=1.24$ and $5p+e=1.82$.\n");
        // the second row ends in the step of the judged solution that is its error; the others are mere alternatives
        assertThat(stepwise(rows.get(1)).steps()).extracting(Step::label).containsExactly(GOOD, NEUTRAL, GOOD, GOOD,
                GOOD, GOOD, BAD);
        assertThat(rows.getFirst().source().side()).containsKeys("label", "question", "labeler");
    }

    @Test
    void aProblemCalledBadIsNotImported() {
        assertThat(problem("{'question':{'problem':'p'},'label':{'finish_reason':'bad_problem','steps':"
                + "[{'completions':[{'text':'a','rating':1}],'chosen_completion':0}]}}")).contains("bad_problem");
    }

    @Test
    void stepsAfterTheFirstErrorAreUnmarkedAndNotWrong() {
        List<PreferenceExample> rows = shared("processbench/gsm8k.json");
        List<Step> steps = rows.stream().flatMap(row -> stepwise(row).steps().stream()).toList();

        assertThat(stepwise(rows.getFirst()).steps()).extracting(Step::label).startsWith(GOOD, BAD, UNMARKED);
        assertThat(steps).hasSize(2082);
        assertThat(steps).filteredOn(step -> step.label() == UNMARKED).hasSize(514);
        assertThat(steps).filteredOn(step -> step.label() == BAD).hasSize(400 - 193);
        assertThat(rows).filteredOn(row -> stepwise(row).answerCorrect().orElseThrow()
                && stepwise(row).steps().stream().anyMatch(step -> step.label() == BAD)).hasSize(7);
    }

    @Test
    void anErrorOutsideTheStepsIsRejected() {
        assertThat(problem("{'problem':'p','steps':['a','b'],'label':2}")).contains("2 steps");
    }

    @Test
    void tagsLeaveTheStepsAndNothingElseDoes() {
        List<PreferenceExample> rows = shared("math_shepherd/samples_math-shepherd.jsonl");

        Stepwise third = stepwise(rows.get(2));
        assertThat(third.steps()).extracting(Step::label).containsExactly(BAD, BAD);
        assertThat(third.prompt().text()).doesNotEndWith(" ").doesNotContain("Step 1:");
        assertThat(third.steps().getFirst().text()).startsWith(" Step 1:");
        assertThat(third.steps().getLast().text()).startsWith("\nStep 2:").endsWith("The answer is: 40");
    }

    @Test
    void taggedTextAndItsLabelsMustBeTheSameText() {
        assertThat(problem("{'input':'q Step 1: a ки\\nStep 2: b ки','label':'q Step 1: a +\\nStep 2: c -'}"))
                .startsWith("is not the tagged text");
        assertThat(problem("{'question':'q','process':'Step 1: a ки','labels':[1,0]}")).isEqualTo(
                "has 2 entries for 1 steps");
    }

    @Test
    void labelsInAListBelongToTheTagsInOrder() {
        Stepwise second = stepwise(shared("math_shepherd/openr_prm_test.json").get(1));

        assertThat(second.steps()).extracting(Step::label).containsExactly(GOOD, GOOD, GOOD, BAD);
        assertThat(second.steps().getFirst().text()).isEqualTo("Step 1: Janet's ducks lay 16 eggs per day.");
    }

    @Test
    void successRatesBecomeValuesAndNeverLabels() {
        Read read = read("{'question':'q','reasoning_steps':[{'solution_prefix':'q','mc_value':0.75},"
                + "{'solution_prefix':'q\\na','mc_value':0.25},{'solution_prefix':'q\\na','mc_value':0.75},"
                + "{'solution_prefix':'q\\na\\nb','mc_value':1.0},{'solution_prefix':'q\\nc','mc_value':0.0}]}");

        // two rollouts; the rate of the prefix met twice is its mean: 2 * (0.25 + 0.75) / 2 - 1 = 0
        assertThat(read.rows()).extracting(row -> stepwise(row).steps()).containsExactly(
                List.of(Step.valued("\na", 0), Step.valued("\nb", 1)), List.of(Step.valued("\nc", -1)));
        assertThat(read.rows()).extracting(row -> row.id().index()).containsExactly(0, 1);
    }

    @Test
    void everyRolloutOfAPrefixListIsThereInFull() {
        assertThat(shared("math_aps/samples_math-aps.jsonl")).allSatisfy(row -> {
            assertThat(stepwise(row).steps()).isNotEmpty().allMatch(step -> step.q().isPresent());
            assertThat(stepwise(row).steps()).allMatch(step -> step.label() == UNMARKED);
        });
    }

    @Test
    void everyLeafOfATreeIsAnAnswerInParagraphs() {
        Read read = read("{'question':'q','reasoning_steps':{'text':'q','mc_value':0.5,'children':[{'text':'a',"
                + "'mc_value':0.75,'children':[{'text':'b','mc_value':1.0,'children':[]},{'text':'c','mc_value':0.0,"
                + "'children':[]}]}]}}");

        assertThat(read.rows()).extracting(row -> stepwise(row).answer()).containsExactly("a\n\nb", "a\n\nc");
        assertThat(stepwise(read.rows().getLast()).steps()).containsExactly(Step.valued("a\n\n", 0.5),
                Step.valued("c", -1));
    }

    @Test
    void aRateAboveOneIsRejected() {
        assertThat(problem("{'question':'q','reasoning_steps':{'text':'q','mc_value':0.5,'children':"
                + "[{'text':'a','mc_value':1.5,'children':[]}]}}")).contains("[0, 1]");
    }

    @Test
    void valuesFromRatingProbabilitiesMultiplyToTheModelsOwnScore() {
        Stepwise row = stepwise(shared("prm800k/RM-scored-example.json").getFirst());
        double product = row.steps().stream().mapToDouble(step -> (step.q().orElseThrow() + 1) / 2)
                .reduce(1, (a, b) -> a * b);

        assertThat(product).isCloseTo(0.09157553704097245, within(1e-9)); // its prm_score
        assertThat(row.answerCorrect()).contains(true);
        assertThat(row.steps()).allMatch(step -> step.label() == UNMARKED);
    }

    @Test
    void stepsInsideAMessageKeepTheirValuesAndTheLastOneIsTheReward() {
        Read read = read("{'prompt':[{'role':'user','content':'q'}],'response':[{'role':'assistant','content':"
                + "'[{\\'step\\':\\'<p>a</p>\\',\\'Q\\':\\'0.62\\'},{\\'step\\':\\'b\\',\\'Q\\':\\'-1.0\\'}]'}]}"
                        .replace("\\'", "\\\""));

        Stepwise row = stepwise(read.rows().getFirst());
        assertThat(row.steps()).containsExactly(Step.valued("<p>a</p>", 0.62), Step.valued("b", -1));
        assertThat(row.answerCorrect()).contains(false);
    }

    @Test
    void theSameFirstStepsArePartOfThePrompt() {
        Paired row = (Paired) read("{'prompt':'q','initial_reason_steps':'Step 1: a\\nStep 2:','chosen':' b',"
                + "'rejected':' c','full_chosen':'…','answer':'4'}").rows().getFirst();

        assertThat(row.prompt()).isEqualTo(Content.of("q\nStep 1: a\nStep 2:"));
        assertThat(row.chosen()).isEqualTo(Content.of(" b"));
        assertThat(row.source().side()).containsKeys("full_chosen", "answer");
    }

    @Test
    void aScoreIsTheMeanOfTheRatingsAndNotTheOverallScore() {
        Ranked row = (Ranked) read("{'instruction':'q','completions':[{'response':'a','overall_score':10,"
                + "'annotations':{'helpfulness':{'Rating':'1'},'honesty':{'Rating':'N/A'},'truthfulness':"
                + "{'Rating':'2'}}},{'response':'b','overall_score':7,'annotations':{'helpfulness':{'Rating':'4'},"
                + "'honesty':{'Rating':'5'}}},{'response':'c','annotations':{'honesty':{'Rating':'N/A'}}}]}").rows()
                .getFirst();

        assertThat(row.candidates()).containsExactly(new Candidate(Content.of("a"), 1.5),
                new Candidate(Content.of("b"), 4.5));
    }

    @Test
    void rankNoughtIsTheBestReplyAndThePathIsThePrompt() {
        List<PreferenceExample> rows = shared("openassistant/en_trees_first60.jsonl");
        Ranked first = (Ranked) rows.getFirst();

        assertThat(first.prompt().text()).isEqualTo("How can I find the best 401k plan for my needs?");
        assertThat(first.candidates()).extracting(Candidate::score).startsWith(0.0, -1.0, -2.0);
        assertThat(rows).extracting(row -> row.source().row()).startsWith(1L).endsWith(60L);
        assertThat(rows).allSatisfy(row -> assertThat(((Content.Chat) row.prompt()).messages().getLast().role())
                .isEqualTo("user"));
    }

    @Test
    void annotationsDecideByMajorityAndCancelledOnesDoNotCount() {
        String data = "'data':{'prompt':'p','answer1':'a','answer2':'b'}}";
        String left = "{'result':[{'value':{'selected':'left'}}],'was_cancelled':false}";
        String right = "{'result':[{'value':{'selected':'right'}}],'was_cancelled':false}";
        String cancelled = left.replace("false", "true");

        Paired row = (Paired) read("{'annotations':[" + right + "," + cancelled + "]," + data).rows().getFirst();
        assertThat(row.chosen()).isEqualTo(Content.of("b"));
        assertThat(problem("{'annotations':[" + right + "," + left + "]," + data)).contains("no majority");
        assertThat(problem("{'annotations':[" + cancelled + "]," + data)).contains("nobody judged");
    }

    @Test
    void everyModelsSolutionIsAnExampleWithItsOwnVerdict() {
        List<PreferenceExample> rows = shared("gsm8k/example_model_solutions.jsonl");

        assertThat(rows).filteredOn(row -> ((Unpaired) row).accepted()).hasSize(615);
        assertThat(rows.get(3).source().side()).containsEntry("model", "\"175b_verification\"")
                .containsOnlyKeys("model", "ground_truth");
    }

    @Test
    void theReasoningIsForgottenWithItsAnswer() {
        Unlearning row = (Unlearning) shared("r_tofu/forget01_first20.json").getFirst();

        assertThat(row.forget()).isTrue();
        assertThat(row.completion().text()).startsWith("Let's figure out the full name").endsWith(
                "\n\nThe full name of the fictitious author born in Kuwait City, Kuwait on the 8th of September, 1956"
                        + " is Basil Mahfouz Al-Kuwaiti.");
        assertThat(shared("tofu/forget01_perturbed.json").getFirst().source().side()).containsKeys("perturbed_answer",
                "paraphrased_answer");
    }

    @Test
    void ratedAnswersAreReadAsDemonstrationsOnlyWhenSomebodySaysSo() {
        Path file = SharedData.data("card_rows/helpsteer2_row.json");

        assertThat(Importers.detect(file).kind()).isEmpty();
        assertThatThrownBy(() -> TempFiles.read(file)).hasMessageContaining("Needed: a threshold");
        Read read = TempFiles.read(file, new Hints(Optional.of(Kind.SFT), FieldMapping.NONE));
        assertThat(read.rows().getFirst().source().side()).containsEntry("correctness", "4");
    }
}
