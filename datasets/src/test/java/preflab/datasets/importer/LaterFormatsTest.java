package preflab.datasets.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import preflab.datasets.example.Source;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.Unlearning;
import preflab.datasets.example.Content;
import preflab.datasets.example.DatasetException;
import preflab.datasets.example.Demonstration;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Message;
import preflab.datasets.example.Paired;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.Stepwise;
import preflab.datasets.importer.TempFiles.Read;

class LaterFormatsTest {

    private static final String TREE = """
            {"What is 1+2?": {"0": {"text": "", "value": -100, "q_value": 0.41, "visit_count": 40},\
             "0.0": {"text": "<step>a</step>\\n", "final_answer": "", "value": 0.3, "q_value": 0.55, "visit_count": 21},\
             "0.0.0": {"text": "<step>3</step>", "final_answer": "3", "value": 1, "q_value": 1.0, "visit_count": 9},\
             "0.1": {"text": "<step>b</step>", "final_answer": "", "value": -100, "q_value": 0, "visit_count": 0},\
             "0.2": {"text": "<step>4</step>", "final_answer": "4", "value": -1, "q_value": -0.25, "visit_count": 4}}}
            """;

    @TempDir
    Path temp;

    @Test
    void everyLeafOfASearchTreeIsAnExampleWithTheQValuesOnItsPath() {
        Read read = TempFiles.read(TempFiles.write(temp, "trees.jsonl", TREE + TREE.replace("1+2", "2+1")));

        assertThat(read.report().format()).isEqualTo("stepwise-search-trees");
        assertThat(read.report().reason()).startsWith("JSON Lines: search trees whose question is the column");
        assertThat(read.rows()).hasSize(6);
        Stepwise right = (Stepwise) read.rows().getFirst();
        assertThat(right.prompt().text()).isEqualTo("What is 1+2?");
        assertThat(right.steps()).containsExactly(Step.valued("<step>a</step>\n", 0.55),
                Step.valued("<step>3</step>", 1));
        assertThat(right.answerCorrect()).contains(true);
        assertThat(((Stepwise) read.rows().get(1)).steps().getFirst())
                .isEqualTo(new Step("<step>b</step>", StepLabel.UNMARKED, OptionalDouble.empty()));
        assertThat(((Stepwise) read.rows().get(1)).answerCorrect()).isEmpty();
        assertThat(((Stepwise) read.rows().get(2)).answerCorrect()).contains(false);
        assertThat(right.source().side()).isEmpty();
    }

    @Test
    void aNodeWithoutItsParentLosesItsRow() {
        Read read = TempFiles.read(TempFiles.write(temp, "trees.jsonl",
                TREE + TREE.replace("1+2", "2+1").replace("\"0.0\"", "\"0.7\"")));

        assertThat(read.report().problems()).singleElement()
                .satisfies(p -> assertThat(p.problem()).isEqualTo("has the node 0.0.0 and no node 0.0"));
        assertThat(read.rows()).hasSize(3);
    }

    @Test
    void aLogOfToolCallsIsNamedAndAConversationThatCallsToolsIsRead() {
        Path log = TempFiles.write(temp, "log.jsonl",
                "{\"timestamp\":1,\"name\":\"search\",\"arguments\":{\"q\":\"x\"},\"output\":\"y\"}\n".repeat(3));
        Path chat = TempFiles.write(temp, "chat.jsonl", """
                {"conversations":[{"from":"human","value":"a"},{"from":"function_call","value":"f()"},\
                {"from":"observation","value":"1"},{"from":"gpt","value":"b"}]}
                """);

        assertThatThrownBy(() -> TempFiles.read(log)).isInstanceOf(DatasetException.class)
                .hasMessageContaining("a log of tool calls");
        assertThat(Importers.detect(chat).reason()).contains("some call tools");
        assertThat(((Demonstration) TempFiles.read(chat).rows().getFirst()).prompt()).isEqualTo(Content.of(List.of(
                new Message("user", "a"), new Message("function_call", "f()"), new Message("observation", "1"))));
    }

    @Test
    void conversationsKeptAsJsonTextsAreConversations() {
        String row = """
                {"id":1,"chosen":"[{\\"role\\":\\"user\\",\\"content\\":\\"p\\"},\
                {\\"role\\":\\"assistant\\",\\"content\\":\\"a\\"}]","rejected":"[{\\"role\\":\\"user\\",\
                \\"content\\":\\"p\\"},{\\"role\\":\\"assistant\\",\\"content\\":\\"b\\"}]"}
                """;
        Read read = TempFiles.read(TempFiles.write(temp, "texts.jsonl", row.repeat(400)));

        assertThat(read.report().format()).isEqualTo("paired-conversations");
        assertThat(read.rows()).hasSize(400).allSatisfy(
                pair -> assertThat(((Paired) pair).chosen())
                        .isEqualTo(Content.of(List.of(new Message("assistant", "a")))));
    }

    @Test
    void answersThatAreJsonStayTexts() {
        Read read = TempFiles.read(TempFiles.write(temp, "json.jsonl",
                "{\"prompt\":\"a list\",\"chosen\":\"[1, 2]\",\"rejected\":\"{}\"}\n"));

        assertThat(((Paired) read.rows().getFirst()).chosen().text()).isEqualTo("[1, 2]");
    }

    @Test
    void turnsKeptAsAListOfRolesAndAListOfContentsAreRead() {
        Path file = TempFiles.write(temp, "lists.jsonl",
                """
                        {"messages":{"role":["user","assistant"],"content":["a","b"]},"label":true}
                        {"messages":{"role":["user"],"content":["a","b"]},"label":true}
                        """);
        Read read = TempFiles.read(file);

        assertThat(read.report().kind()).isEqualTo(Kind.UNPAIRED);
        assertThat(read.rows()).hasSize(1);
        assertThat(read.report().problems().getFirst().problem()).isEqualTo("has 1 roles for 2 messages");
    }

    @Test
    void unlabelledComparisonsAreNeverPairs() {
        for (String names : List.of("response_a,response_b", "output_1,output_2", "answer_0,answer_1")) {
            String[] name = names.split(",", 2);
            Path file = TempFiles.write(temp, "ab.jsonl", "{\"prompt\":\"p\",\"" + name[0] + "\":\"x\",\"" + name[1]
                    + "\":\"y\"}\n");

            assertThat(Importers.detect(file).kind()).as(names).contains(Kind.UNLABELLED);
            assertThat(Importers.detect(file, new Hints(Optional.of(Kind.PAIRED), FieldMapping.NONE)).kind())
                    .as("%s, asked for as pairs", names).isEmpty();
        }
    }

    @Test
    void wholeTextsAreForgottenOrRetainedAsTheFilesNameOrAColumnSays() {
        String texts = "{\"text\":\" Once upon a time\"}\n";
        Read forget = TempFiles.read(TempFiles.write(temp, "news_forget.jsonl", texts));
        Read retain = TempFiles.read(TempFiles.write(temp, "retain1.jsonl", texts));
        Read both = TempFiles.read(TempFiles.write(temp, "books.jsonl",
                "{\"text\":\"a\",\"split\":\"forget\"}\n{\"text\":\"b\",\"split\":\"retain\"}\n"));
        Read plain = TempFiles.read(TempFiles.write(temp, "books2.jsonl", texts));

        assertThat(forget.rows()).containsExactly(new Unlearning(new ExampleId(0), Content.of(""),
                Content.of(" Once upon a time"), true, new Source("news_forget.jsonl", 1)));
        assertThat(retain.rows()).extracting(row -> ((Unlearning) row).forget()).containsExactly(false);
        assertThat(both.rows()).extracting(row -> ((Unlearning) row).forget()).containsExactly(true, false);
        assertThat(plain.report().kind()).isEqualTo(Kind.SFT);
    }

    @Test
    void aTextAndHowItGoesOnAreReadAsSuch() {
        Read read = TempFiles
                .read(TempFiles.write(temp, "forget_verbatim.jsonl", "{\"prompt\":\"a\",\"gt\":\" b\"}\n"));

        assertThat(read.rows()).extracting(row -> ((Unlearning) row).completion().text()).containsExactly(" b");
    }

    @Test
    void aGzipBombIsRefusedBeforeItUnpacks() throws IOException {
        Path bomb = temp.resolve("bomb.jsonl.gz");
        String line = "{\"prompt\":\"a\",\"completion\":\"" + "b".repeat(1 << 16) + "\"}\n";
        byte[] member = TempFiles.gzip(line.repeat(100)); // gzip files may be joined
        try (OutputStream out = Files.newOutputStream(bomb)) {
            for (int i = 0; i < 45; i++) {
                out.write(member);
            }
        }

        assertThat(Files.size(bomb)).isLessThan(1 << 20);
        assertThatThrownBy(() -> Importers.plan(bomb, Hints.NONE).read(_ -> {
        }, Progress.NONE)).isInstanceOf(DatasetException.class)
                .hasMessageContaining("unpacks to more than 200 times its size");
    }
}
