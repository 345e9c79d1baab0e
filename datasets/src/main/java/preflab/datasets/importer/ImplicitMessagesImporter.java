package preflab.datasets.importer;

import java.util.List;
import java.util.Optional;

import preflab.datasets.example.Kind;
import preflab.datasets.example.Paired;

/**
 * Pairs without a prompt column whose answers are whole conversations: the common first turns are the prompt, cut back
 * until both sides go on with an assistant turn. Rejected: equal sides, no common turns, empty answers, lists that end
 * in a user turn.
 */
record ImplicitMessagesImporter() implements RowImporter {

    @Override
    public String id() {
        return "paired-conversations";
    }

    @Override
    public Kind kind() {
        return Kind.PAIRED;
    }

    @Override
    public String summary() {
        return "chosen, rejected: message lists that begin alike";
    }

    @Override
    public List<Field> fields() {
        return List.of(Field.CHOSEN, Field.REJECTED);
    }

    @Override
    public Optional<String> recognise(Layout layout) {
        return Importer.when(layout.holds(Field.CHOSEN, Shape.MESSAGES) && layout.holds(Field.REJECTED, Shape.MESSAGES),
                "chosen and rejected conversations that share their first turns, which are the prompt");
    }

    @Override
    public Paired read(Row row) {
        return Conversations.pair(row, Side.of(row, Field.CHOSEN), Side.of(row, Field.REJECTED));
    }
}
