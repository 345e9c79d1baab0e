package preflab.datasets.importer;

import com.fasterxml.jackson.databind.JsonNode;

/** What kind of value stands in a cell, as far as telling formats apart needs it. */
public enum Shape {
    /** A string. */
    TEXT("text"),
    /** A string that begins like an HH-RLHF transcript. */
    TRANSCRIPT("transcript"),
    /** {@code true} or {@code false}. */
    BOOLEAN("true/false"),
    /** A number. */
    NUMBER("number"),
    /** A list of {role, content} or {from, value}, or an object that holds such a list as {@code messages}, or one of two lists. */
    MESSAGES("messages"),
    /** One {role, content} or {from, value}. */
    MESSAGE("message"),
    /** A list of strings. */
    TEXTS("list of texts"),
    /** A list of numbers, booleans, nulls or short marks: labels or values. */
    MARKS("list of labels or numbers"),
    /** Any other list. */
    LIST("list"),
    /** Any other object. */
    OBJECT("object"),
    /** {@code null}. */
    NULL("null");

    private final String words;

    Shape(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    static Shape of(JsonNode node) {
        if (node.isTextual()) {
            return Transcripts.looksLikeOne(node.textValue()) ? TRANSCRIPT : TEXT;
        }
        if (node.isBoolean()) {
            return BOOLEAN;
        }
        if (node.isNumber()) {
            return NUMBER;
        }
        if (node.isArray()) {
            return ofList(node);
        }
        return node.isObject() ? ofObject(node) : NULL;
    }

    private static Shape ofList(JsonNode list) {
        if (list.isEmpty()) {
            return LIST;
        }
        boolean texts = true;
        boolean marks = true;
        boolean messages = true;
        for (JsonNode item : list) {
            texts &= item.isTextual();
            marks &= item.isNumber() || item.isBoolean() || item.isNull()
                    || (item.isTextual() && Labels.isMark(item.textValue()));
            messages &= isMessage(item);
        }
        if (messages) {
            return MESSAGES;
        }
        if (marks) {
            return MARKS;
        }
        return texts ? TEXTS : LIST;
    }

    private static Shape ofObject(JsonNode object) {
        if (object.path("messages").isArray() || isTurnLists(object)) {
            return MESSAGES;
        }
        return isMessage(object) || object.path("full_text").isTextual() ? MESSAGE : OBJECT;
    }

    /** Roles and contents in a list each, as columnar files may keep a list of messages. */
    static boolean isTurnLists(JsonNode node) {
        return (node.path("role").isArray() && node.path("content").isArray())
                || (node.path("from").isArray() && node.path("value").isArray());
    }

    static boolean isMessage(JsonNode node) {
        return !isTurnLists(node)
                && ((node.has("role") && node.has("content")) || (node.has("from") && node.has("value")));
    }
}
