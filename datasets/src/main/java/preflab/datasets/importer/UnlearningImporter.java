package preflab.datasets.importer;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;

import preflab.datasets.example.Content;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Unlearning;

/**
 * Demonstrations to forget or to retain: prompt (question) and completion (answer), and which of the two in a column
 * {@code forget}, {@code split} or {@code label} ("forget"/"retain" or true/false) or else in the file's name
 * ({@code forget01.json}, {@code retain95.json}). A reasoning trace ({@code cot}, R-TOFU) is forgotten or retained with
 * its answer: the completion is the trace, a blank line and the answer. Taken for such by itself only where the file's name says so.
 */
record UnlearningImporter() implements RowImporter {

    private static final Field TRACE = Field.named("reasoning", Set.of(Shape.TEXT), "cot");
    private static final Pattern NAMED = Pattern.compile("(^|[^a-z])(forget|retain)");

    @Override
    public String id() {
        return "unlearning";
    }

    @Override
    public Kind kind() {
        return Kind.FORGET_RETAIN;
    }

    @Override
    public String summary() {
        return "prompt, completion, forget (or a file named forget… or retain…)";
    }

    @Override
    public List<Field> fields() {
        return List.of(Field.PROMPT, Field.COMPLETION, Field.FORGET, TRACE, Field.INPUT, Field.SYSTEM, Field.HISTORY);
    }

    @Override
    public Optional<String> recognise(Layout layout) {
        boolean columns = layout.has(Field.PROMPT) && layout.has(Field.COMPLETION);
        boolean said = said(layout);
        return Importer.when(columns && (said || named(layout.head()).isPresent()),
                "a prompt and an answer" + (layout.has(TRACE) ? " with its reasoning" : "") + ", to " + (said
                        ? "forget or retain as their column says"
                        : named(layout.head()).orElse("forget") + ", as the file's name says"));
    }

    @Override
    public Unlearning read(Row row) {
        Content prompt = Prompts.of(row);
        Content completion = completion(row);
        boolean chat = Contents.isChat(prompt) || Contents.isChat(completion);
        Content question = chat ? Content.of(Contents.asMessages(prompt, Contents.USER)) : prompt;
        return new Unlearning(row.id(), question, Contents.alike(completion, chat), forget(row), row.source());
    }

    private static Content completion(Row row) {
        Content answer = Contents.answer(row.required(Field.COMPLETION), row.column(Field.COMPLETION));
        JsonNode trace = row.optional(TRACE);
        if (trace == null || trace.asText().isEmpty()) {
            return answer;
        }
        if (!trace.isTextual() || !(answer instanceof Content.Plain(String text))) {
            throw new BadRow(row.column(TRACE), "is a trace that cannot be joined to its answer: both must be texts");
        }
        return Content.of(Contents.text(trace.textValue(), row.column(TRACE)) + "\n\n" + text);
    }

    /** Whether a column says what is to be forgotten. */
    static boolean said(Layout layout) {
        return layout.has(Field.FORGET) && layout.head().samples().stream()
                .anyMatch(sample -> isVerdict(sample.node().path(layout.column(Field.FORGET)), layout));
    }

    private static boolean isVerdict(JsonNode cell, Layout layout) {
        return cell.isTextual()
                ? NAMED.matcher(cell.textValue().toLowerCase(Locale.ROOT)).lookingAt()
                : cell.isBoolean() && layout.column(Field.FORGET).equals("forget");
    }

    /** By the row's column, else by the file's name. */
    static boolean forget(Row row) {
        JsonNode cell = row.optional(Field.FORGET);
        if (cell == null) {
            return named(row.layout().head()).map("forget"::equals).orElseThrow(() -> new BadRow(
                    row.column(Field.FORGET), "is missing, and the file's name says neither forget nor retain"));
        }
        String word = cell.asText().toLowerCase(Locale.ROOT);
        if (word.startsWith("forget") || word.startsWith("retain")) {
            return word.startsWith("forget");
        }
        if (cell.isBoolean()) {
            return cell.booleanValue();
        }
        throw new BadRow(row.column(Field.FORGET),
                "is " + Clip.value(cell) + "; allowed are \"forget\", \"retain\", true and false");
    }

    /** {@code forget} or {@code retain}, where the file's name says so. */
    static Optional<String> named(Head head) {
        var match = NAMED.matcher(head.fileName().toLowerCase(Locale.ROOT));
        return match.find() ? Optional.of(match.group(2)) : Optional.empty();
    }
}
