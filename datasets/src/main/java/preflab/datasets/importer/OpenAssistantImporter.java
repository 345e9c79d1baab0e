package preflab.datasets.importer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import preflab.datasets.example.Content;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Message;
import preflab.datasets.example.Ranked;
import preflab.datasets.example.Ranked.Candidate;

/**
 * OpenAssistant trees. Every turn of a person that has two or more ranked answers becomes one example: the prompt is
 * the path from the root, and rank r (0 = best) becomes the score −r. Answers without a rank and deleted ones are left
 * out. Ranks among turns of people are not used. Rejected: trees without two ranked answers anywhere.
 */
record OpenAssistantImporter() implements Importer {

    private static final Field ROOT = Field.named("tree", Set.of(Shape.OBJECT), "prompt");

    @Override
    public String id() {
        return "ranked-trees";
    }

    @Override
    public Kind kind() {
        return Kind.RANKED;
    }

    @Override
    public String summary() {
        return "prompt (tree of {text, role, rank, replies}; OpenAssistant)";
    }

    @Override
    public List<Field> fields() {
        return List.of(ROOT);
    }

    @Override
    public Optional<String> recognise(Layout layout) {
        return Importer.when(layout.anyCell(ROOT, cell -> cell.path("replies").isArray() && cell.has("text")),
                "trees of ranked replies (OpenAssistant), rank 0 = best; one example per turn with ranked answers");
    }

    @Override
    public List<Ranked> readAll(Row row) {
        List<Ranked> examples = new ArrayList<>();
        walk(row, row.required(ROOT), new ArrayList<>(), examples);
        if (examples.isEmpty()) {
            throw new BadRow(row.column(ROOT), "has no turn with two or more ranked answers");
        }
        return examples;
    }

    /** Depth is bounded by the nesting that foreign JSON may have. */
    private static void walk(Row row, JsonNode node, List<Message> path, List<Ranked> examples) {
        boolean person = node.path("role").asText().equals("prompter");
        path.add(new Message(person ? Contents.USER : Contents.ASSISTANT, text(row, node)));
        List<Candidate> candidates = person ? candidates(row, node.path("replies")) : List.of();
        if (candidates.size() > 1) {
            if (candidates.stream().mapToDouble(Candidate::score).distinct().count() > 1) {
                examples.add(new Ranked(row.id(), Content.of(path), candidates, row.source()));
            } else {
                row.note(row.column(ROOT), "answers that are all ranked equal were left out");
            }
        }
        for (JsonNode reply : node.path("replies")) {
            if (!reply.path("deleted").asBoolean()) {
                walk(row, reply, path, examples);
            }
        }
        path.removeLast();
    }

    private static List<Candidate> candidates(Row row, JsonNode replies) {
        List<Candidate> candidates = new ArrayList<>();
        for (JsonNode reply : replies) {
            boolean ranked = reply.path("rank").isNumber() && !reply.path("deleted").asBoolean();
            if (ranked && reply.path("role").asText().equals("assistant")) {
                Message answer = new Message(Contents.ASSISTANT, text(row, reply));
                candidates.add(new Candidate(Content.of(List.of(answer)), 0 - reply.path("rank").doubleValue()));
            }
        }
        return candidates;
    }

    private static String text(Row row, JsonNode node) {
        String column = row.column(ROOT);
        if (!node.path("text").isTextual()) {
            throw new BadRow(column, "holds a reply without a text");
        }
        Contents.refuseBlank(node.path("text").textValue(), column);
        return Contents.text(node.path("text").textValue(), column);
    }
}
