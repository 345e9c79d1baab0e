package preflab.datasets.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import preflab.datasets.example.Content;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Message;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.Stepwise;
import preflab.datasets.example.Unpaired;
import preflab.datasets.importer.TempFiles.Read;

class CsvTest {

    @TempDir
    Path temp;

    private Read read(String text) {
        return TempFiles.read(TempFiles.write(temp, "t.csv", text));
    }

    private static List<String> prompts(Read read) {
        return read.rows().stream().map(row -> row.prompt().text()).toList();
    }

    @Test
    void lineBreaksDoubledQuotesAndSpacesInsideCellsAreKept() {
        Read read = read("prompt,chosen,rejected\n\"a, \"\"b\"\"\",\"one\n\ntwo\r\n\", three \nx,y,z\n");

        Paired row = (Paired) read.rows().getFirst();
        assertThat(row.prompt().text()).isEqualTo("a, \"b\"");
        assertThat(row.chosen().text()).isEqualTo("one\n\ntwo\r\n");
        assertThat(row.rejected().text()).isEqualTo(" three ");
        assertThat(read.rows()).extracting(r -> r.source().row()).containsExactly(2L, 6L);
        assertThat(read.report().reason()).startsWith("CSV with chosen, prompt, rejected: ");
    }

    @Test
    void marksOfWindowsAndOtherSeparatorsDoNotMatter() {
        for (String separator : List.of(",", ";", "\t", "|")) {
            String text = "\uFEFFprompt,completion\r\nf,g\r\n\r\né,字😀\r\n".replace(",", separator);
            Read read = read(text);

            assertThat(read.report().rejected()).as(separator).isZero();
            assertThat(prompts(read)).containsExactly("f", "é");
            assertThat(read.report().kind()).isEqualTo(Kind.SFT);
        }
    }

    @Test
    void withoutAHeaderColumnsAreNumberedAndMappedByHand() {
        String text = "What is 1+1?,It is 2.,It is 3.\nWhat is 2+2?,It is 4.,It is 5.\n";
        Path file = TempFiles.write(temp, "bare.csv", text);
        FieldMapping mapping = new FieldMapping(Map.of("prompt", "column1", "chosen", "column2", "rejected",
                "column3"));

        Detection detection = Importers.detect(file);
        Read read = TempFiles.read(file, new Hints(Optional.empty(), mapping));

        assertThat(detection.kind()).isEmpty();
        assertThat(detection.columns()).containsExactly("column1", "column2", "column3");
        assertThat(ImportDraft.open(file).container()).isEqualTo("CSV without a header");
        assertThat(read.rows()).hasSize(2);
        assertThat(((Paired) read.rows().getLast()).chosen().text()).isEqualTo("It is 4.");
    }

    @Test
    void whatCellsAreIsJudgedByTheirColumn() {
        Read read = read("prompt,completion,label,score\n1,2,True,0.5\n3,true,FALSE,\n");

        Unpaired first = (Unpaired) read.rows().getFirst();
        assertThat(first.prompt().text()).isEqualTo("1");
        assertThat(first.completion().text()).isEqualTo("2");
        assertThat(first.accepted()).isTrue();
        assertThat(first.source().side()).containsExactly(Map.entry("score", "0.5"));
        assertThat(((Unpaired) read.rows().getLast()).completion().text()).isEqualTo("true");
        assertThat(((Unpaired) read.rows().getLast()).accepted()).isFalse();
    }

    @Test
    void listsAndConversationsInCellsAreRead() {
        Read steps = read("""
                prompt,completions,labels
                q,"[""a"", "" b""]","[1, null]"
                r,"[""c""]","[-1]"
                r,"[""c""]",[0]
                """);
        Read chat = read("""
                chosen,rejected
                "[{""role"":""user"",""content"":""p""},{""role"":""assistant"",""content"":""a""}]",\
                "[{""role"":""user"",""content"":""p""},{""role"":""assistant"",""content"":""b""}]"
                """);

        assertThat(steps.rows()).extracting(row -> ((Stepwise) row).steps().stream().map(Step::label).toList())
                .containsExactly(List.of(StepLabel.GOOD, StepLabel.UNMARKED), List.of(StepLabel.BAD),
                        List.of(StepLabel.NEUTRAL));
        assertThat(((Paired) chat.rows().getFirst()).chosen())
                .isEqualTo(Content.of(List.of(new Message("assistant", "a"))));
    }

    @Test
    void aRowOfAnotherWidthOrWithOtherBytesLosesItselfOnly() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write("prompt,completion\na,b\nonly\nc,d,e\nf,".getBytes(StandardCharsets.UTF_8));
        bytes.write(0xE9);
        bytes.write("\ng,h\n".getBytes(StandardCharsets.UTF_8));
        Read read = TempFiles.read(TempFiles.write(temp, "t.csv", bytes.toByteArray()));

        assertThat(prompts(read)).containsExactly("a", "g");
        assertThat(read.report().problems()).extracting(Problem::row).containsExactly(3L, 4L, 5L);
        assertThat(read.report().problems()).extracting(Problem::problem).satisfiesExactly(
                p -> assertThat(p).startsWith("has 1 cells where the table has 2 columns"),
                p -> assertThat(p).startsWith("has 3 cells"), p -> assertThat(p).contains("no UTF-8"));
    }

    @Test
    void aQuoteThatIsNeverClosedIsNotReadAsALongAnswer() {
        Read last = read("prompt,completion\na,b\nc,\"d\ne,f\ng,h\n");
        Read middle = read("prompt,completion\na,b\nc,\"d\"x\ne,f\n");

        assertThat(prompts(last)).containsExactly("a");
        assertThat(last.report().problems()).singleElement()
                .satisfies(problem -> assertThat(problem.problem()).contains("a quote that is never closed"));
        assertThat(prompts(middle)).containsExactly("a");
        assertThat(middle.report().problems()).singleElement()
                .satisfies(problem -> assertThat(problem.problem()).startsWith("broken CSV"));
    }

    @Test
    void longCellsAndGzipAreRead() throws IOException {
        String answer = "字\n".repeat(100_000);
        Path file = TempFiles.write(temp, "long.csv.gz",
                TempFiles.gzip("prompt,completion\np,\"" + answer + "\"\nq,r\n"));

        List<PreferenceExample> rows = TempFiles.read(file).rows();

        assertThat(rows).hasSize(2);
        assertThat(rows.getFirst())
                .extracting(row -> ((preflab.datasets.example.Demonstration) row).completion().text())
                .isEqualTo(answer);
    }

    @Test
    void namesMissingOrMetTwiceAreMadeUp() {
        Path file = TempFiles.write(temp, "t.csv", ",prompt,prompt,completion\n0,a,b,c\n1,d,e,f\n");

        assertThat(Importers.detect(file).columns()).containsExactly("column1", "prompt", "prompt_3", "completion");
    }

    @Test
    void proseWithCommasIsNoTable() {
        Path file = TempFiles.write(temp, "t.txt", "Well, I do not know.\nNo, no idea, at all.\nAsk another one.\n");

        assertThatThrownBy(() -> Importers.detect(file)).hasMessageContaining("plain text, one item per line");
    }

    @Test
    void aHeaderAloneHoldsNoRows() {
        Path file = TempFiles.write(temp, "t.csv", "prompt,chosen,rejected\n");

        assertThat(Importers.detect(file).reason()).isEqualTo("CSV without one row that can be read: it holds no rows");
    }
}
