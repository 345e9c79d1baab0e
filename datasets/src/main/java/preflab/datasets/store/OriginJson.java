package preflab.datasets.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import preflab.datasets.example.DatasetVersionId;

/** An {@link Origin} as it stands in the file of a version, less its words, which have a place of their own. */
final class OriginJson {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private OriginJson() {
    }

    static String encode(Origin origin) {
        ObjectNode json = MAPPER.createObjectNode().put("action", origin.action());
        for (DatasetVersionId parent : origin.parents()) {
            json.withArray("/parents").addObject().put("dataset", parent.dataset()).put("version", parent.version())
                    .put("sha256", parent.sha256());
        }
        ObjectNode settings = json.putObject("settings");
        origin.settings().forEach(settings::put);
        return json.toString();
    }

    /** Files from before origins were kept have words alone. */
    static Origin decode(String text, String json) {
        if (json == null) {
            return new Origin(text, text.startsWith("imported from") ? "import" : "made", List.of(), Map.of());
        }
        try {
            JsonNode node = MAPPER.readTree(json);
            List<DatasetVersionId> parents = new ArrayList<>();
            node.path("parents").forEach(parent -> parents.add(new DatasetVersionId(parent.path("dataset").asText(),
                    parent.path("version").asInt(), parent.path("sha256").asText())));
            Map<String, String> settings = new TreeMap<>();
            node.path("settings").properties().forEach(e -> settings.put(e.getKey(), e.getValue().asText()));
            return new Origin(text, node.path("action").asText(), parents, settings);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("an origin that is no JSON: " + json, e);
        }
    }
}
