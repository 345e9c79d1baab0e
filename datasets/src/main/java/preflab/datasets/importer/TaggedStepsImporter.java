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
 * Math-Shepherd with its labels in a list: {@code question}, {@code process} (a tag "ки" after every step) and
 * {@code labels}, one per tag. Zeros are bad unless the file's first rows also hold −1. Rejected: another number of
 * labels than of steps.
 */
record TaggedStepsImporter() implements RowImporter {

    private static final Field PROCESS = Field.named("process", Set.of(Shape.TEXT), "process");

    @Override
    public String id() {
        return "stepwise-tagged";
    }

    @Override
    public Kind kind() {
        return Kind.STEPWISE;
    }

    @Override
    public String summary() {
        return "question, process (steps each followed by the tag ки), labels (list)";
    }

    @Override
    public List<Field> fields() {
        return List.of(Field.PROMPT, PROCESS, Field.STEP_LABELS);
    }

    @Override
    public Optional<String> recognise(Layout layout) {
        return Importer.when(
                layout.has(Field.PROMPT) && layout.has(Field.STEP_LABELS)
                        && layout.anyCell(PROCESS, cell -> StepTags.in(cell.asText())),
                "steps marked by the tag ки and a list of labels (Math-Shepherd)"
                        + (zeroIsBad(layout) ? "; 0 is read as bad" : ""));
    }

    @Override
    public Stepwise read(Row row) {
        Content prompt = Prompts.of(row);
        String process = Contents.text(row.required(PROCESS).asText(), row.column(PROCESS));
        List<String> texts = StepTags.steps(process, row.column(PROCESS));
        JsonNode labels = row.requiredList(Field.STEP_LABELS);
        if (labels.size() != texts.size()) {
            throw new BadRow(row.column(Field.STEP_LABELS),
                    "has " + labels.size() + " entries for " + texts.size() + " steps");
        }
        List<Step> steps = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            steps.add(Step.labelled(texts.get(i),
                    Labels.step(labels.get(i), zeroIsBad(row.layout()), row.column(Field.STEP_LABELS))));
        }
        return new Stepwise(row.id(), prompt, steps, Optional.empty(), row.source());
    }

    private static boolean zeroIsBad(Layout layout) {
        return !layout.holdsNumber(Field.STEP_LABELS, -1);
    }
}
