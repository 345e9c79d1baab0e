package preflab.datasets.importer;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import preflab.datasets.example.Content;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Paired;

/**
 * Pairs with a prompt column. The prompt and the answers may be strings, message lists, or (answers) one message
 * object; beside a conversation a string answer is one assistant turn. Where both answers repeat the conversation from
 * its first user turn on (UltraFeedback binarized), those turns are the prompt. Rejected: missing or empty prompt,
 * empty answers, equal answers, message lists that do not end in an assistant turn.
 */
record PairedImporter() implements Importer {

    @Override
    public String id() {
        return "paired";
    }

    @Override
    public Kind kind() {
        return Kind.PAIRED;
    }

    @Override
    public String summary() {
        return "prompt, chosen, rejected";
    }

    @Override
    public List<Field> fields() {
        return List.of(Field.CHOSEN, Field.REJECTED, Field.PROMPT, Field.INPUT, Field.SYSTEM, Field.HISTORY);
    }

    @Override
    public Optional<String> recognise(Layout layout) {
        return Importer.when(layout.has(Field.CHOSEN) && layout.has(Field.REJECTED) && layout.has(Field.PROMPT),
                "a prompt, a chosen and a rejected answer");
    }

    @Override
    public Paired read(Row row) {
        Content chosen = answer(row, Field.CHOSEN);
        Content rejected = answer(row, Field.REJECTED);
        if (repeatsPrompt(chosen) && repeatsPrompt(rejected)) {
            return Conversations.pair(row, Contents.asMessages(chosen, Contents.ASSISTANT),
                    Contents.asMessages(rejected, Contents.ASSISTANT));
        }
        return Pairs.of(row, Prompts.of(row), chosen, rejected);
    }

    private static Content answer(Row row, Field field) {
        JsonNode cell = row.required(field);
        return Contents.of(cell, Contents.ASSISTANT, row.column(field));
    }

    private static boolean repeatsPrompt(Content answer) {
        return answer instanceof Content.Chat chat && chat.messages().size() > 1
                && !Contents.isModel(chat.messages().getFirst());
    }
}
