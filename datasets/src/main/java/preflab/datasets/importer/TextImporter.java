package preflab.datasets.importer;

import java.util.List;
import java.util.Optional;

import com.fasterxml.jackson.databind.JsonNode;

import preflab.datasets.example.Content;
import preflab.datasets.example.Demonstration;
import preflab.datasets.example.Kind;

/** Plain texts to imitate ({@code text}): a demonstration whose prompt is the empty text. */
record TextImporter() implements RowImporter {

    @Override
    public String id() {
        return "sft-texts";
    }

    @Override
    public Kind kind() {
        return Kind.SFT;
    }

    @Override
    public String summary() {
        return "text";
    }

    @Override
    public List<Field> fields() {
        return List.of(Field.TEXT);
    }

    @Override
    public Optional<String> recognise(Layout layout) {
        return Importer.when(layout.has(Field.TEXT), "plain texts, taken as demonstrations with an empty prompt");
    }

    @Override
    public Demonstration read(Row row) {
        JsonNode cell = row.required(Field.TEXT);
        if (!cell.isTextual()) {
            throw new BadRow(row.column(Field.TEXT), "is " + Clip.value(cell) + ", not a text");
        }
        Content text = Contents.answer(cell, row.column(Field.TEXT));
        return new Demonstration(row.id(), Content.of(""), text, row.source());
    }
}
