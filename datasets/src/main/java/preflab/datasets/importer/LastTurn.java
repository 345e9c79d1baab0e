package preflab.datasets.importer;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

import preflab.datasets.example.Content;
import preflab.datasets.example.Message;

/**
 * A conversation cut before its last turn, which must be the model's and not empty; at least one turn comes before it.
 */
record LastTurn(Content prompt, Content completion) {

    static LastTurn of(Row row) {
        String column = row.column(Field.MESSAGES);
        JsonNode cell = row.required(Field.MESSAGES);
        JsonNode list = Contents.list(cell, column);
        List<Message> messages = new ArrayList<>(system(row));
        messages.addAll(Contents.messages(list, column));
        int last = messages.size() - 1;
        Content completion = Contents.checkAnswer(Content.of(messages.subList(last, messages.size())), column);
        if (last == 0) {
            throw new BadRow(column, "holds an answer only, and no turn before it");
        }
        return new LastTurn(Content.of(messages.subList(0, last)), completion);
    }

    private static List<Message> system(Row row) {
        JsonNode system = row.optional(Field.SYSTEM);
        if (system == null || !system.isTextual() || system.textValue().isEmpty()) {
            return List.of();
        }
        return List.of(new Message(Contents.SYSTEM, Contents.text(system.textValue(), row.column(Field.SYSTEM))));
    }
}
