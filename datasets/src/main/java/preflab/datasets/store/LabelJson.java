package preflab.datasets.store;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetException.Code;
import preflab.datasets.example.StepLabel;
import preflab.datasets.label.Choice;
import preflab.datasets.label.FinishReason;
import preflab.datasets.label.RowLabel;
import preflab.datasets.label.StepVerdict;

/**
 * Labels as JSON. A step is a word ({@code "good"}), a number (its Q), {@code {"label":…,"q":…}} for both, or null for
 * nothing said. What was not said is left out.
 */
final class LabelJson {

    private static final JsonMapper MAPPER = new JsonMapper();

    private LabelJson() {
    }

    static String encode(RowLabel label) {
        ObjectNode json = MAPPER.createObjectNode();
        if (!label.ends().isEmpty()) {
            ArrayNode ends = json.putArray("ends");
            label.ends().forEach(ends::add);
        }
        if (!label.steps().isEmpty()) {
            ArrayNode steps = json.putArray("steps");
            label.steps().forEach(step -> steps.add(verdict(step)));
        }
        label.accepted().ifPresent(accepted -> json.put("accepted", accepted));
        label.choice().ifPresent(choice -> json.put("choice", word(choice)));
        label.finish().ifPresent(finish -> json.put("finish", word(finish)));
        flag(json, "complete", label.complete());
        flag(json, "skipped", label.skipped());
        flag(json, "flagged", label.flagged());
        if (!label.note().isEmpty()) {
            json.put("note", label.note());
        }
        return json.toString();
    }

    static RowLabel decode(String text) {
        try {
            JsonNode json = MAPPER.readTree(text);
            List<Integer> ends = new ArrayList<>();
            json.path("ends").forEach(end -> ends.add(end.intValue()));
            List<StepVerdict> steps = new ArrayList<>();
            json.path("steps").forEach(step -> steps.add(verdict(step)));
            return new RowLabel(ends, steps, Optional.ofNullable(json.get("accepted")).map(JsonNode::booleanValue),
                    constant(Choice.class, json.path("choice")), constant(FinishReason.class, json.path("finish")),
                    json.path("complete").booleanValue(), json.path("skipped").booleanValue(),
                    json.path("flagged").booleanValue(), json.path("note").asText());
        } catch (JsonProcessingException | RuntimeException e) {
            throw new DatasetException(Code.STORAGE, "a label is damaged: " + e.getMessage(), e);
        }
    }

    private static JsonNode verdict(StepVerdict step) {
        ObjectNode both = MAPPER.createObjectNode();
        step.label().ifPresent(label -> both.put("label", word(label)));
        step.q().ifPresent(q -> both.put("q", q));
        return both.isEmpty() ? MAPPER.nullNode() : both.size() == 2 ? both : both.iterator().next();
    }

    private static StepVerdict verdict(JsonNode json) {
        JsonNode label = json.isObject() ? json.path("label") : json;
        JsonNode q = json.isObject() ? json.path("q") : json;
        return new StepVerdict(constant(StepLabel.class, label),
                q.isNumber() ? OptionalDouble.of(q.doubleValue()) : OptionalDouble.empty());
    }

    private static void flag(ObjectNode json, String name, boolean set) {
        if (set) {
            json.put(name, true);
        }
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static <E extends Enum<E>> Optional<E> constant(Class<E> type, JsonNode word) {
        return word.isTextual()
                ? Optional.of(Enum.valueOf(type, word.textValue().toUpperCase(Locale.ROOT)))
                : Optional.empty();
    }
}
