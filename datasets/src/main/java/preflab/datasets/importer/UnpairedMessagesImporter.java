package preflab.datasets.importer;

import java.util.List;
import java.util.Optional;

import preflab.datasets.example.Kind;
import preflab.datasets.example.Unpaired;

/**
 * Conversations with a verdict on their last turn: messages, label. The last message is the completion and must be the
 * model's; the messages before it are the prompt.
 */
record UnpairedMessagesImporter() implements RowImporter {

    @Override
    public String id() {
        return "unpaired-conversations";
    }

    @Override
    public Kind kind() {
        return Kind.UNPAIRED;
    }

    @Override
    public String summary() {
        return "messages, label";
    }

    @Override
    public List<Field> fields() {
        return List.of(Field.MESSAGES, Field.LABEL, Field.SYSTEM);
    }

    @Override
    public Optional<String> recognise(Layout layout) {
        return Importer.when(layout.has(Field.MESSAGES) && layout.has(Field.LABEL),
                "conversations with a label on their last turn");
    }

    @Override
    public Unpaired read(Row row) {
        LastTurn turns = LastTurn.of(row);
        boolean accepted = Labels.accepted(row);
        return new Unpaired(row.id(), turns.prompt(), turns.completion(), accepted, row.source());
    }
}
