package preflab.datasets.importer;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What the messages of a file call their parts and their speakers, where a registry says so ({@code tags}): rows are
 * read as if they used the usual names.
 *
 * @param columns
 *            which hold messages
 * @param role
 *            the part that names the speaker
 * @param content
 *            the part with the words
 * @param speakers
 *            speaker in the file → usual role
 */
record MessageTags(List<String> columns, String role, String content, Map<String, String> speakers) {

    /** A registry's names of the speakers' tags, with the role that each stands for. */
    private static final Map<String, String> ROLES = Map.of("user_tag", Contents.USER, "assistant_tag",
            Contents.ASSISTANT, "system_tag", Contents.SYSTEM, "observation_tag", "observation", "function_tag",
            "function_call");

    MessageTags {
        columns = List.copyOf(columns);
        speakers = Map.copyOf(speakers);
    }

    /** The usual names for what an entry of a registry does not name. */
    static MessageTags of(JsonNode tags, List<String> columns) {
        Map<String, String> speakers = new HashMap<>();
        ROLES.forEach((tag, role) -> {
            if (tags.path(tag).isTextual()) {
                speakers.put(tags.get(tag).textValue(), role);
            }
        });
        return new MessageTags(columns, tags.path("role_tag").asText("from"),
                tags.path("content_tag").asText("value"), speakers);
    }

    /** Gives the row's messages their usual names; cells that are no messages stay as they are. */
    void apply(JsonNode row) {
        for (String column : columns) {
            if (row.has(column) && row instanceof ObjectNode object) {
                object.set(column, renamed(object.get(column)));
            }
        }
    }

    private JsonNode renamed(JsonNode cell) {
        if (cell.isArray()) {
            ArrayNode list = Json.mapper().createArrayNode();
            cell.forEach(item -> list.add(message(item)));
            return list;
        }
        return message(cell);
    }

    private JsonNode message(JsonNode item) {
        if (!item.has(role) || !item.has(content)) {
            return item;
        }
        ObjectNode message = Json.mapper().createObjectNode();
        JsonNode speaker = item.get(role);
        message.put("role", speakers.getOrDefault(speaker.asText(), speaker.asText()));
        message.set("content", item.get(content));
        return message;
    }
}
