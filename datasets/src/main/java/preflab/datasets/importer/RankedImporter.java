package preflab.datasets.importer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import preflab.datasets.example.Content;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Ranked;
import preflab.datasets.example.Ranked.Candidate;

/**
 * Several answers to one prompt with an order among them: {@code completions} beside a list of {@code scores} (higher
 * is better) or {@code ranks} (1 = best; a rank r becomes the score −r), or a list of objects
 * {@code {answer, rank}} / {@code {response, score}} (Nectar). Rejected: fewer than two answers, empty answers, a
 * missing score or rank, all scores equal.
 */
record RankedImporter() implements RowImporter {

    private static final List<String> TEXT_NAMES = List.of("answer", "response", "completion", "text", "content");

    @Override
    public String id() {
        return "ranked";
    }

    @Override
    public Kind kind() {
        return Kind.RANKED;
    }

    @Override
    public String summary() {
        return "prompt, completions (list), scores or ranks (lists); or answers (list of {answer, rank})";
    }

    @Override
    public List<Field> fields() {
        return List.of(Field.PROMPT, Field.COMPLETIONS, Field.SCORES, Field.RANKS, Field.INPUT, Field.SYSTEM,
                Field.HISTORY);
    }

    @Override
    public Optional<String> recognise(Layout layout) {
        boolean lists = layout.has(Field.COMPLETIONS) && (layout.has(Field.SCORES) || layout.has(Field.RANKS));
        return Importer.when(layout.has(Field.PROMPT) && (lists || judgedInside(layout)),
                "a prompt and several answers with a score or rank each");
    }

    @Override
    public Ranked read(Row row) {
        Content prompt = Prompts.of(row);
        JsonNode answers = row.requiredList(Field.COMPLETIONS);
        List<Candidate> candidates = new ArrayList<>(answers.size());
        for (int i = 0; i < answers.size(); i++) {
            Content answer = Contents.answer(words(answers.get(i)), row.column(Field.COMPLETIONS));
            candidates
                    .add(new Candidate(Contents.alike(answer, Contents.isChat(prompt)), score(row, answers.get(i), i)));
        }
        check(row.column(Field.COMPLETIONS), candidates);
        return new Ranked(row.id(), prompt, candidates, row.source());
    }

    private static boolean judgedInside(Layout layout) {
        for (Head.Sample sample : layout.head().samples()) {
            JsonNode first = sample.node().path(layout.column(Field.COMPLETIONS)).path(0);
            if (first.path("rank").isNumber() || first.path("score").isNumber()) {
                return true;
            }
        }
        return false;
    }

    /** Refuses what gives no order: one candidate, or all equal. */
    static void check(String column, List<Candidate> candidates) {
        if (candidates.size() < 2) {
            throw new BadRow(column, "holds one answer only; two or more can be ranked");
        }
        double first = candidates.getFirst().score();
        if (candidates.stream().allMatch(candidate -> candidate.score() == first)) {
            throw new BadRow(column, "are all ranked equal: such a row says nothing");
        }
    }

    private static JsonNode words(JsonNode answer) {
        for (String name : TEXT_NAMES) {
            if (answer.isObject() && !Shape.isMessage(answer) && answer.has(name)) {
                return answer.get(name);
            }
        }
        return answer;
    }

    private static double score(Row row, JsonNode answer, int index) {
        if (row.layout().has(Field.SCORES)) {
            return number(row.required(Field.SCORES).path(index), row.column(Field.SCORES));
        }
        if (row.layout().has(Field.RANKS)) {
            return -number(row.required(Field.RANKS).path(index), row.column(Field.RANKS));
        }
        JsonNode score = answer.path("score");
        return score.isNumber()
                ? number(score, row.column(Field.COMPLETIONS))
                : -number(answer.path("rank"), row.column(Field.COMPLETIONS));
    }

    private static double number(JsonNode node, String column) {
        if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
            throw new BadRow(column, "holds " + Clip.value(node) + " where an answer's score or rank is needed");
        }
        return node.doubleValue();
    }
}
