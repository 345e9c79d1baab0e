package preflab.datasets.importer;

import com.fasterxml.jackson.databind.JsonNode;

/** Pieces of foreign text that are fit to stand in a message: short, on one line, without control characters. */
final class Clip {

    private static final int LONGEST = 60;

    private Clip() {
    }

    static String text(String text) {
        return text(text, LONGEST);
    }

    static String text(String text, int longest) {
        int end = Math.min(text.length(), longest);
        StringBuilder clipped = new StringBuilder(end + 1);
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            clipped.append(c == '\n' || c == '\t' || c == '\r' ? ' ' : printable(c));
        }
        return end < text.length() ? clipped.append('…').toString() : clipped.toString();
    }

    /** A cell's value in few words. */
    static String value(JsonNode node) {
        if (node == null || node.isMissingNode()) {
            return "missing";
        }
        if (node.isTextual()) {
            return "'" + text(node.textValue()) + "'";
        }
        return node.isContainerNode() ? "a " + Shape.of(node).words() : text(node.asText());
    }

    private static char printable(char c) {
        return Character.isISOControl(c) || Character.isSurrogate(c) ? '?' : c;
    }
}
