package preflab.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import preflab.datasets.example.Content;
import preflab.datasets.example.Message;
import preflab.engine.SharedFolder;

class TextTokenizerTest {

    private static final String STORIES = "data/models/stories260k";

    @TempDir
    private Path temp;

    /** Characters; 0 begins, 1 ends, "ab" is one token. */
    private TextTokenizer characters(String postProcessor) throws IOException {
        StringBuilder vocabulary = new StringBuilder("\"<s>\":0,\"</s>\":1,\"?\":2");
        String letters = "abcdefghijklmnopqrstuvwxyz :ABCDEFGHIJKLMNOPQRSTUVWXYZ";
        for (int i = 0; i < letters.length(); i++) {
            vocabulary.append(",\"").append(letters.charAt(i)).append("\":").append(3 + i);
        }
        String json = """
                {"version":"1.0","truncation":{"direction":"Right","max_length":4,"strategy":"LongestFirst","stride":0},
                 "padding":{"strategy":{"Fixed":8},"direction":"Right","pad_to_multiple_of":null,"pad_id":2,
                   "pad_type_id":0,"pad_token":"?"},
                 "added_tokens":[
                   {"id":0,"content":"<s>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true},
                   {"id":1,"content":"</s>","single_word":false,"lstrip":false,"rstrip":false,"normalized":false,"special":true}],
                 "normalizer":null,"pre_tokenizer":null,"post_processor":%s,"decoder":{"type":"Fuse"},
                 "model":{"type":"BPE","dropout":null,"unk_token":"?","continuing_subword_prefix":null,
                   "end_of_word_suffix":null,"fuse_unk":false,"byte_fallback":false,
                   "vocab":{%s,"\\n":57,"ab":58},"merges":["a b"]}}"""
                .formatted(postProcessor, vocabulary);
        Files.writeString(temp.resolve("tokenizer.json"), json);
        Files.writeString(temp.resolve("tokenizer_config.json"),
                "{\"bos_token\":\"<s>\",\"eos_token\":{\"content\":\"</s>\"}}");
        return TextTokenizer.load(temp);
    }

    private static final String BOTH_ENDS = """
            {"type":"TemplateProcessing","single":[{"SpecialToken":{"id":"<s>","type_id":0}},
              {"Sequence":{"id":"A","type_id":0}},{"SpecialToken":{"id":"</s>","type_id":0}}],"pair":[
              {"Sequence":{"id":"A","type_id":0}},{"Sequence":{"id":"B","type_id":1}}],
             "special_tokens":{"<s>":{"id":"<s>","ids":[0],"tokens":["<s>"]},
               "</s>":{"id":"</s>","ids":[1],"tokens":["</s>"]}}}""";

    private static int[] offsets(Encoded encoded) {
        return IntStream.range(0, encoded.completionLength()).map(encoded::completionOffset).toArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {STORIES, "data/tokenizers/gpt2", "data/tokenizers/gpt-neox-20b", "data/tokenizers/minimind",
            "data/tokenizers/torchtune_llama3style_tiny"})
    void encodingsAndDecodingsEqualTheReference(String folder) {
        JsonNode cases = SharedFolder.json(folder + "/reference_encodings.json").get("cases");
        try (TextTokenizer tokenizer = TextTokenizer.load(SharedFolder.require(folder))) {
            assertThat(cases.size()).isGreaterThan(30);
            for (JsonNode each : cases) {
                String text = each.get("text").asText();
                int[] ids = SharedFolder.ints(each.get("ids_no_special"));
                assertThat(tokenizer.encode(text, false)).as(text).isEqualTo(ids);
                assertThat(tokenizer.encode(text, true)).as(text)
                        .isEqualTo(SharedFolder.ints(each.get("ids_with_special")));
                assertThat(tokenizer.decode(ids)).as(text).isEqualTo(each.get("decoded_skip_special").asText());
                assertThat(tokenizer.count(text)).isEqualTo(ids.length);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {STORIES, "data/tokenizers/gpt2", "data/tokenizers/minimind"})
    void everySeamFallsWhereThePromptEnds(String folder) {
        try (TextTokenizer tokenizer = TextTokenizer.load(SharedFolder.require(folder))) {
            String text = "Tom 😀 was sad.\n\nHis  mom — gave him a hug: 12+35=47 naïve";
            int[] whole = tokenizer.encode(text, false);
            for (int cut = 1; cut < text.length(); cut++) {
                if (Character.isLowSurrogate(text.charAt(cut))) {
                    continue;
                }
                Encoded encoded = tokenizer.encode(Content.of(text.substring(0, cut)),
                        Content.of(text.substring(cut)));
                int start = encoded.length() - whole.length - 1; // less EOS
                assertThat(Arrays.copyOfRange(encoded.ids(), start, start + whole.length)).isEqualTo(whole);
                String before = tokenizer.decode(encoded.promptIds());
                assertThat(text.substring(0, cut)).startsWith(encoded.seamMerged() ? before : before.strip());
                if (!encoded.seamMerged()) {
                    assertThat(before).isEqualTo(text.substring(0, cut));
                }
                assertThat(offsets(encoded)).isSorted().endsWith(text.length() - cut);
            }
        }
    }

    @Test
    void sequencesBeginAndEndOnceWhateverTheTemplateSays() throws IOException {
        for (String template : List.of(BOTH_ENDS, BOTH_ENDS.replace("""
                ,{"SpecialToken":{"id":"</s>","type_id":0}}""", ""))) {
            try (TextTokenizer tokenizer = characters(template)) {
                assertThat(tokenizer.encode(Content.of("c"), Content.of("de")).ids()).containsExactly(0, 5, 6, 7, 1);
                assertThat(tokenizer.encode(Content.of("<s>c"), Content.of("de</s>")).ids()).containsExactly(0, 5, 6, 7,
                        1);
                assertThat(tokenizer.encodePrompt(Content.of("c"))).containsExactly(0, 5);
                assertThat(tokenizer.encodePrompt(Content.of("<s>c"))).containsExactly(0, 5);
            }
        }
    }

    @Test
    void withoutATemplateOnlyAnEmptyPromptIsBegun() throws IOException {
        try (TextTokenizer tokenizer = characters("null")) {
            assertThat(tokenizer.encode(Content.of("c"), Content.of("d")).ids()).containsExactly(5, 6, 1);
            Encoded empty = tokenizer.encode(Content.of(""), Content.of("d"));
            assertThat(empty.ids()).containsExactly(0, 6, 1);
            assertThat(empty.promptLength()).isEqualTo(1);
            assertThat(tokenizer.encodePrompt(Content.of(""))).containsExactly(0);
        }
    }

    @Test
    void aTokenOfBothSidesIsTheCompletions() throws IOException {
        try (TextTokenizer tokenizer = characters("null")) {
            Encoded encoded = tokenizer.encode(Content.of("ca"), Content.of("bd"));
            assertThat(encoded.promptIds()).containsExactly(5);
            assertThat(encoded.completionIds()).containsExactly(58, 6, 1);
            assertThat(encoded.seamMerged()).isTrue();
            assertThat(offsets(encoded)).containsExactly(0, 1, 2);
            Encoded clean = tokenizer.encode(Content.of("cab"), Content.of("abd"));
            assertThat(clean.promptIds()).containsExactly(5, 58);
            assertThat(clean.seamMerged()).isFalse();
            assertThat(offsets(clean)).containsExactly(1, 2, 3);
        }
    }

    @Test
    void anEmptyCompletionIsTheEndAlone() throws IOException {
        try (TextTokenizer tokenizer = characters("null")) {
            Encoded encoded = tokenizer.encode(Content.of("cd"), Content.of(""));
            assertThat(encoded.completionIds()).containsExactly(1);
            assertThat(offsets(encoded)).containsExactly(0);
        }
    }

    @Test
    void truncationAndPaddingInTheFileAreIgnored() throws IOException {
        try (TextTokenizer tokenizer = characters("null")) {
            assertThat(tokenizer.encode("cdefghij", false)).hasSize(8);
            assertThat(tokenizer.encode("c", true)).hasSize(1);
        }
    }

    @Test
    void specialIdsAndTokensAreKnown() throws IOException {
        try (TextTokenizer tokenizer = characters("null")) {
            assertThat(tokenizer.bosId()).isZero();
            assertThat(tokenizer.eosId()).isEqualTo(1);
            assertThat(tokenizer.vocabSize()).isEqualTo(59);
            assertThat(tokenizer.token(58)).isEqualTo("ab");
            assertThat(tokenizer.decode(new int[]{0, 5, 58, 1})).isEqualTo("cab");
        }
    }

    @Test
    void continuationsKeepTheSpaceAtTheSeam() {
        try (TextTokenizer tokenizer = TextTokenizer.load(SharedFolder.require(STORIES))) {
            int[] prompt = tokenizer.encodePrompt(Content.of("Tom was sad."));
            int[] answer = {320, 293, 357, 298}; // " His mom gave" begins with the space
            assertThat(tokenizer.decode(answer)).startsWith("His");
            assertThat(tokenizer.decodeContinuation(prompt, answer)).startsWith(" His");
        }
    }

    @Test
    void conversationsReadAsHumanAndAssistant() throws IOException {
        Content question = Content.of(List.of(new Message("system", "be kind"), new Message("user", "hi")));
        assertThat(ChatText.prompt(question)).isEqualTo("\n\nSystem: be kind\n\nHuman: hi\n\nAssistant:");
        Content answer = Content.of(List.of(new Message("assistant", "hello")));
        assertThat(ChatText.completion(question, answer)).isEqualTo(" hello");
        assertThat(ChatText.completion(question, Content.of("hello"))).isEqualTo(" hello");
        assertThat(ChatText.completion(question, Content.of(" hello"))).isEqualTo(" hello");
        assertThat(ChatText.completion(Content.of("hi"), answer)).isEqualTo("hello");
        try (TextTokenizer tokenizer = characters("null")) {
            Encoded encoded = tokenizer.encode(question, answer);
            assertThat(tokenizer.decode(encoded.ids()))
                    .isEqualTo("\n\nSystem: be kind\n\nHuman: hi\n\nAssistant: hello");
            assertThat(tokenizer.decode(encoded.completionIds())).isEqualTo(" hello");
        }
    }

    @Test
    void foldersWithoutATokenizerAreRefusedInWords() throws IOException {
        assertThatThrownBy(() -> TextTokenizer.load(temp)).isInstanceOf(ModelException.class)
                .hasMessageContaining("has no tokenizer.json");
        Files.writeString(temp.resolve("tokenizer.model"), "x");
        assertThatThrownBy(() -> TextTokenizer.load(temp)).hasMessageContaining("tokenizer.model alone");
        Files.writeString(temp.resolve("tokenizer.json"), "{\"version\":\"1.0\"}");
        assertThatThrownBy(() -> TextTokenizer.load(temp)).isInstanceOf(ModelException.class)
                .hasMessageContaining("no tokenizer that can be read");
        Files.writeString(temp.resolve("tokenizer.json"), "{");
        assertThatThrownBy(() -> TextTokenizer.load(temp)).isInstanceOf(ModelException.class);
    }
}
