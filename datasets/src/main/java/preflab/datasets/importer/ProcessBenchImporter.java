package preflab.datasets.importer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import com.fasterxml.jackson.databind.JsonNode;

import preflab.datasets.example.Content;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.Stepwise;

/**
 * ProcessBench: {@code problem}, {@code steps} and in {@code label} the index of the first wrong step, counted from 0
 * (−1: none). Steps before it are good, it is bad, and those after it are unmarked: nobody judged them. Steps are
 * paragraphs. Rejected: an index outside the steps.
 */
record ProcessBenchImporter() implements RowImporter {

    private static final Field STEPS = Field.named("steps", Set.of(Shape.TEXTS), "steps");
    private static final Field FIRST_ERROR = Field.named("first_error", Set.of(Shape.NUMBER), "label",
            "first_error");

    @Override
    public String id() {
        return "stepwise-first-error";
    }

    @Override
    public Kind kind() {
        return Kind.STEPWISE;
    }

    @Override
    public String summary() {
        return "problem, steps (list of texts), label (index of the first wrong step, -1 = none; ProcessBench)";
    }

    @Override
    public List<Field> fields() {
        return List.of(Field.PROMPT, STEPS, FIRST_ERROR, Field.ANSWER_CORRECT);
    }

    @Override
    public Optional<String> recognise(Layout layout) {
        return Importer.when(layout.has(Field.PROMPT) && layout.has(STEPS) && layout.has(FIRST_ERROR),
                "steps and the index of the first wrong one (ProcessBench); steps after it are unmarked, not wrong");
    }

    @Override
    public Stepwise read(Row row) {
        Content prompt = Prompts.of(row);
        List<String> texts = StepTexts.list(row.requiredList(STEPS), row.column(STEPS));
        int error = firstError(row, texts.size());
        List<Step> steps = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            steps.add(Step.labelled(StepTexts.placed(texts.get(i), i, texts.size(), StepTexts.PARAGRAPH),
                    verdict(i, error)));
        }
        JsonNode correct = row.optional(Field.ANSWER_CORRECT);
        return new Stepwise(row.id(), prompt, steps,
                Optional.ofNullable(correct).map(cell -> Labels.accepted(cell, row.column(Field.ANSWER_CORRECT))),
                row.source());
    }

    private static StepLabel verdict(int step, int error) {
        if (error < 0 || step < error) {
            return StepLabel.GOOD;
        }
        return step == error ? StepLabel.BAD : StepLabel.UNMARKED;
    }

    private static int firstError(Row row, int steps) {
        JsonNode cell = row.required(FIRST_ERROR);
        if (!cell.isInt() || cell.intValue() < -1 || cell.intValue() >= steps) {
            throw new BadRow(row.column(FIRST_ERROR), "is " + Clip.value(cell) + "; it must be the index of one of the "
                    + steps + " steps, counted from 0, or -1");
        }
        return cell.intValue();
    }
}
