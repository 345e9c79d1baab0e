package preflab.datasets.importer;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import preflab.datasets.example.Content;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Source;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.Stepwise;

/**
 * AlphaMath's search trees: the question is the column, its cell maps tags ("0" the root, "0.1" its second child) to
 * nodes. Every leaf becomes one example: the steps from below the root to it, with Q = {@code q_value} where the node
 * was visited, else {@code value} unless that is −100 (never set), else none. A leaf with a final answer and a value of
 * 1 or −1 says whether that is right. Labels stay unmarked, texts as they are. Rejected: values outside [−1, 1], nodes
 * without a parent, trees without one step.
 */
record SearchTreeImporter() implements Importer {

    private static final double NEVER_SET = -100;

    @Override
    public String id() {
        return "stepwise-search-trees";
    }

    @Override
    public Kind kind() {
        return Kind.STEPWISE;
    }

    @Override
    public String summary() {
        return "one column named by the question, tags to {text, value, q_value} (AlphaMath search trees)";
    }

    @Override
    public List<Field> fields() {
        return List.of();
    }

    @Override
    public Optional<String> recognise(Layout layout) {
        boolean trees = !layout.head().samples().isEmpty() && layout.head().samples().stream()
                .allMatch(sample -> sample.node().valueStream().anyMatch(SearchTreeImporter::isTree));
        return Importer.when(trees, "search trees whose question is the column (AlphaMath), one example per leaf");
    }

    @Override
    public List<Stepwise> readAll(Row row) {
        Source source = row.source(cell -> !isTree(cell));
        List<Stepwise> examples = new ArrayList<>();
        for (Map.Entry<String, JsonNode> cell : row.cells()) {
            if (isTree(cell.getValue())) {
                String question = Contents.text(cell.getKey(), "question");
                Contents.refuseBlank(question, "question");
                for (String leaf : leaves(cell.getValue())) {
                    examples.add(new Stepwise(row.id(), Content.of(question), path(cell.getValue(), leaf),
                            correct(cell.getValue().path(leaf)), source));
                }
            }
        }
        if (examples.isEmpty()) {
            throw new BadRow(BadRow.WHOLE, "holds no tree with a step below its root");
        }
        return examples;
    }

    private static boolean isTree(JsonNode cell) {
        return cell.path("0").has("q_value");
    }

    /** Tags that no other node goes on from, in the file's order; the root is none. */
    private static List<String> leaves(JsonNode tree) {
        Set<String> parents = new HashSet<>();
        tree.fieldNames().forEachRemaining(tag -> parents.add(parent(tag)));
        List<String> leaves = new ArrayList<>();
        tree.fieldNames().forEachRemaining(tag -> {
            if (!parents.contains(tag) && !parent(tag).isEmpty()) {
                leaves.add(tag);
            }
        });
        return leaves;
    }

    private static String parent(String tag) {
        return tag.substring(0, Math.max(0, tag.lastIndexOf('.')));
    }

    private static List<Step> path(JsonNode tree, String leaf) {
        List<Step> steps = new ArrayList<>();
        for (String tag = leaf; !parent(tag).isEmpty(); tag = parent(tag)) {
            JsonNode node = tree.path(tag);
            if (node.isMissingNode()) {
                throw new BadRow("tree", "has the node " + Clip.text(leaf) + " and no node " + Clip.text(tag));
            }
            steps.add(new Step(StepTexts.of(node.path("text"), "tree"), StepLabel.UNMARKED, q(node)));
        }
        return steps.reversed();
    }

    private static OptionalDouble q(JsonNode node) {
        boolean visited = node.path("visit_count").asInt(1) > 0;
        double value = (visited ? node.path("q_value") : node.path("value")).asDouble(NEVER_SET);
        if (value == NEVER_SET) {
            return OptionalDouble.empty();
        }
        if (!(value >= -1 && value <= 1)) {
            throw new BadRow("tree", "holds " + value + " as Q; a number in [-1, 1] is needed");
        }
        return OptionalDouble.of(value);
    }

    private static Optional<Boolean> correct(JsonNode leaf) {
        double value = leaf.path("value").asDouble(0);
        boolean ended = !leaf.path("final_answer").asText().isEmpty() && Math.abs(value) == 1;
        return ended ? Optional.of(value > 0) : Optional.empty();
    }
}
