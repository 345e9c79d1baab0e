package preflab.datasets.importer;

import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Texts of steps. The joined steps are the answer, so where a file lists steps without the white space between them,
 * every step but the last ends in the separator that this format's solutions were cut at.
 */
final class StepTexts {

    static final String LINE = "\n";
    static final String PARAGRAPH = "\n\n";

    private StepTexts() {
    }

    /** One step, byte for byte. */
    static String of(JsonNode step, String column) {
        if (!step.isTextual() || step.textValue().isBlank()) {
            throw new BadRow(column, step.isTextual()
                    ? "holds an empty step"
                    : "holds " + Clip.value(step) + " where a step's text is needed");
        }
        return Contents.text(step.textValue(), column);
    }

    /** All steps of a list, unseparated. */
    static List<String> list(JsonNode steps, String column) {
        List<String> texts = new ArrayList<>(steps.size());
        steps.forEach(step -> texts.add(of(step, column)));
        return texts;
    }

    /** A step as it stands in an answer of so many steps. */
    static String placed(String text, int index, int steps, String separator) {
        return index + 1 < steps ? text + separator : text;
    }
}
