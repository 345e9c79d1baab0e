package preflab.datasets.importer;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import preflab.datasets.example.Content;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Paired;

/**
 * Pairs without a prompt column whose answers are whole texts: the common beginning is the prompt, cut back to before
 * the last white space, so that no word is cut and the space belongs to the answer (" ugly."). Texts in scripts without
 * spaces are cut between ideographs. Rejected: equal sides, no common beginning, an answer that would be empty.
 */
record ImplicitTextImporter() implements RowImporter {

    @Override
    public String id() {
        return "paired-texts";
    }

    @Override
    public Kind kind() {
        return Kind.PAIRED;
    }

    @Override
    public String summary() {
        return "chosen, rejected: texts that begin alike";
    }

    @Override
    public List<Field> fields() {
        return List.of(Field.CHOSEN, Field.REJECTED);
    }

    @Override
    public Optional<String> recognise(Layout layout) {
        return Importer.when(layout.holds(Field.CHOSEN, Shape.TEXT) && layout.holds(Field.REJECTED, Shape.TEXT),
                "chosen and rejected texts that share their beginning, which is the prompt");
    }

    @Override
    public Paired read(Row row) {
        String chosen = text(row, Field.CHOSEN);
        String rejected = text(row, Field.REJECTED);
        if (chosen.equals(rejected)) {
            throw new BadRow(row.column(Field.CHOSEN),
                    "and " + row.column(Field.REJECTED) + " are equal: such a pair says nothing");
        }
        int cut = cut(chosen, rejected);
        if (chosen.substring(0, cut).isBlank()) {
            throw new BadRow(row.column(Field.CHOSEN),
                    "and " + row.column(Field.REJECTED) + " share no first words that could be the prompt");
        }
        return Pairs.of(row, Content.of(chosen.substring(0, cut)),
                new Side(row.column(Field.CHOSEN), Content.of(chosen.substring(cut))),
                new Side(row.column(Field.REJECTED), Content.of(rejected.substring(cut))));
    }

    /** The last place in the common beginning where both sides can go on as answers; 0 = there is none. */
    private static int cut(String chosen, String rejected) {
        int shorter = Math.min(chosen.length(), rejected.length());
        int common = 0;
        while (common < shorter && chosen.charAt(common) == rejected.charAt(common)) {
            common++;
        }
        int cut = Math.min(common, shorter - 1);
        while (cut > 0 && !canPart(chosen, rejected, cut)) {
            cut--;
        }
        return Math.max(cut, 0);
    }

    private static boolean canPart(String chosen, String rejected, int at) {
        char before = chosen.charAt(at - 1);
        boolean spaces = Character.isWhitespace(chosen.charAt(at)) && Character.isWhitespace(rejected.charAt(at));
        return (spaces && !Character.isWhitespace(before)) || Character.isIdeographic(before);
    }

    private static String text(Row row, Field field) {
        JsonNode cell = row.required(field);
        if (!cell.isTextual()) {
            throw new BadRow(row.column(field), "is " + Clip.value(cell) + ", not a text");
        }
        return Contents.text(cell.textValue(), row.column(field));
    }
}
