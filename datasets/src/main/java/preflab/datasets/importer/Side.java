package preflab.datasets.importer;

import java.util.List;

import preflab.datasets.example.Content;
import preflab.datasets.example.Message;

/** One answer of a pair, with the column it came from. */
record Side(String column, Content content) {

    /** The answer in the cell of this field. */
    static Side of(Row row, Field field) {
        String column = row.column(field);
        return new Side(column, Contents.of(row.required(field), Contents.ASSISTANT, column));
    }

    List<Message> messages() {
        return Contents.asMessages(content, Contents.ASSISTANT);
    }

    /** Whether the answer is a conversation that begins with somebody else's turn: it repeats the prompt. */
    boolean repeatsPrompt() {
        return content instanceof Content.Chat chat && chat.messages().size() > 1
                && !Contents.isModel(chat.messages().getFirst());
    }
}
