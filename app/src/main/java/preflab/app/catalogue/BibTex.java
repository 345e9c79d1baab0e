package preflab.app.catalogue;

import java.util.Locale;
import preflab.engine.objective.Citation;
import preflab.engine.objective.ObjectiveType;

/** A citation as BibTeX. */
final class BibTex {

    private BibTex() {
    }

    static String of(ObjectiveType<?> type) {
        Citation paper = type.citation();
        String key = type.id().replace('_', '-') + paper.year();
        StringBuilder entry = new StringBuilder("@misc{").append(key);
        field(entry, "author", authors(paper.authors()));
        field(entry, "title", "{" + paper.title() + "}");
        field(entry, "howpublished", paper.venue());
        field(entry, "year", String.format(Locale.ROOT, "%d", paper.year()));
        field(entry, "url", paper.url());
        field(entry, "note", paper.equation());
        return entry.append("\n}\n").toString();
    }

    private static void field(StringBuilder entry, String name, String value) {
        if (!value.isBlank()) {
            entry.append(",\n  ").append(name).append(" = {").append(value).append('}');
        }
    }

    /** "A, B et al." as BibTeX wants it. */
    private static String authors(String names) {
        return names.replace(" et al.", ", others").replace(" and ", ", ").replaceAll(",\\s*", " and ");
    }
}
