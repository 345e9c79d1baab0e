package preflab.engine.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import preflab.engine.SharedFolder;

/** Templates as published with models, against what the reference implementation made of them. */
class SharedTemplatesTest {

    static final LocalDateTime NOW = LocalDateTime.of(2024, 7, 26, 0, 0);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void everyTemplateRendersByteForByteLikeTheReference() {
        JsonNode file = SharedFolder.json("data/chat_templates/chat_templates.json");
        List<String> done = new ArrayList<>();
        file.path("templates").properties().forEach(entry -> {
            Template template = Template.parse(entry.getValue().path("chat_template").asText());
            for (JsonNode expected : entry.getValue().path("expected")) {
                String conversation = expected.path("conversation").asText();
                Map<String, Object> variables = variables(entry.getValue(), file.path("conversations").path(
                        conversation), expected.path("add_generation_prompt").asBoolean());
                check(entry.getKey() + ", " + conversation, template, variables, expected);
                done.add(entry.getKey() + conversation);
            }
        });
        assertThat(done).hasSize(48);
    }

    private static void check(String what, Template template, Map<String, Object> variables, JsonNode expected) {
        if (expected.has("error")) {
            String message = expected.path("error").asText().replace("TemplateError: ", "");
            assertThatThrownBy(() -> template.render(variables, NOW)).as(what)
                    .isInstanceOfSatisfying(TemplateException.class,
                            e -> assertThat(e.isRaisedByTemplate()).isTrue())
                    .hasMessageEndingWith("the template says: " + message);
        } else {
            assertThat(template.render(variables, NOW)).as(what).isEqualTo(expected.path("rendered").asText());
        }
    }

    private static Map<String, Object> variables(JsonNode template, JsonNode messages, boolean prompting) {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("messages", JSON.convertValue(messages, List.class));
        variables.put("add_generation_prompt", prompting);
        for (String token : List.of("bos_token", "eos_token")) {
            if (template.hasNonNull(token)) {
                variables.put(token, template.path(token).asText());
            }
        }
        return variables;
    }
}
