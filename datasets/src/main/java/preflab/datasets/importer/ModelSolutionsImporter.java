package preflab.datasets.importer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;

import preflab.datasets.example.Content;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Source;
import preflab.datasets.example.Unpaired;

/**
 * Solutions of several models with a verdict each (GSM8K's example solutions): a question and one column per model,
 * {@code {solution, is_correct}}. Each solution becomes one example, with its column's name as side column
 * {@code model}. Rejected: rows without one such column; empty solutions are left out with a note.
 */
record ModelSolutionsImporter() implements Importer {

    @Override
    public String id() {
        return "unpaired-model-solutions";
    }

    @Override
    public Kind kind() {
        return Kind.UNPAIRED;
    }

    @Override
    public String summary() {
        return "question and one column per model {solution, is_correct}";
    }

    @Override
    public List<Field> fields() {
        return List.of(Field.PROMPT);
    }

    @Override
    public Optional<String> recognise(Layout layout) {
        boolean solutions = layout.head().samples().stream()
                .anyMatch(sample -> sample.node().valueStream().anyMatch(ModelSolutionsImporter::isSolution));
        return Importer.when(layout.has(Field.PROMPT) && solutions,
                "solutions of several models with a verdict each, one example per solution");
    }

    @Override
    public List<Unpaired> readAll(Row row) {
        Content prompt = Prompts.of(row);
        Source source = row.source(cell -> !isSolution(cell));
        List<Unpaired> examples = new ArrayList<>();
        for (Map.Entry<String, JsonNode> cell : row.cells()) {
            if (!isSolution(cell.getValue())) {
                continue;
            }
            String solution = Contents.text(cell.getValue().path("solution").textValue(), cell.getKey());
            if (solution.isBlank()) {
                row.note(cell.getKey(), "an empty solution was left out");
            } else {
                examples.add(new Unpaired(row.id(), prompt, Content.of(solution),
                        cell.getValue().path("is_correct").booleanValue(), of(source, cell.getKey())));
            }
        }
        if (examples.isEmpty()) {
            throw new BadRow(BadRow.WHOLE, "has no column with a solution and is_correct");
        }
        return examples;
    }

    private static boolean isSolution(JsonNode cell) {
        return cell.path("solution").isTextual() && cell.path("is_correct").isBoolean();
    }

    private static Source of(Source source, String model) {
        Map<String, String> side = new HashMap<>(source.side());
        side.put("model", TextNode.valueOf(model).toString());
        return new Source(source.file(), source.row(), side);
    }
}
