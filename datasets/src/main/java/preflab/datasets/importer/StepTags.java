package preflab.datasets.importer;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import preflab.datasets.example.StepLabel;

/** Texts with the tag "ки" after every step. A tag stands after a space and before white space or the end. */
final class StepTags {

    private static final Pattern TAG = Pattern.compile(" ки(?=\\s|$)");

    private StepTags() {
    }

    static boolean in(String text) {
        return TAG.matcher(text).find();
    }

    /** Where the first tag begins; the text's length where there is none. */
    static int first(String text) {
        Matcher tag = TAG.matcher(text);
        return tag.find() ? tag.start() : text.length();
    }

    /** The steps without their tags; what follows the last tag is a step of its own unless it is white space. */
    static List<String> steps(String text, String column) {
        List<String> steps = new ArrayList<>();
        Matcher tag = TAG.matcher(text);
        int from = 0;
        while (tag.find()) {
            steps.add(text.substring(from, tag.start()));
            from = tag.end();
        }
        if (!text.substring(from).isBlank()) {
            steps.add(text.substring(from));
        }
        if (steps.stream().anyMatch(String::isBlank)) {
            throw new BadRow(column, "holds an empty step");
        }
        return steps;
    }

    /** The mark, + or −, in place of each tag of the other text. */
    static List<StepLabel> marks(String tagged, String marked, String column) {
        List<StepLabel> marks = new ArrayList<>();
        Matcher tag = TAG.matcher(tagged);
        int from = 0;
        int at = 0;
        while (tag.find()) {
            String step = tagged.substring(from, tag.start() + 1);
            at = past(marked, at, step, column);
            String mark = at < marked.length() ? marked.substring(at, at + 1) : "";
            if (!mark.equals("+") && !mark.equals("-")) {
                throw new BadRow(column, "holds '" + Clip.text(mark) + "' after step " + (marks.size() + 1)
                        + "; allowed are + and -");
            }
            marks.add(mark.equals("+") ? StepLabel.GOOD : StepLabel.BAD);
            at++;
            from = tag.end();
        }
        if (past(marked, at, tagged.substring(from), column) != marked.length()) {
            throw new BadRow(column, "goes on after the tagged text ends");
        }
        return marks;
    }

    private static int past(String marked, int at, String step, String column) {
        if (!marked.startsWith(step, at)) {
            throw new BadRow(column, "is not the tagged text: they part near '"
                    + Clip.text(marked.substring(Math.min(at, marked.length())), 30) + "'");
        }
        return at + step.length();
    }
}
