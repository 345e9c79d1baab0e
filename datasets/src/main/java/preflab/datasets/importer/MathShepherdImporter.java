package preflab.datasets.importer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import preflab.datasets.example.Content;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Step;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.Stepwise;

/**
 * Math-Shepherd: {@code input} is question and answer with a tag after every step (Cyrillic "ки", a space before it),
 * {@code label} is the same text with + or − in place of the tags. The question ends before the white space before
 * "Step 1:"; the tags and the space before each are no part of the steps. Rejected: texts that are not the same, rows
 * without "Step 1:".
 */
record MathShepherdImporter() implements RowImporter {

    private static final Field TAGGED = Field.named("tagged", Set.of(Shape.TEXT), "input");
    private static final Field MARKED = Field.named("marked", Set.of(Shape.TEXT), "label");
    private static final String FIRST_STEP = "Step 1:";

    @Override
    public String id() {
        return "stepwise-math-shepherd";
    }

    @Override
    public Kind kind() {
        return Kind.STEPWISE;
    }

    @Override
    public String summary() {
        return "input (steps each followed by the tag ки), label (the same text with + or -; Math-Shepherd)";
    }

    @Override
    public List<Field> fields() {
        return List.of(TAGGED, MARKED);
    }

    @Override
    public Optional<String> recognise(Layout layout) {
        return Importer.when(layout.has(MARKED) && layout.anyCell(TAGGED, cell -> StepTags.in(cell.asText())),
                "steps marked by the tag ки, with + or - in its place in the label (Math-Shepherd)");
    }

    @Override
    public Stepwise read(Row row) {
        String input = text(row, TAGGED);
        int start = questionEnd(input, row.column(TAGGED));
        List<String> texts = StepTags.steps(input, row.column(TAGGED));
        List<StepLabel> marks = StepTags.marks(input, text(row, MARKED), row.column(MARKED));
        List<Step> steps = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            String text = i == 0 ? texts.getFirst().substring(start) : texts.get(i);
            steps.add(Step.labelled(text, i < marks.size() ? marks.get(i) : StepLabel.UNMARKED));
        }
        return new Stepwise(row.id(), Content.of(input.substring(0, start)), steps, Optional.empty(), row.source());
    }

    private static String text(Row row, Field field) {
        if (!row.required(field).isTextual()) {
            throw new BadRow(row.column(field), "is " + Clip.value(row.required(field)) + ", not a text");
        }
        return Contents.text(row.required(field).textValue(), row.column(field));
    }

    private static int questionEnd(String input, String column) {
        int end = input.indexOf(FIRST_STEP);
        if (end < 0 || end > StepTags.first(input)) {
            throw new BadRow(column, "has no '" + FIRST_STEP + "' before its first tag: the question's end is unknown");
        }
        while (end > 0 && Character.isWhitespace(input.charAt(end - 1))) {
            end--;
        }
        if (end == 0) {
            throw new BadRow(column, "has no question before its steps");
        }
        return end;
    }
}
