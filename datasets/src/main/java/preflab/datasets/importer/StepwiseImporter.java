package preflab.datasets.importer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

import com.fasterxml.jackson.databind.JsonNode;

import preflab.datasets.example.Content;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.Stepwise;

/**
 * Answers in steps (TRL): {@code completions} holds the steps with their white space, {@code labels} one verdict each,
 * and, where known, {@code q} one value each in [−1, 1] and {@code answer_correct} whether the final answer is right.
 * <p>
 * Labels may be booleans, words, or numbers. Numbers mean 1 = good, 0 = neutral, −1 = bad, null = unmarked; where the
 * file's first rows hold zeros but no −1, a zero means bad, and a later −1 is rejected, since the two readings must not
 * be mixed. Rejected: lists of different lengths, empty steps, values outside [−1, 1].
 */
record StepwiseImporter() implements RowImporter {

    @Override
    public String id() {
        return "stepwise";
    }

    @Override
    public Kind kind() {
        return Kind.STEPWISE;
    }

    @Override
    public String summary() {
        return "prompt, completions (list), labels or q (lists)";
    }

    @Override
    public List<Field> fields() {
        return List.of(Field.PROMPT, Field.STEPS, Field.STEP_LABELS, Field.STEP_VALUES, Field.ANSWER_CORRECT,
                Field.INPUT, Field.SYSTEM, Field.HISTORY);
    }

    @Override
    public Optional<String> recognise(Layout layout) {
        return Importer.when(
                layout.has(Field.PROMPT) && layout.has(Field.STEPS)
                        && (layout.has(Field.STEP_LABELS) || layout.has(Field.STEP_VALUES)),
                "a prompt and an answer in steps with a label or a value each" + (layout.has(Field.STEP_LABELS)
                        && zeroIsBad(layout) ? "; labels are 1 and 0, so 0 is read as bad" : ""));
    }

    @Override
    public Stepwise read(Row row) {
        Content prompt = Prompts.of(row);
        JsonNode texts = row.requiredList(Field.STEPS);
        JsonNode labels = sameLength(row, Field.STEP_LABELS, texts.size());
        JsonNode values = sameLength(row, Field.STEP_VALUES, texts.size());
        if (labels == null && values == null) {
            throw new BadRow(row.column(Field.STEP_LABELS), "is missing");
        }
        List<Step> steps = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            steps.add(new Step(text(texts.get(i), row.column(Field.STEPS)), label(row, labels, i), q(row, values, i)));
        }
        return new Stepwise(row.id(), prompt, steps, answerCorrect(row), row.source());
    }

    private static boolean zeroIsBad(Layout layout) {
        return layout.holdsNumber(Field.STEP_LABELS, 0) && !layout.holdsNumber(Field.STEP_LABELS, -1);
    }

    private static JsonNode sameLength(Row row, Field field, int steps) {
        if (row.optional(field) == null) {
            return null;
        }
        JsonNode list = row.requiredList(field);
        if (list.size() != steps) {
            throw new BadRow(row.column(field), "has " + list.size() + " entries for " + steps + " steps");
        }
        return list;
    }

    private static String text(JsonNode step, String column) {
        if (!step.isTextual() || step.textValue().isEmpty()) {
            throw new BadRow(column, step.isTextual()
                    ? "holds an empty step"
                    : "holds " + Clip.value(step) + "; every step must be a text");
        }
        return Contents.text(step.textValue(), column);
    }

    private static StepLabel label(Row row, JsonNode labels, int step) {
        return labels == null
                ? StepLabel.UNMARKED
                : Labels.step(labels.get(step), zeroIsBad(row.layout()), row.column(Field.STEP_LABELS));
    }

    private static OptionalDouble q(Row row, JsonNode values, int step) {
        JsonNode value = values == null ? null : values.get(step);
        if (value == null || value.isNull()) {
            return OptionalDouble.empty();
        }
        if (!value.isNumber() || !(Math.abs(value.doubleValue()) <= 1)) {
            throw new BadRow(row.column(Field.STEP_VALUES),
                    "holds " + Clip.value(value) + "; values must be numbers in [-1, 1] or null");
        }
        return OptionalDouble.of(value.doubleValue());
    }

    private static Optional<Boolean> answerCorrect(Row row) {
        JsonNode cell = row.optional(Field.ANSWER_CORRECT);
        return cell == null
                ? Optional.empty()
                : Optional.of(Labels.accepted(cell, row.column(Field.ANSWER_CORRECT)));
    }
}
