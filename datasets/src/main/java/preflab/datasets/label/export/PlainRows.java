package preflab.datasets.label.export;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import preflab.datasets.example.Content;
import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetException.Code;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.Stepwise;
import preflab.datasets.label.LabelledRows;

/** Rows as parallel lists, and what the other formats share. */
final class PlainRows {

    /** Numbers of side columns keep all their digits. */
    static final JsonMapper JSON = JsonMapper.builder().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private PlainRows() {
    }

    static ObjectNode trl(Stepwise row) {
        ObjectNode json = texts(row);
        ArrayNode labels = json.putArray("labels");
        row.steps().forEach(step -> {
            if (step.label() == StepLabel.UNMARKED) {
                labels.addNull();
            } else {
                labels.add(step.label() == StepLabel.GOOD);
            }
        });
        return rest(json, row);
    }

    /** Labels in words: zeros and ones alone would be taken for wrong and right. */
    static ObjectNode potato(Stepwise row) {
        ObjectNode json = JSON.createObjectNode();
        json.put("id", row.source().file() + ":" + row.source().row());
        json.setAll(texts(row));
        ArrayNode labels = json.putArray("labels");
        ArrayNode rewards = json.putArray("rewards");
        for (int i = 0; i < row.steps().size(); i++) {
            StepLabel label = row.steps().get(i).label();
            labels.add(label == StepLabel.UNMARKED ? null : label.name().toLowerCase(Locale.ROOT));
            rewards.addObject().put("index", i).set("reward", number(label));
        }
        json.putObject("label_annotations").putObject("process_reward").set("steps", json.remove("rewards"));
        return rest(json, row);
    }

    /** 1, 0, −1 or null. */
    static JsonNode number(StepLabel label) {
        return switch (label) {
            case GOOD -> JSON.getNodeFactory().numberNode(1);
            case NEUTRAL -> JSON.getNodeFactory().numberNode(0);
            case BAD -> JSON.getNodeFactory().numberNode(-1);
            case UNMARKED -> JSON.nullNode();
        };
    }

    /** The prompt's text; conversations do not fit formats of plain problems. */
    static String problem(Stepwise row, StepFormat format) {
        if (row.prompt() instanceof Content.Plain plain) {
            return plain.text();
        }
        throw StepExport.refused(row, format, "its prompt is a conversation; the format knows plain texts alone");
    }

    /** The step texts without the separator that the format puts back after every step but the last. */
    static List<String> unseparated(Stepwise row, String separator, StepFormat format) {
        List<Step> steps = row.steps();
        return java.util.stream.IntStream.range(0, steps.size()).mapToObj(i -> {
            String text = steps.get(i).text();
            if (i + 1 == steps.size()) {
                return text;
            }
            if (!text.endsWith(separator)) {
                throw StepExport.refused(row, format, "step " + (i + 1) + " does not end in "
                        + separator.length() + " line break(s), and the format would add them");
            }
            return text.substring(0, text.length() - separator.length());
        }).toList();
    }

    /** Adds the side columns whose names are free. */
    static ObjectNode sides(ObjectNode json, Stepwise row) {
        return sides(json, row, Set.of());
    }

    /** The same without those that labelling added: a corrected row of a foreign file differs in its verdicts alone. */
    static ObjectNode columns(ObjectNode json, Stepwise row) {
        return sides(json, row, LabelledRows.COLUMNS);
    }

    private static ObjectNode sides(ObjectNode json, Stepwise row, Set<String> without) {
        new TreeMap<>(row.source().side()).forEach((name, value) -> {
            if (!json.has(name) && !without.contains(name)) {
                json.set(name, tree(value));
            }
        });
        return json;
    }

    static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new DatasetException(Code.STORAGE, "a side column is damaged: " + e.getMessage(), e);
        }
    }

    private static ObjectNode texts(Stepwise row) {
        ObjectNode json = JSON.createObjectNode();
        switch (row.prompt()) {
            case Content.Plain plain -> json.put("prompt", plain.text());
            case Content.Chat chat -> {
                ArrayNode turns = json.putArray("prompt");
                chat.messages().forEach(
                        turn -> turns.addObject().put("role", turn.role()).put("content", turn.content()));
            }
        }
        ArrayNode completions = json.putArray("completions");
        row.steps().forEach(step -> completions.add(step.text()));
        return json;
    }

    private static ObjectNode rest(ObjectNode json, Stepwise row) {
        if (row.steps().stream().anyMatch(step -> step.q().isPresent())) {
            ArrayNode q = json.putArray("q");
            row.steps().forEach(step -> q.add(step.q().isPresent() ? (Double) step.q().getAsDouble() : null));
        }
        row.answerCorrect().ifPresent(right -> json.put("answer_correct", right));
        return sides(json, row);
    }
}
