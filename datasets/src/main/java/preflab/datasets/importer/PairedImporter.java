package preflab.datasets.importer;

import java.util.List;
import java.util.Optional;

import preflab.datasets.example.Kind;
import preflab.datasets.example.Paired;

/**
 * Pairs with a prompt column. The prompt and the answers may be strings, message lists, or (answers) one message
 * object; beside a conversation a string answer is one assistant turn. Where both answers repeat the conversation from
 * its first user turn on (UltraFeedback binarized), those turns are the prompt. Rejected: missing or empty prompt,
 * empty answers, equal answers, message lists that do not end in an assistant turn.
 */
record PairedImporter() implements RowImporter {

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
        Side chosen = Side.of(row, Field.CHOSEN);
        Side rejected = Side.of(row, Field.REJECTED);
        return chosen.repeatsPrompt() && rejected.repeatsPrompt()
                ? Conversations.pair(row, chosen, rejected)
                : Pairs.of(row, Prompts.of(row), chosen, rejected);
    }
}
