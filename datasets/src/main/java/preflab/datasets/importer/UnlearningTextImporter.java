package preflab.datasets.importer;

import java.util.List;
import java.util.Optional;

import preflab.datasets.example.Content;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Unlearning;

/**
 * Texts to forget or to retain as a whole (corpora as MUSE has them): a column of texts, and a file named forget… or
 * retain…, or a column that says so. The prompt is empty.
 */
record UnlearningTextImporter() implements RowImporter {

    @Override
    public String id() {
        return "unlearning-texts";
    }

    @Override
    public Kind kind() {
        return Kind.FORGET_RETAIN;
    }

    @Override
    public String summary() {
        return "text, forget (or a file named forget… or retain…)";
    }

    @Override
    public List<Field> fields() {
        return List.of(Field.TEXT, Field.FORGET);
    }

    @Override
    public Optional<String> recognise(Layout layout) {
        boolean said = UnlearningImporter.said(layout);
        Optional<String> named = UnlearningImporter.named(layout.head());
        return Importer.when(layout.has(Field.TEXT) && (said || named.isPresent()), "whole texts to "
                + (said
                        ? "forget or retain as their column says"
                        : named.orElse("forget") + ", as the file's name says"));
    }

    @Override
    public Unlearning read(Row row) {
        Content text = Contents.answer(row.required(Field.TEXT), row.column(Field.TEXT));
        return new Unlearning(row.id(), Content.of(""), text, UnlearningImporter.forget(row), row.source());
    }
}
