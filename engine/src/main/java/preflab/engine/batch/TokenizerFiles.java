package preflab.engine.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/** What the tokenizer's library does not tell: the vocabulary as a whole, and which ids begin and end a sequence. */
final class TokenizerFiles {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode tokenizerConfig;
    private final JsonNode modelConfig;
    private final Map<String, Integer> ids = new HashMap<>();
    private final Map<Integer, String> tokens = new HashMap<>();

    TokenizerFiles(Path tokenizerJson) {
        JsonNode tokenizer = parse(tokenizerJson);
        JsonNode vocabulary = tokenizer.path("model").path("vocab");
        if (vocabulary.isArray()) { // Unigram: [[token, score], …]
            for (int id = 0; id < vocabulary.size(); id++) {
                put(vocabulary.get(id).path(0).asText(), id);
            }
        } else {
            vocabulary.properties().forEach(entry -> put(entry.getKey(), entry.getValue().asInt()));
        }
        tokenizer.path("added_tokens").forEach(added -> put(added.path("content").asText(), added.path("id").asInt()));
        tokenizerConfig = optional(tokenizerJson.resolveSibling("tokenizer_config.json"));
        modelConfig = optional(tokenizerJson.resolveSibling("config.json"));
    }

    private void put(String token, int id) {
        ids.put(token, id);
        tokens.put(id, token);
    }

    private static JsonNode parse(Path file) {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new ModelException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static JsonNode optional(Path file) {
        return Files.isRegularFile(file) ? parse(file) : JSON.createObjectNode();
    }

    /** Id of {@code bos_token} or {@code eos_token}: the tokenizer's word before the model's; −1 if neither names one. */
    int special(String name) {
        JsonNode token = tokenizerConfig.path(name);
        String content = token.isObject() ? token.path("content").asText("") : token.asText("");
        if (ids.containsKey(content)) {
            return ids.get(content);
        }
        JsonNode id = modelConfig.path(name + "_id");
        return id.isArray() ? id.path(0).asInt(-1) : id.asInt(-1);
    }

    OptionalInt id(String token) {
        return ids.containsKey(token) ? OptionalInt.of(ids.get(token)) : OptionalInt.empty();
    }

    String token(int id) {
        return tokens.getOrDefault(id, "<" + id + ">");
    }

    int vocabSize() {
        return tokens.keySet().stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
    }
}
