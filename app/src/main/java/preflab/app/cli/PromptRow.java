package preflab.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import preflab.datasets.example.Content;
import preflab.datasets.example.Message;

/** One row of {@code logprobs --input}: a prompt with its completion, as strings or as turns of a conversation. */
record PromptRow(Content prompt, Content completion) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Reads all rows; the first unusable one ends the command with its line number. */
    static List<PromptRow> read(Path file) throws IOException {
        List<PromptRow> rows = new ArrayList<>();
        int number = 0;
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            number++;
            if (!line.isBlank()) {
                rows.add(row(line, file + " line " + number));
            }
        }
        return rows;
    }

    private static PromptRow row(String line, String where) {
        try {
            JsonNode node = JSON.readTree(line);
            return new PromptRow(content(node.path("prompt"), "prompt", where),
                    content(node.path("completion"), "completion", where));
        } catch (JsonProcessingException e) {
            throw CliException.badInput(where + ": not JSON: " + e.getOriginalMessage());
        }
    }

    private static Content content(JsonNode node, String field, String where) {
        if (node.isTextual()) {
            return Content.of(node.textValue());
        }
        if (!node.isArray() || node.isEmpty()) {
            throw CliException.badInput(where + ": " + field + " must be text or a list of messages, not "
                    + (node.isMissingNode() ? "missing" : node));
        }
        List<Message> messages = new ArrayList<>();
        node.forEach(turn -> messages.add(new Message(turn.path("role").asText(), turn.path("content").asText())));
        return Content.of(messages);
    }
}
