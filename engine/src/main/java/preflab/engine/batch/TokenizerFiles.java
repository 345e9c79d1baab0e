package preflab.engine.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;

/** What the tokenizer's library does not tell: the vocabulary as a whole, and which ids begin and end a sequence. */
final class TokenizerFiles {

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> SPECIAL = List.of("bos_token", "eos_token", "unk_token", "sep_token", "pad_token",
            "cls_token", "mask_token");

    private final Path folder;
    private final JsonNode tokenizerConfig;
    private final JsonNode specialTokens;
    private final JsonNode generationConfig;
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
        folder = tokenizerJson.toAbsolutePath().getParent();
        specialTokens = optional(folder.resolve("special_tokens_map.json"));
        generationConfig = optional(folder.resolve("generation_config.json"));
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
        String content = content(name);
        if (ids.containsKey(content)) {
            return ids.get(content);
        }
        JsonNode id = modelConfig.path(name + "_id");
        return id.isArray() ? id.path(0).asInt(-1) : id.asInt(-1);
    }

    /** The text of a special token, empty if there is none. */
    private String content(String name) {
        JsonNode token = tokenizerConfig.hasNonNull(name) ? tokenizerConfig.path(name) : specialTokens.path(name);
        return token.isObject() ? token.path("content").asText("") : token.asText("");
    }

    /** All ids that end a sequence or a turn: {@code generation_config.json}'s, else the model's, and the tokenizer's. */
    Set<Integer> stopIds() {
        Set<Integer> ids = new TreeSet<>();
        JsonNode named = generationConfig.hasNonNull("eos_token_id")
                ? generationConfig.path("eos_token_id")
                : modelConfig.path("eos_token_id");
        (named.isArray() ? named : JSON.createArrayNode().add(named.asInt(-1))).forEach(id -> ids.add(id.asInt(-1)));
        ids.add(special("eos_token"));
        ids.removeIf(id -> id < 0);
        return Set.copyOf(ids);
    }

    /**
     * The model's own chat template ({@code chat_template.jinja}, or in {@code tokenizer_config.json} the one or the one
     * named default), else the form that {@link ChatText} states.
     */
    ChatFormat chatFormat() {
        Path file = folder.resolve("chat_template.jinja");
        if (Files.isRegularFile(file)) {
            return TemplateChat.of(file, text(file), specialTokens());
        }
        JsonNode template = tokenizerConfig.path("chat_template");
        if (template.isArray()) {
            for (JsonNode each : template) {
                if (each.path("name").asText().equals("default")) {
                    template = each.path("template");
                }
            }
        }
        return template.isTextual()
                ? TemplateChat.of(folder.resolve("tokenizer_config.json"), template.asText(), specialTokens())
                : new ChatText();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new ModelException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private Map<String, Object> specialTokens() {
        Map<String, Object> tokens = new LinkedHashMap<>();
        SPECIAL.stream().filter(name -> !content(name).isEmpty()).forEach(name -> tokens.put(name, content(name)));
        return tokens;
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
