package preflab.datasets.importer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import preflab.datasets.example.Content;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Step;
import preflab.datasets.example.Stepwise;

/**
 * MATH-APS as a tree: {@code reasoning_steps} nests {@code {text, mc_value, children}}, the question at the root. Every
 * leaf becomes one example: the steps from below the root to it, as paragraphs, with Q = 2 × mc_value − 1 and no
 * labels. Rejected: rates outside [0, 1], empty steps, a root without children.
 */
record MathApsTreeImporter() implements Importer {

    private static final Field ROOT = Field.named("tree", Set.of(Shape.OBJECT), "reasoning_steps");

    /** A step's text without separator, and the success rate after it. */
    private record Valued(String text, double rate) {
    }

    @Override
    public String id() {
        return "stepwise-rollout-tree";
    }

    @Override
    public Kind kind() {
        return Kind.STEPWISE;
    }

    @Override
    public String summary() {
        return "question, reasoning_steps (tree of {text, mc_value, children}; MATH-APS)";
    }

    @Override
    public List<Field> fields() {
        return List.of(Field.PROMPT, ROOT);
    }

    @Override
    public Optional<String> recognise(Layout layout) {
        return Importer.when(layout.has(Field.PROMPT) && layout.anyCell(ROOT, cell -> cell.path("children").isArray()),
                "a tree of steps with success rates v (MATH-APS); Q = 2v - 1, one example per leaf");
    }

    @Override
    public List<Stepwise> readAll(Row row) {
        Content prompt = Prompts.of(row);
        List<Stepwise> examples = new ArrayList<>();
        for (JsonNode child : row.required(ROOT).path("children")) {
            walk(row, prompt, child, new ArrayList<>(), examples);
        }
        if (examples.isEmpty()) {
            throw new BadRow(row.column(ROOT), "has no step below its root");
        }
        return examples;
    }

    /** Depth is bounded by the nesting that foreign JSON may have. */
    private static void walk(Row row, Content prompt, JsonNode node, List<Valued> path, List<Stepwise> examples) {
        String column = row.column(ROOT);
        path.add(new Valued(StepTexts.of(node.path("text"), column), SuccessRates.of(node.path("mc_value"), column)));
        if (node.path("children").isEmpty()) {
            examples.add(new Stepwise(row.id(), prompt, steps(path), Optional.empty(), row.source()));
        }
        for (JsonNode child : node.path("children")) {
            walk(row, prompt, child, path, examples);
        }
        path.removeLast();
    }

    private static List<Step> steps(List<Valued> path) {
        List<Step> steps = new ArrayList<>(path.size());
        for (int i = 0; i < path.size(); i++) {
            steps.add(Step.valued(StepTexts.placed(path.get(i).text(), i, path.size(), StepTexts.PARAGRAPH),
                    SuccessRates.toQ(path.get(i).rate())));
        }
        return steps;
    }
}
