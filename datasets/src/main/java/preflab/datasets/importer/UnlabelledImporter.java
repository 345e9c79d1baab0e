package preflab.datasets.importer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import preflab.datasets.example.Content;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Unlabelled;

/**
 * Answers that nobody has judged yet: two side by side (output_1, output_2 …) or a list of them, and no verdict in any
 * column. Rejected: empty prompts and answers, fewer than two answers.
 */
record UnlabelledImporter() implements RowImporter {

    @Override
    public String id() {
        return "unlabelled";
    }

    @Override
    public Kind kind() {
        return Kind.UNLABELLED;
    }

    @Override
    public String summary() {
        return "prompt, two answers (output_1, output_2 …) or completions (list)";
    }

    @Override
    public List<Field> fields() {
        return List.of(Field.FIRST, Field.SECOND, Field.CANDIDATES, Field.PROMPT, Field.INPUT, Field.SYSTEM,
                Field.HISTORY);
    }

    @Override
    public Optional<String> recognise(Layout layout) {
        boolean answers = (layout.has(Field.FIRST) && layout.has(Field.SECOND)) || layout.has(Field.CANDIDATES);
        return Importer.when(answers && layout.has(Field.PROMPT), "several answers and no verdict: to be labelled");
    }

    @Override
    public Unlabelled read(Row row) {
        Content prompt = Prompts.of(row);
        List<Content> answers = new ArrayList<>();
        if (row.layout().has(Field.FIRST) && row.layout().has(Field.SECOND)) {
            answers.add(Contents.answer(row.required(Field.FIRST), row.column(Field.FIRST)));
            answers.add(Contents.answer(row.required(Field.SECOND), row.column(Field.SECOND)));
        } else {
            for (JsonNode answer : row.requiredList(Field.CANDIDATES)) {
                answers.add(Contents.answer(answer, row.column(Field.CANDIDATES)));
            }
        }
        if (answers.size() < 2) {
            throw new BadRow(row.column(Field.CANDIDATES), "holds one answer only; two or more can be compared");
        }
        boolean chat = Contents.isChat(prompt) || answers.stream().anyMatch(Contents::isChat);
        Content question = chat ? Content.of(Contents.asMessages(prompt, Contents.USER)) : prompt;
        return new Unlabelled(row.id(), question, answers.stream().map(a -> Contents.alike(a, chat)).toList(),
                row.source());
    }
}
