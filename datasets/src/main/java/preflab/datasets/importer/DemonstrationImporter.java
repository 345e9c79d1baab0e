package preflab.datasets.importer;

import java.util.List;
import java.util.Optional;

import preflab.datasets.example.Content;
import preflab.datasets.example.Demonstration;
import preflab.datasets.example.Kind;

/**
 * A prompt with one answer to imitate: prompt + completion (texts or message lists), Alpaca's instruction, input,
 * output, or question + answer. Rejected: empty prompts and answers, message lists ending in a user turn.
 */
record DemonstrationImporter() implements RowImporter {

    @Override
    public String id() {
        return "sft";
    }

    @Override
    public Kind kind() {
        return Kind.SFT;
    }

    @Override
    public String summary() {
        return "prompt, completion";
    }

    @Override
    public List<Field> fields() {
        return List.of(Field.PROMPT, Field.COMPLETION, Field.INPUT, Field.SYSTEM, Field.HISTORY);
    }

    @Override
    public Optional<String> recognise(Layout layout) {
        return Importer.when(layout.has(Field.PROMPT) && layout.has(Field.COMPLETION),
                "a prompt and one answer without a verdict, taken as a demonstration");
    }

    @Override
    public Demonstration read(Row row) {
        Content prompt = Prompts.of(row);
        Content completion = Contents.answer(row.required(Field.COMPLETION), row.column(Field.COMPLETION));
        boolean chat = Contents.isChat(prompt) || Contents.isChat(completion);
        Content question = chat ? Content.of(Contents.asMessages(prompt, Contents.USER)) : prompt;
        return new Demonstration(row.id(), question, Contents.alike(completion, chat), row.source());
    }
}
