package preflab.datasets.importer;

import java.util.Locale;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

import preflab.datasets.example.StepLabel;

/** The spellings of verdicts. */
final class Labels {

    private static final Map<String, StepLabel> WORDS = Map.ofEntries(Map.entry("true", StepLabel.GOOD),
            Map.entry("false", StepLabel.BAD), Map.entry("1", StepLabel.GOOD), Map.entry("0", StepLabel.BAD),
            Map.entry("-1", StepLabel.BAD), Map.entry("+", StepLabel.GOOD), Map.entry("-", StepLabel.BAD),
            Map.entry("good", StepLabel.GOOD), Map.entry("bad", StepLabel.BAD), Map.entry("accepted", StepLabel.GOOD),
            Map.entry("rejected", StepLabel.BAD), Map.entry("neutral", StepLabel.NEUTRAL));

    private Labels() {
    }

    static boolean isMark(String text) {
        return WORDS.containsKey(text.toLowerCase(Locale.ROOT));
    }

    /** The verdict on a row's answer: its label, or a rating held against the least good one. */
    static boolean accepted(Row row) {
        JsonNode cell = row.required(Field.LABEL);
        return row.layout().cutoff(Field.LABEL).map(cutoff -> cutoff.accepts(cell))
                .orElseGet(() -> accepted(cell, row.column(Field.LABEL)));
    }

    /**
     * The verdict on a whole answer: true/false, 1/0, 1/−1, "+"/"-", "good"/"bad", "accepted"/"rejected" (strings in
     * any case).
     */
    static boolean accepted(JsonNode label, String column) {
        StepLabel read = word(label);
        if (read == null || read == StepLabel.NEUTRAL) {
            throw new BadRow(column, "is " + Clip.value(label)
                    + "; allowed are true/false, 1/0, 1/-1, \"+\"/\"-\" and \"good\"/\"bad\""
                    + (label.isNumber() || label.isArray()
                            ? ", or ratings with the least good one (label = " + column + ">=3)"
                            : ""));
        }
        return read == StepLabel.GOOD;
    }

    /**
     * The verdict on a step.
     *
     * @param zeroIsBad
     *            whether the file counts 1/0 (0 = bad) and not 1/0/−1 (0 = neutral)
     */
    static StepLabel step(JsonNode label, boolean zeroIsBad, String column) {
        if (label.isNull()) {
            return StepLabel.UNMARKED;
        }
        StepLabel read = word(label);
        if (read == null) {
            throw new BadRow(column, "holds " + Clip.value(label)
                    + "; allowed are true/false, 1/0/-1, \"+\"/\"-\", \"good\"/\"bad\"/\"neutral\" and null");
        }
        if (label.isNumber() && label.doubleValue() == 0 && !zeroIsBad) {
            return StepLabel.NEUTRAL;
        }
        if (label.isNumber() && label.doubleValue() == -1 && zeroIsBad) {
            throw new BadRow(column, "holds -1 in a file whose first rows count 1 and 0 only:"
                    + " its zeros could mean bad or neutral; write \"bad\" and \"neutral\" instead");
        }
        return read;
    }

    private static StepLabel word(JsonNode label) {
        if (label.isBoolean()) {
            return label.booleanValue() ? StepLabel.GOOD : StepLabel.BAD;
        }
        if (label.isNumber()) {
            double value = label.doubleValue();
            return value == 1 ? StepLabel.GOOD : value == 0 || value == -1 ? StepLabel.BAD : null;
        }
        return label.isTextual() ? WORDS.get(label.textValue().toLowerCase(Locale.ROOT)) : null;
    }
}
