package preflab.datasets.importer;

import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * A canonical field of a format and the names its column is met under.
 *
 * @param id
 *            its name in a {@link FieldMapping}
 * @param shapes
 *            values a column must hold to be taken by name alone; a column given by hand may hold anything
 * @param beside
 *            a column that must be in use for this field to be looked for; empty = none
 * @param names
 *            usual column names, best first
 */
public record Field(String id, Set<Shape> shapes, String beside, List<String> names) {

    private static final Set<Shape> WORDS = Set.of(Shape.TEXT, Shape.TRANSCRIPT, Shape.MESSAGES, Shape.MESSAGE);

    static final Field PROMPT = named("prompt", WORDS, "prompt", "question", "instruction", "query", "context",
            "history", "input", "problem", "conversations", "conversation", "messages");
    static final Field INPUT = new Field("input", Set.of(Shape.TEXT), "instruction", List.of("input"));
    static final Field SYSTEM = named("system", Set.of(Shape.TEXT), "system", "system_prompt");
    static final Field HISTORY = named("history", Set.of(Shape.LIST, Shape.MESSAGES), "history");
    static final Field CHOSEN = named("chosen", WORDS, "chosen", "chosen_response", "response_chosen", "preferred",
            "preferred_output", "response_j", "win", "positive");
    static final Field REJECTED = named("rejected", WORDS, "rejected", "rejected_response", "response_rejected",
            "non_preferred", "non_preferred_output", "response_k", "lose", "negative");
    static final Field FIRST = named("first", WORDS, "human_ref_A", "response_1", "response_a", "answer_0", "answer_a",
            "answer1", "output_1", "completion_a", "conversation_a");
    static final Field SECOND = named("second", WORDS, "human_ref_B", "response_2", "response_b", "answer_1",
            "answer_b", "answer2", "output_2", "completion_b", "conversation_b");
    static final Field PREFERENCE = named("preference", Set.of(Shape.NUMBER), "preference");
    static final Field STRENGTH = named("preference_strength", Set.of(Shape.NUMBER), "preference_strength");
    static final Field WINNER = named("winner", Set.of(Shape.TEXT), "winner");
    static final Field FIRST_WINS = named("first_wins", Set.of(Shape.NUMBER), "labels");
    static final Field FIRST_SCORE = named("first_score", Set.of(Shape.NUMBER), "score_0", "score_A", "score_1");
    static final Field SECOND_SCORE = named("second_score", Set.of(Shape.NUMBER), "score_1", "score_B", "score_2");
    static final Field CANDIDATES = named("completions", Set.of(Shape.TEXTS), "completions", "responses", "answers");
    static final Field COMPLETION = named("completion", WORDS, "completion", "response", "answer", "output", "gt");
    static final Field LABEL = named("label", Set.of(Shape.BOOLEAN, Shape.NUMBER, Shape.TEXT), "label", "kto_tag",
            "is_correct", "accepted");
    static final Field MESSAGES = named("messages", Set.of(Shape.MESSAGES), "messages", "conversations",
            "conversation");
    static final Field STEPS = named("completions", Set.of(Shape.TEXTS), "completions", "steps");
    static final Field STEP_LABELS = named("labels", Set.of(Shape.MARKS), "labels", "step_labels");
    static final Field STEP_VALUES = named("q", Set.of(Shape.MARKS), "q", "q_values", "values");
    static final Field ANSWER_CORRECT = named("answer_correct", Set.of(Shape.BOOLEAN), "answer_correct",
            "final_answer_correct");
    static final Field COMPLETIONS = named("completions", Set.of(Shape.TEXTS, Shape.LIST), "completions", "responses",
            "answers");
    static final Field SCORES = named("scores", Set.of(Shape.MARKS), "scores", "rewards");
    static final Field RANKS = named("ranks", Set.of(Shape.MARKS), "ranks", "rank");
    static final Field FORGET = named("forget", Set.of(Shape.BOOLEAN, Shape.NUMBER, Shape.TEXT), "forget", "split",
            "label");
    static final Field TEXT = named("text", Set.of(Shape.TEXT), "text");

    public Field {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(beside, "beside");
        shapes = Set.copyOf(shapes);
        names = List.copyOf(names);
    }

    static Field named(String id, Set<Shape> shapes, String... names) {
        return new Field(id, shapes, "", List.of(names));
    }
}
