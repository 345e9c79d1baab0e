package preflab.datasets.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import preflab.datasets.example.Content;
import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetException.Code;
import preflab.datasets.example.Demonstration;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Message;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Ranked;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.Stepwise;
import preflab.datasets.example.Unlabelled;
import preflab.datasets.example.Unlearning;
import preflab.datasets.example.Unpaired;
import preflab.datasets.importer.TempFiles.Read;

class FormatsTest {

    @TempDir
    Path temp;

    /** Single quotes stand for double ones. */
    private Path file(String name, String... rows) {
        return TempFiles.write(temp, name, String.join("\n", rows).replace('\'', '"'));
    }

    private PreferenceExample one(String row) {
        Read read = TempFiles.read(file("rows.jsonl", row));
        assertThat(read.report().problems()).isEmpty();
        return read.rows().getFirst();
    }

    private String problem(String row) {
        Read read = TempFiles.read(file("rows.jsonl", row));
        assertThat(read.rows()).isEmpty();
        Problem problem = read.report().problems().getFirst();
        return problem.field() + " " + problem.problem();
    }

    private static List<String> turns(Content content) {
        return ((Content.Chat) content).messages().stream().map(m -> m.role() + ":" + m.content()).toList();
    }

    @ParameterizedTest
    @CsvSource({"question, response_j, response_k", "instruction, preferred, non_preferred",
            "query, win, lose", "context, chosen_response, rejected_response", "history, positive, negative",
            "input, response_chosen, response_rejected"})
    void pairsAreFoundUnderTheirOtherNames(String prompt, String chosen, String rejected) {
        Paired row = (Paired) one("{'" + prompt + "':'p','" + chosen + "':'good','" + rejected + "':'bad'}");

        assertThat(row.prompt()).isEqualTo(Content.of("p"));
        assertThat(row.chosen()).isEqualTo(Content.of("good"));
        assertThat(row.rejected()).isEqualTo(Content.of("bad"));
    }

    @Test
    void theOpenAiShapeIsAPair() {
        Paired row = (Paired) one("{'input':{'messages':[{'role':'user','content':'p'}]},'preferred_output':"
                + "[{'role':'assistant','content':'good'}],'non_preferred_output':[{'role':'assistant','content':'bad'}]}");

        assertThat(turns(row.prompt())).containsExactly("user:p");
        assertThat(turns(row.rejected())).containsExactly("assistant:bad");
    }

    @Test
    void stringAnswersBesideAConversationAreAssistantTurns() {
        Paired row = (Paired) one(
                "{'conversations':[{'from':'human','value':'p'}],'chosen':'good','rejected':{'from':'gpt','value':'bad'}}");

        assertThat(turns(row.chosen())).containsExactly("assistant:good");
        assertThat(turns(row.rejected())).containsExactly("assistant:bad");
    }

    @Test
    void answersThatRepeatThePromptAreCutWhereTheyPart() {
        Paired row = (Paired) one("{'prompt':'p','chosen':[{'role':'user','content':'p'},"
                + "{'role':'assistant','content':'good'}],'rejected':[{'role':'user','content':'p'},"
                + "{'role':'assistant','content':'bad'}],'score_chosen':8.5}");

        assertThat(turns(row.prompt())).containsExactly("user:p");
        assertThat(turns(row.chosen())).containsExactly("assistant:good");
        assertThat(row.source().side()).containsExactly(Map.entry("score_chosen", "8.5"));
    }

    @Test
    void systemAndHistoryMakeThePromptAConversation() {
        Paired row = (Paired) one("{'system':'be brief','history':[['q1','a1']],'instruction':'do','input':'this',"
                + "'chosen':'good','rejected':'bad'}");

        assertThat(turns(row.prompt())).containsExactly("system:be brief", "user:q1", "assistant:a1", "user:do\nthis");
    }

    @ParameterizedTest
    @CsvSource({"Flat is better than nested. | Flat is better than chocolate., Flat is better than",
            "to break the rules | to become unicorns, to", "a b | a b c, a", "说好话 | 说坏话, 说",
            "Line:\\none | Line:\\ntwo, Line:"})
    void impliedPromptsEndBeforeAWord(String sides, String prompt) {
        String[] side = sides.split(" \\| ", -1);
        Paired row = (Paired) one("{'chosen':'" + side[0] + "','rejected':'" + side[1] + "'}");

        assertThat(row.prompt().text()).isEqualTo(prompt);
        assertThat(prompt + row.chosen().text()).isEqualTo(side[0].replace("\\n", "\n"));
        assertThat(prompt + row.rejected().text()).isEqualTo(side[1].replace("\\n", "\n"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{'prompt':'p','chosen':'a','rejected':'a'} | chosen and rejected are equal: such a pair says nothing",
            "{'prompt':'p','chosen':' ','rejected':'a'} | chosen is empty",
            "{'prompt':'p','chosen':'a','rejected':''} | rejected is empty",
            "{'prompt':'','chosen':'a','rejected':'b'} | prompt is empty",
            "{'chosen':'a','rejected':'b'} | chosen and rejected share no first words that could be the prompt",
            "{'prompt':'p','chosen':[{'role':'assistant','content':'a'},{'role':'user','content':'b'}],"
                    + "'rejected':'c'} | chosen ends in a user turn; an answer must end in an assistant turn",
            "{'messages':[{'role':'user','content':'a'}]} | messages ends in a user turn; an answer must end in an "
                    + "assistant turn",
            "{'messages':[{'role':'assistant','content':'a'}]} | messages holds an answer only, and no turn before it",
            "{'messages':[{'role':'user','content':'a'},{'role':'assistant','content':null}]} | messages holds a "
                    + "message whose content is null, not a text",
            "{'prompt':'p','completion':'c','label':2} | label is 2; allowed are true/false, 1/0, 1/-1, '+'/'-' and "
                    + "'good'/'bad', or ratings with the least good one (label = label>=3)",
            "{'prompt':'p','completion':'c\\ud83d','label':1} | completion holds half of a surrogate pair (\\ud83d), "
                    + "which is no character",
            "{'prompt':'p','completions':['a','b'],'labels':[true]} | labels has 1 entries for 2 steps",
            "{'prompt':'p','completions':['a',''],'labels':[true,false]} | completions holds an empty step",
            "{'prompt':'p','completions':['a'],'labels':[null],'q':[1.5]} | q holds 1.5; values must be numbers in "
                    + "[-1, 1] or null",
            "{'prompt':'p','completions':['a','b'],'scores':[1,1]} | completions are all ranked equal: such a row says "
                    + "nothing"})
    void rowsThatCannotBeUsedAreRejectedWithTheirReason(String row, String problem) {
        assertThat(problem(row)).isEqualTo(problem.replace('\'', '"'));
    }

    @Test
    void oneRowWithoutAColumnDoesNotSpoilTheOthers() {
        Read read = TempFiles.read(file("rows.jsonl", "{'prompt':'p','chosen':'a','rejected':'b'}",
                "{'prompt':'p','chosen':'a'}", "{'prompt':7,'chosen':'a','rejected':'b'}",
                "{'prompt':'p','chosen':null,'rejected':'b'}"));

        assertThat(read.rows()).hasSize(1);
        assertThat(read.report().problems()).containsExactly(new Problem(2, "rejected", "is missing"),
                new Problem(3, "prompt", "is 7; a text, a message or a list of messages is needed"),
                new Problem(4, "chosen", "is missing"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"true", "1", "1.0", "'+'", "'good'", "'True'"})
    void acceptedIsSpeltManyWays(String label) {
        assertThat(((Unpaired) one("{'prompt':'p','completion':'c','label':" + label + "}")).accepted()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"false", "0", "-1", "'-'", "'bad'", "'FALSE'"})
    void rejectedIsSpeltManyWays(String label) {
        assertThat(((Unpaired) one("{'prompt':'p','completion':'c','label':" + label + "}")).accepted()).isFalse();
    }

    @Test
    void stepLabelsKeepNeutralAndUnmarkedApart() {
        Stepwise row = (Stepwise) one("{'prompt':'p','completions':['a','b','c','d'],'labels':[1,0,-1,null],"
                + "'q':[0.5,null,-1,0],'answer_correct':false}");

        assertThat(row.steps()).extracting(Step::label).containsExactly(StepLabel.GOOD, StepLabel.NEUTRAL,
                StepLabel.BAD, StepLabel.UNMARKED);
        assertThat(row.steps().getFirst().q()).hasValue(0.5);
        assertThat(row.steps().get(1).q()).isEmpty();
        assertThat(row.answerCorrect()).contains(false);
    }

    @Test
    void zeroMeansBadWhereNoMinusOneIsAboutAndALaterMinusOneIsRejected() {
        String binary = "{'prompt':'p','completions':['a','b'],'labels':[1,0]}";
        String[] rows = new String[Head.ROWS + 2];
        java.util.Arrays.fill(rows, binary);
        rows[Head.ROWS + 1] = "{'prompt':'p','completions':['a','b'],'labels':[1,-1]}";

        Read read = TempFiles.read(file("rows.jsonl", rows));

        assertThat(((Stepwise) read.rows().getFirst()).steps().get(1).label()).isEqualTo(StepLabel.BAD);
        assertThat(read.report().problems()).singleElement().satisfies(problem -> assertThat(problem.problem())
                .startsWith("holds -1 in a file whose first rows count 1 and 0 only"));
    }

    @Test
    void ranksAndScoresBothPutTheBestFirst() {
        Ranked ranks = (Ranked) one("{'prompt':'p','answers':[{'answer':'a','rank':2.0},{'answer':'b','rank':1.0}]}");
        Ranked scores = (Ranked) one("{'prompt':'p','completions':['a','b','c'],'scores':[0.1,0.9,0.5]}");

        assertThat(ranks.candidates()).extracting(Ranked.Candidate::score).containsExactly(-2.0, -1.0);
        assertThat(scores.candidates()).extracting(Ranked.Candidate::score).containsExactly(0.1, 0.9, 0.5);
    }

    @Test
    void typedPartsOfAMessageAreJoinedAndPicturesRefused() {
        Demonstration row = (Demonstration) one("{'messages':[{'role':'user','content':[{'type':'text','text':'a'},"
                + "{'type':'text','text':'b'}]},{'role':'assistant','content':'c'}]}");

        assertThat(row.prompt()).isEqualTo(Content.of(List.of(new Message("user", "ab"))));
        assertThat(problem("{'messages':[{'role':'user','content':[{'type':'image_url'}]},"
                + "{'role':'assistant','content':'c'}]}"))
                .isEqualTo("messages holds a message part of type 'image_url'; only texts can be used");
    }

    @Test
    void questionsAndAnswersAreDemonstrationsUnlessTheFileSaysForgetOrRetain() {
        String row = "{'question':'q','answer':'a'}";

        assertThat(Importers.detect(file("facts.jsonl", row)).kind()).contains(Kind.SFT);
        assertThat(TempFiles.read(file("forget01.json", row)).rows().getFirst())
                .isInstanceOfSatisfying(Unlearning.class, e -> assertThat(e.forget()).isTrue());
        assertThat(TempFiles.read(file("my_retain95.json", row)).rows().getFirst())
                .isInstanceOfSatisfying(Unlearning.class, e -> assertThat(e.forget()).isFalse());
        assertThat(TempFiles.read(file("facts.jsonl", "{'question':'q','answer':'a','split':'retain90'}"),
                new Hints(Optional.of(Kind.FORGET_RETAIN), FieldMapping.NONE)).rows()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {
            "{'history':'p','human_ref_A':'bad','human_ref_B':'good','labels':0,'score_A':9,'score_B':1}",
            "{'prompt':'p','response_1':'bad','response_2':'good','preference_strength':2}",
            "{'prompt':'p','response_1':'good','response_2':'bad','preference_strength':-1}",
            "{'question':{'full_text':'p'},'answer_0':'bad','answer_1':'good','score_0':-0.5,'score_1':0.5}",
            "{'instruction':'p','input':'','output_1':'good','output_2':'bad','preference':1}",
            "{'prompt':'p','response_a':'good','response_b':'bad','winner':'model_a'}",
            "{'prompt':'p','answer1':'x','answer2':'y','chosen':'good','rejected':'bad'}"})
    void comparisonsBecomePairsWhicheverWayTheirVerdictCounts(String text) {
        Paired row = (Paired) one(text);

        assertThat(row.prompt().text()).isEqualTo("p");
        assertThat(row.chosen().text()).isEqualTo("good");
        assertThat(row.rejected().text()).isEqualTo("bad");
    }

    @Test
    void arenaConversationsArePairedWhereTheyPart() {
        Paired row = (Paired) one(
                "{'conversation_a':[{'role':'user','content':'p'},{'role':'assistant','content':'bad'}],"
                        + "'conversation_b':[{'role':'user','content':'p'},{'role':'assistant','content':'good'}],"
                        + "'winner':'model_b','turn':1}");

        assertThat(turns(row.prompt())).containsExactly("user:p");
        assertThat(turns(row.chosen())).containsExactly("assistant:good");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{'prompt':'p','response_1':'a','response_2':'b','preference_strength':0} | preference_strength calls it a "
                    + "tie: such a row says nothing",
            "{'prompt':'p','response_a':'a','response_b':'b','winner':'tie (bothbad)'} | winner calls it a tie: such a "
                    + "row says nothing",
            "{'prompt':'p','response_a':'a','response_b':'b','winner':'gpt'} | winner is 'gpt'; allowed are model_a, "
                    + "model_b and tie",
            "{'prompt':'p','output_1':'a','output_2':'b','preference':3} | preference is 3; allowed are 1 (the first "
                    + "answer) and 2 (the second)",
            "{'prompt':'p','output_1':'a','output_2':' ','preference':1} | output_2 is empty"})
    void comparisonsThatSayNothingAreRejected(String row, String problem) {
        assertThat(problem(row)).isEqualTo(problem);
    }

    @Test
    void answersWithoutAVerdictAreToBeLabelled() {
        Unlabelled two = (Unlabelled) one("{'instruction':'i','output_1':'a','output_2':'b'}");
        Unlabelled list = (Unlabelled) one("{'prompt':'p','responses':['a','b','c']}");

        assertThat(two.completions()).extracting(Content::text).containsExactly("a", "b");
        assertThat(list.completions()).hasSize(3);
    }

    @Test
    void unknownShapesAreSaidToBeUnknownWithWhatWouldHelp() {
        Path file = file("ab.jsonl", "{'problem':'p','steps':['a','b'],'remark':-1}");

        Detection detection = Importers.detect(file);

        assertThat(detection.kind()).isEmpty();
        assertThat(detection.format()).isEqualTo("unknown");
        assertThat(detection.columns()).containsExactly("problem", "steps", "remark");
        assertThat(detection.reason())
                .startsWith("these columns are of no known format: problem (text), steps (list of texts), "
                        + "remark (number). Needed: ")
                .contains("prompt, chosen, rejected").endsWith("Other column names can be mapped.");
        assertThatThrownBy(() -> Importers.plan(file, Hints.NONE)).isInstanceOfSatisfying(DatasetException.class,
                e -> assertThat(e.code()).isEqualTo(Code.UNKNOWN_FORMAT));
    }

    @Test
    void columnsGivenByHandWin() {
        Path file = file("ab.jsonl", "{'instruction':'i','output_1':'a','output_2':'b','chosen':'zzz','rejected':'y'}");
        FieldMapping mapping = new FieldMapping(Map.of("chosen", "output_2", "rejected", "output_1"));

        Paired row = (Paired) TempFiles.read(file, new Hints(Optional.empty(), mapping)).rows().getFirst();

        assertThat(row.chosen().text()).isEqualTo("b");
        assertThat(row.rejected().text()).isEqualTo("a");
    }

    @Test
    void mappingsToNowhereAreRefused() {
        Path file = file("rows.jsonl", "{'a':'b'}");

        assertThatThrownBy(() -> Importers.detect(file, hints("prompt", "absent"))).isInstanceOfSatisfying(
                DatasetException.class, e -> assertThat(e.code()).isEqualTo(Code.BAD_MAPPING))
                .hasMessage("there is no column 'absent' in rows.jsonl; its columns are a (text)");
        assertThatThrownBy(() -> Importers.detect(file, hints("promt", "a")))
                .hasMessageStartingWith("there is no field 'promt'; a column can be mapped to ");
    }

    @Test
    void aKindCanBeAskedForAndRefused() {
        Path file = file("rows.jsonl", "{'prompt':'p','chosen':'a','rejected':'b'}");

        Detection prompts = Importers.detect(file, new Hints(Optional.of(Kind.STEPWISE), FieldMapping.NONE));

        assertThat(prompts.kind()).isEmpty();
        assertThat(prompts.reason()).startsWith("these columns are not stepwise data: ");
    }

    @Test
    void aDetectionShowsTheFirstRowsAndTheirProblems() {
        Detection detection = Importers.detect(file("rows.jsonl", "{'prompt':'p','chosen':'a','rejected':'b'}", "oops",
                "{'prompt':'p','chosen':'a','rejected':'a'}"));

        assertThat(detection.kind()).contains(Kind.PAIRED);
        assertThat(detection.mapping().columns()).containsEntry("chosen", "chosen").hasSize(3);
        assertThat(detection.fields()).startsWith("chosen", "rejected", "prompt");
        assertThat(detection.firstRows()).hasSize(1);
        assertThat(detection.firstProblems()).extracting(Problem::row).containsExactly(2L, 3L);
    }

    private static Hints hints(String field, String column) {
        return new Hints(Optional.empty(), new FieldMapping(Map.of(field, column)));
    }

    @Test
    void everyImporterIsListedOnceUnderItsOwnName() {
        assertThat(Importers.ALL).extracting(Importer::id).doesNotHaveDuplicates();
        assertThat(Importers.ALL).filteredOn(importer -> importer.fields().isEmpty())
                .as("formats whose column is the question").extracting(Importer::id)
                .containsExactly("stepwise-search-trees");
    }
}
