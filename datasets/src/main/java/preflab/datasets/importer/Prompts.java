package preflab.datasets.importer;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

import preflab.datasets.example.Content;
import preflab.datasets.example.Message;

/**
 * The prompt of a row: its prompt column; {@code instruction} and a non-empty {@code input} joined by a line break;
 * and, where the row has them, a {@code system} text and earlier turns ({@code history}), which make it a conversation.
 */
final class Prompts {

    /** The fields a prompt may be made of. */
    static final List<Field> FIELDS = List.of(Field.PROMPT, Field.INPUT, Field.SYSTEM, Field.HISTORY);

    private Prompts() {
    }

    static Content of(Row row) {
        Content prompt = question(row);
        List<Message> before = before(row);
        if (!before.isEmpty()) {
            before.addAll(Contents.asMessages(prompt, Contents.USER));
            return Content.of(before);
        }
        return prompt;
    }

    private static Content question(Row row) {
        Content prompt = Contents.of(row.required(Field.PROMPT), Contents.USER, row.column(Field.PROMPT));
        JsonNode input = row.optional(Field.INPUT);
        if (input != null && prompt instanceof Content.Plain(String instruction)) {
            prompt = Content.of(join(instruction, words(input, row.column(Field.INPUT))));
        }
        Contents.refuseBlank(prompt.text(), row.column(Field.PROMPT));
        return prompt;
    }

    private static String join(String instruction, String input) {
        return input.isEmpty() || instruction.isEmpty() ? instruction + input : instruction + "\n" + input;
    }

    private static List<Message> before(Row row) {
        List<Message> before = new ArrayList<>();
        JsonNode system = row.optional(Field.SYSTEM);
        if (system != null && !words(system, row.column(Field.SYSTEM)).isEmpty()) {
            before.add(new Message(Contents.SYSTEM, system.textValue()));
        }
        JsonNode history = row.optional(Field.HISTORY);
        if (history != null) {
            addHistory(before, history, row.column(Field.HISTORY));
        }
        return before;
    }

    private static void addHistory(List<Message> before, JsonNode history, String column) {
        for (JsonNode turn : history) {
            if (Shape.isMessage(turn)) {
                before.addAll(Contents.asMessages(Contents.of(turn, Contents.USER, column), Contents.USER));
            } else if (turn.isArray() && turn.size() == 2) {
                before.add(new Message(Contents.USER, words(turn.get(0), column)));
                before.add(new Message(Contents.ASSISTANT, words(turn.get(1), column)));
            } else {
                throw new BadRow(column, "holds " + Clip.value(turn) + "; [question, answer] or a message is needed");
            }
        }
    }

    private static String words(JsonNode cell, String column) {
        if (!cell.isTextual()) {
            throw new BadRow(column, "is " + Clip.value(cell) + ", not a text");
        }
        return Contents.text(cell.textValue(), column);
    }
}
