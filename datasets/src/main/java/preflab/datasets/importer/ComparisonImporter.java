package preflab.datasets.importer;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import preflab.datasets.example.Kind;
import preflab.datasets.example.Paired;

/**
 * Two answers side by side and a verdict which is better. Each verdict column counts in its own way:
 * {@code preference} 1 or 2 (AlpacaEval), {@code preference_strength} &lt; 0 for the first and &gt; 0 for the second
 * (HelpSteer2), {@code winner} model_a or model_b (arenas), {@code labels} 1 for the first and 0 for the second (SHP),
 * {@code score_0} against {@code score_1} (WebGPT). Rejected: ties, rows without a verdict, and what no pair may be.
 */
record ComparisonImporter() implements RowImporter {

    @Override
    public String id() {
        return "paired-comparisons";
    }

    @Override
    public Kind kind() {
        return Kind.PAIRED;
    }

    @Override
    public String summary() {
        return "prompt, two answers (response_1, response_2 …), a verdict (preference, winner …)";
    }

    @Override
    public List<Field> fields() {
        return List.of(Field.FIRST, Field.SECOND, Field.PREFERENCE, Field.STRENGTH, Field.WINNER, Field.FIRST_WINS,
                Field.FIRST_SCORE, Field.SECOND_SCORE, Field.PROMPT, Field.INPUT, Field.SYSTEM, Field.HISTORY);
    }

    @Override
    public Optional<String> recognise(Layout layout) {
        boolean verdict = layout.has(Field.PREFERENCE) || layout.has(Field.STRENGTH) || layout.has(Field.WINNER)
                || layout.has(Field.FIRST_WINS) || (layout.has(Field.FIRST_SCORE) && layout.has(Field.SECOND_SCORE));
        boolean prompt = layout.has(Field.PROMPT) || layout.holds(Field.FIRST, Shape.MESSAGES);
        return Importer.when(layout.has(Field.FIRST) && layout.has(Field.SECOND) && verdict && prompt,
                "two answers and a verdict which is better");
    }

    @Override
    public Paired read(Row row) {
        Side first = Side.of(row, Field.FIRST);
        Side second = Side.of(row, Field.SECOND);
        boolean firstWins = firstWins(row);
        Side better = firstWins ? first : second;
        Side worse = firstWins ? second : first;
        return first.repeatsPrompt() && second.repeatsPrompt()
                ? Conversations.pair(row, better, worse)
                : Pairs.of(row, Prompts.of(row), better, worse);
    }

    private static boolean firstWins(Row row) {
        Layout layout = row.layout();
        if (layout.has(Field.PREFERENCE)) {
            return oneOf(row, Field.PREFERENCE, 1, 2);
        }
        if (layout.has(Field.STRENGTH)) {
            return higher(row, Field.STRENGTH, -number(row, Field.STRENGTH), 0);
        }
        if (layout.has(Field.WINNER)) {
            return named(row);
        }
        return layout.has(Field.FIRST_WINS)
                ? oneOf(row, Field.FIRST_WINS, 1, 0)
                : higher(row, Field.FIRST_SCORE, number(row, Field.FIRST_SCORE), number(row, Field.SECOND_SCORE));
    }

    private static boolean oneOf(Row row, Field field, int first, int second) {
        double value = number(row, field);
        if (value != first && value != second) {
            throw new BadRow(row.column(field), "is " + Clip.value(row.required(field)) + "; allowed are " + first
                    + " (the first answer) and " + second + " (the second)");
        }
        return value == first;
    }

    private static boolean higher(Row row, Field field, double first, double second) {
        if (first == second) {
            throw new BadRow(row.column(field), "calls it a tie: such a row says nothing");
        }
        return first > second;
    }

    private static boolean named(Row row) {
        JsonNode cell = row.required(Field.WINNER);
        String column = row.column(Field.WINNER);
        String name = cell.asText().toLowerCase(Locale.ROOT);
        if (name.startsWith("tie")) {
            throw new BadRow(column, "calls it a tie: such a row says nothing");
        }
        if (!name.matches("(model_|assistant_)?[ab]")) {
            throw new BadRow(column, "is " + Clip.value(cell) + "; allowed are model_a, model_b and tie");
        }
        return name.endsWith("a");
    }

    private static double number(Row row, Field field) {
        JsonNode cell = row.required(field);
        if (!cell.isNumber()) {
            throw new BadRow(row.column(field), "is " + Clip.value(cell) + ", not a number");
        }
        return cell.doubleValue();
    }
}
