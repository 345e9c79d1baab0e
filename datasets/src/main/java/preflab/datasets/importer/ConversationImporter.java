package preflab.datasets.importer;

import java.util.List;
import java.util.Optional;

import preflab.datasets.example.Demonstration;
import preflab.datasets.example.Kind;

/**
 * Conversations to imitate (messages, or ShareGPT's conversations): the last message is the answer and must be the
 * model's; what comes before it is the prompt.
 */
record ConversationImporter() implements RowImporter {

    @Override
    public String id() {
        return "sft-conversations";
    }

    @Override
    public Kind kind() {
        return Kind.SFT;
    }

    @Override
    public String summary() {
        return "messages";
    }

    @Override
    public List<Field> fields() {
        return List.of(Field.MESSAGES, Field.SYSTEM);
    }

    @Override
    public Optional<String> recognise(Layout layout) {
        return Importer.when(layout.has(Field.MESSAGES), "conversations, whose last turn is taken as a demonstration");
    }

    @Override
    public Demonstration read(Row row) {
        LastTurn turns = LastTurn.of(row);
        return new Demonstration(row.id(), turns.prompt(), turns.completion(), row.source());
    }
}
