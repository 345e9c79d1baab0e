package preflab.datasets.importer;

import java.util.List;
import java.util.Optional;

import preflab.datasets.example.Content;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Unpaired;

/**
 * Single answers with a verdict: prompt, completion, label. Labels may be true/false, 1/0, 1/−1, "+"/"-" or
 * "good"/"bad". Rejected: empty prompts and answers, labels that are missing or none of these.
 */
record UnpairedImporter() implements RowImporter {

    @Override
    public String id() {
        return "unpaired";
    }

    @Override
    public Kind kind() {
        return Kind.UNPAIRED;
    }

    @Override
    public String summary() {
        return "prompt, completion, label";
    }

    @Override
    public List<Field> fields() {
        return List.of(Field.PROMPT, Field.COMPLETION, Field.LABEL, Field.INPUT, Field.SYSTEM, Field.HISTORY);
    }

    @Override
    public Optional<String> recognise(Layout layout) {
        return Importer.when(layout.has(Field.PROMPT) && layout.has(Field.COMPLETION) && layout.has(Field.LABEL),
                "a prompt, one answer and its label");
    }

    @Override
    public Unpaired read(Row row) {
        Content prompt = Prompts.of(row);
        Content completion = Contents.answer(row.required(Field.COMPLETION), row.column(Field.COMPLETION));
        boolean accepted = Labels.accepted(row);
        boolean chat = Contents.isChat(prompt) || Contents.isChat(completion);
        Content question = chat ? Content.of(Contents.asMessages(prompt, Contents.USER)) : prompt;
        return new Unpaired(row.id(), question, Contents.alike(completion, chat), accepted, row.source());
    }
}
