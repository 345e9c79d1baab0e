package preflab.datasets.importer;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;

/**
 * What the cells of a CSV column are; the file itself knows texts only. A column that usually holds prompts or answers
 * holds texts whatever they look like ("42", "true"), unless all of them are messages as JSON.
 */
enum CellType {
    TEXT, NUMBER, TRUTH, JSON;

    private static final Pattern A_NUMBER = Pattern.compile("-?(0|[1-9]\\d{0,17})(\\.\\d{1,30})?([eE][+-]?\\d{1,3})?");
    private static final Pattern A_TRUTH = Pattern.compile("(?i)true|false");
    private static final Set<String> WORDS = Stream
            .of(Field.PROMPT, Field.INPUT, Field.SYSTEM, Field.CHOSEN, Field.REJECTED, Field.FIRST, Field.SECOND,
                    Field.COMPLETION, Field.TEXT)
            .flatMap(field -> field.names().stream()).collect(Collectors.toUnmodifiableSet());

    /** Judged by some cells; empty cells say nothing. */
    static CellType of(String column, List<String> cells) {
        List<String> said = cells.stream().filter(cell -> !cell.isEmpty()).toList();
        boolean words = WORDS.contains(column);
        if (!said.isEmpty() && said.stream().allMatch(cell -> isJson(cell, words))) {
            return JSON;
        }
        if (words || said.isEmpty()) {
            return TEXT;
        }
        return said.stream().allMatch(cell -> A_NUMBER.matcher(cell).matches())
                ? NUMBER
                : said.stream().allMatch(cell -> A_TRUTH.matcher(cell).matches()) ? TRUTH : TEXT;
    }

    /** The cell as a value; what does not look like the rest of its column stays a text. Missing where it is empty. */
    JsonNode cell(String text) {
        if (this == TEXT || text.isEmpty()) {
            return this == TEXT ? TextNode.valueOf(text) : MissingNode.getInstance();
        }
        return switch (this) {
            case NUMBER -> A_NUMBER.matcher(text).matches() ? parsed(text) : TextNode.valueOf(text);
            case TRUTH -> A_TRUTH.matcher(text).matches()
                    ? BooleanNode.valueOf(text.toLowerCase(Locale.ROOT).equals("true"))
                    : TextNode.valueOf(text);
            default -> looksLikeJson(text) ? parsed(text) : TextNode.valueOf(text);
        };
    }

    /** Whether a text is a conversation as JSON. */
    static boolean holdsMessages(String text) {
        return isJson(text, true);
    }

    private static boolean isJson(String cell, boolean messagesOnly) {
        if (!looksLikeJson(cell)) {
            return false;
        }
        JsonNode value = parsed(cell);
        Shape shape = Shape.of(value);
        return value.isContainerNode() && (!messagesOnly || shape == Shape.MESSAGES || shape == Shape.MESSAGE);
    }

    private static boolean looksLikeJson(String cell) {
        String text = cell.strip();
        return (text.startsWith("[") && text.endsWith("]")) || (text.startsWith("{") && text.endsWith("}"));
    }

    /** The JSON value, or the text itself where it is none. */
    private static JsonNode parsed(String text) {
        try {
            JsonNode value = Json.mapper().readTree(text);
            return value == null ? TextNode.valueOf(text) : value;
        } catch (IOException | NumberFormatException | ArithmeticException e) {
            return TextNode.valueOf(text);
        }
    }
}
