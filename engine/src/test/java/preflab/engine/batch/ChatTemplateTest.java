package preflab.engine.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.datasets.example.Content;
import preflab.datasets.example.Message;
import preflab.datasets.sample.CharTokenizer;
import preflab.engine.SharedFolder;

/** What a model's own template means for the tokens of prompts and answers. */
class ChatTemplateTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Message QUESTION = new Message("user", "1+1=");
    private static final Content CHAT = Content.of(List.of(QUESTION));
    private static final String TEMPLATE = "{% for m in messages %}Q: {{ m.content }}{{ eos_token }}\n{% endfor %}"
            + "{% if add_generation_prompt %}A: {% endif %}";

    @TempDir
    private Path folder;

    /** Single characters, with BOS and EOS. */
    private TextTokenizer characters(Object template) throws IOException {
        Files.writeString(folder.resolve("tokenizer.json"), CharTokenizer.json(), StandardCharsets.UTF_8);
        JSON.writeValue(folder.resolve("tokenizer_config.json").toFile(),
                Map.of("chat_template", template, "bos_token", "<s>", "eos_token", "</s>"));
        return TextTokenizer.load(folder);
    }

    /** ChatML as its models have it: every turn is ended by a token that ends generation, and then a newline. */
    private TextTokenizer chatMl() throws IOException {
        Path from = SharedFolder.require("data/tokenizers/minimind");
        for (String file : List.of("tokenizer.json", "tokenizer_config.json")) {
            Files.copy(from.resolve(file), folder.resolve(file));
        }
        return TextTokenizer.load(folder);
    }

    @Test
    void theModelsOwnTemplateFramesPromptsAndAnswers() throws IOException {
        try (TextTokenizer tokenizer = chatMl()) {
            assertThat(tokenizer.hasChatTemplate()).isTrue();
            Encoded encoded = tokenizer.encode(CHAT, Content.of("2"));
            assertThat(tokenizer.text(CHAT)).startsWith("<|im_start|>").contains("user\n1+1=")
                    .contains("<|im_start|>assistant\n");
            assertThat(encoded.promptIds()).isEqualTo(tokenizer.encodePrompt(CHAT));
            assertThat(tokenizer.decode(encoded.completionIds())).contains("2");
            int end = tokenizer.eosId();
            assertThat(encoded.id(encoded.length() - 1)).isEqualTo(end); // once, and no newline behind it
            assertThat(IntStream.of(encoded.completionIds()).filter(id -> id == end)).hasSize(1);
            assertThat(IntStream.of(encoded.promptIds()).filter(id -> id == tokenizer.bosId()).count())
                    .isEqualTo(tokenizer.text(CHAT).split("<\\|im_start\\|>", -1).length - 1L);
        }
    }

    @Test
    void theAnswersOwnCharactersAreCountedFromItsBeginning() throws IOException {
        String framed = "{% for m in messages %}{{ 'A: (' if m.role == 'assistant' else '' }}{{ m.content | trim }}"
                + "{% endfor %}{% if add_generation_prompt %}A: {% endif %}";
        try (TextTokenizer tokenizer = characters(framed)) {
            Encoded encoded = tokenizer.encode(CHAT, Content.of(" 2+3 "));
            assertThat(tokenizer.decode(encoded.completionIds())).isEqualTo("(2+3");
            assertThat(IntStream.range(0, encoded.completionLength()).map(encoded::completionOffset))
                    .containsExactly(0, 1, 2, 3, 4); // heading, then the three characters behind a space, then EOS
        }
    }

    @Test
    void aTemplateWithoutAnEndGetsEosAndNoBosIsPutInFront() throws IOException {
        String framed = "{% for m in messages %}({{ m.content }}){% endfor %}";
        try (TextTokenizer tokenizer = characters(framed)) {
            Encoded encoded = tokenizer.encode(CHAT, Content.of("2"));
            assertThat(encoded.id(encoded.length() - 1)).isEqualTo(CharTokenizer.EOS);
            assertThat(encoded.ids()).doesNotContain(CharTokenizer.BOS);
            assertThat(tokenizer.decode(encoded.ids())).isEqualTo("(1+1=)(2)");
        }
    }

    @Test
    void everyEndThatTheModelNamesEndsATurn() throws IOException {
        Files.writeString(folder.resolve("generation_config.json"), "{\"eos_token_id\":[1,7]}");
        try (TextTokenizer tokenizer = characters("{{ messages[-1].content }}")) {
            assertThat(tokenizer.stopIds()).containsExactlyInAnyOrder(CharTokenizer.EOS, 1, 7);
        }
    }

    @Test
    void anAnswerThatIsBegunIsGoneOnWith() throws IOException {
        Content begun = Content.of(List.of(QUESTION, new Message("assistant", "it is ")));
        String framed = "{% for m in messages %}({{ m.content }}){% endfor %}{% if add_generation_prompt %}({% endif %}";
        try (TextTokenizer tokenizer = characters(framed)) {
            assertThat(tokenizer.text(begun)).isEqualTo("(1+1=)(it is ");
            Encoded encoded = tokenizer.encode(begun, Content.of("2"));
            assertThat(tokenizer.decode(encoded.promptIds())).isEqualTo("(1+1=)(it is ");
            assertThat(tokenizer.decode(encoded.completionIds())).isEqualTo("2)");
        }
    }

    @Test
    void aThoughtThatTheTemplateOpensIsNoPartOfThePromptOfAnAnswerWithoutOne() throws IOException {
        String framed = "{% for m in messages %}{{ m.content }}:{% endfor %}"
                + "{% if add_generation_prompt %}(think){% endif %}";
        try (TextTokenizer tokenizer = characters(framed)) {
            assertThat(tokenizer.text(CHAT)).isEqualTo("1+1=:(think)");
            Encoded encoded = tokenizer.encode(CHAT, Content.of("2"));
            assertThat(tokenizer.decode(encoded.promptIds())).isEqualTo("1+1=:");
            assertThat(tokenizer.decode(encoded.completionIds())).isEqualTo("2:");
        }
    }

    @Test
    void plainStringsAreNeverFramed() throws IOException {
        try (TextTokenizer tokenizer = characters(TEMPLATE)) {
            Encoded encoded = tokenizer.encode(Content.of("1+1="), Content.of("2"));
            assertThat(tokenizer.decode(encoded.ids())).isEqualTo("1+1=2");
        }
    }

    @Test
    void theTemplateNamedDefaultCountsAndAFileOfItsOwnComesFirst() throws IOException {
        List<Map<String, String>> several = List.of(Map.of("name", "tool_use", "template", "{{ 'tools' }}"),
                Map.of("name", "default", "template", "{{ messages[0].content }}!"));
        try (TextTokenizer tokenizer = characters(several)) {
            assertThat(tokenizer.text(CHAT)).isEqualTo("1+1=!");
        }
        Files.writeString(folder.resolve("chat_template.jinja"), "own {{ bos_token }}");
        try (TextTokenizer tokenizer = TextTokenizer.load(folder)) {
            assertThat(tokenizer.text(CHAT)).isEqualTo("own <s>");
        }
    }

    @Test
    void aTemplateThatCannotBeRenderedIsRefusedBeforeAnyWork() {
        assertThatThrownBy(() -> characters("\n{{ messages | groupby('role') }}")).isInstanceOf(ModelException.class)
                .hasMessageContaining("tokenizer_config.json, line 2, column 13: the filter groupby is not supported");
    }

    @Test
    void aConversationThatTheTemplateRefusesIsNamed() throws IOException {
        try (TextTokenizer tokenizer = characters("{{ raise_exception('System role not supported') }}")) {
            assertThatThrownBy(() -> tokenizer.encodePrompt(CHAT)).isInstanceOf(ModelException.class)
                    .hasMessageContaining("the template says: System role not supported");
        }
    }
}
