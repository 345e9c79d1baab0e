package preflab.datasets.importer;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

import preflab.datasets.example.Content;
import preflab.datasets.example.Message;

/**
 * From cells to texts and conversations. Texts stay byte for byte as they are. An answer is refused when it is empty
 * or only white space, and when it is a list of messages that does not end in a turn of the model.
 */
final class Contents {

    static final String USER = "user";
    static final String ASSISTANT = "assistant";
    static final String SYSTEM = "system";

    private Contents() {
    }

    /** A text, a message or a list of messages. */
    static Content of(JsonNode cell, String defaultRole, String column) {
        if (cell.isTextual()) {
            return Content.of(text(cell.textValue(), column));
        }
        if (cell.path("full_text").isTextual()) { // WebGPT's question
            return Content.of(text(cell.path("full_text").textValue(), column));
        }
        if (Shape.isMessage(cell)) {
            return Content.of(List.of(message(cell, defaultRole, column)));
        }
        JsonNode list = list(cell, column);
        if (!list.isArray()) {
            throw new BadRow(column, "is " + Clip.value(cell) + "; a text, a message or a list of messages is needed");
        }
        return Content.of(messages(list, column));
    }

    /** An answer that is fit to be one. */
    static Content answer(JsonNode cell, String column) {
        return checkAnswer(of(cell, ASSISTANT, column), column);
    }

    static Content checkAnswer(Content answer, String column) {
        switch (answer) {
            case Content.Plain plain -> refuseBlank(plain.text(), column);
            case Content.Chat chat -> {
                Message last = chat.messages().getLast();
                refuseBlank(last.content(), column);
                if (!isModel(last)) {
                    throw new BadRow(column,
                            "ends in a " + Clip.text(last.role()) + " turn; an answer must end in an assistant turn");
                }
            }
        }
        return answer;
    }

    static void refuseBlank(String text, String column) {
        if (text.isBlank()) {
            throw new BadRow(column, "is empty");
        }
    }

    /** The list of messages in a cell: the cell itself, inside an object, or put together from a list per part. */
    static JsonNode list(JsonNode cell, String column) {
        if (!Shape.isTurnLists(cell)) {
            return cell.path("messages").isArray() ? cell.path("messages") : cell;
        }
        JsonNode roles = cell.has("role") ? cell.get("role") : cell.get("from");
        JsonNode words = cell.has("role") ? cell.get("content") : cell.get("value");
        if (roles.size() != words.size()) {
            throw new BadRow(column, "has " + roles.size() + " roles for " + words.size() + " messages");
        }
        ArrayNode list = Json.mapper().createArrayNode();
        for (int i = 0; i < roles.size(); i++) {
            list.add(Json.mapper().createObjectNode().<ObjectNode>set("role", roles.get(i)).set("content",
                    words.get(i)));
        }
        return list;
    }

    /** All messages of a list; at least one. */
    static List<Message> messages(JsonNode list, String column) {
        if (!list.isArray() || list.isEmpty()) {
            throw new BadRow(column, list.isArray()
                    ? "is an empty list of messages"
                    : "is " + Clip.value(list) + ", not a list of messages");
        }
        List<Message> messages = new ArrayList<>(list.size());
        for (JsonNode item : list) {
            messages.add(message(item, "", column));
        }
        return messages;
    }

    /** Whether the model wrote this turn. */
    static boolean isModel(Message message) {
        return message.role().equals(ASSISTANT) || message.role().equals("function_call");
    }

    /** The same conversation as messages; a plain text becomes one message of this role. */
    static List<Message> asMessages(Content content, String role) {
        return switch (content) {
            case Content.Plain plain -> List.of(new Message(role, plain.text()));
            case Content.Chat chat -> chat.messages();
        };
    }

    static boolean isChat(Content content) {
        return content instanceof Content.Chat;
    }

    /** An answer in the form of its prompt: beside a conversation, a plain text is one assistant turn. */
    static Content alike(Content answer, boolean chat) {
        return chat ? Content.of(asMessages(answer, ASSISTANT)) : answer;
    }

    /** The text itself; half a surrogate pair is no character and cannot be stored as UTF-8. */
    static String text(String text, String column) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) {
                continue;
            }
            if (i + 1 < text.length() && Character.isSurrogatePair(c, text.charAt(i + 1))) {
                i++;
            } else {
                throw new BadRow(column, "holds half of a surrogate pair (\\u"
                        + Integer.toHexString(c).toLowerCase(Locale.ROOT) + "), which is no character");
            }
        }
        return text;
    }

    private static Message message(JsonNode node, String defaultRole, String column) {
        JsonNode role = node.has("role") ? node.get("role") : node.path("from");
        JsonNode words = node.has("content") ? node.get("content") : node.path("value");
        if (!role.isTextual() && defaultRole.isEmpty()) {
            throw new BadRow(column, "holds a message without a role (role, or from)");
        }
        return new Message(role.isTextual() ? role(text(role.textValue(), column)) : defaultRole,
                words(words, column));
    }

    private static String words(JsonNode content, String column) {
        if (content.isTextual()) {
            return text(content.textValue(), column);
        }
        if (!content.isArray()) {
            throw new BadRow(column, "holds a message whose content is " + Clip.value(content) + ", not a text");
        }
        StringBuilder joined = new StringBuilder();
        for (JsonNode part : content) {
            JsonNode text = part.isTextual() ? part : part.path("text");
            if (!text.isTextual()) {
                throw new BadRow(column,
                        "holds a message part of type " + Clip.value(part.path("type")) + "; only texts can be used");
            }
            joined.append(text(text.textValue(), column));
        }
        return joined.toString();
    }

    private static String role(String role) {
        return switch (role.toLowerCase(Locale.ROOT)) {
            case "human", "user", "prompter" -> USER;
            case "gpt", "assistant", "chatgpt", "bot", "model" -> ASSISTANT;
            case "system" -> SYSTEM;
            default -> role;
        };
    }
}
