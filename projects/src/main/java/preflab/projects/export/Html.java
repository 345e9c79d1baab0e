package preflab.projects.export;

import preflab.projects.chart.Markup;

/** Builds HTML that is well-formed XML too; every text passes through here and is escaped. */
final class Html {
    private final StringBuilder out = new StringBuilder(32_768);

    /** Markup written by this program, as it is. */
    Html raw(String markup) {
        out.append(markup);
        return this;
    }

    /** Anything that came from data or people. */
    Html text(String text) {
        out.append(Markup.escape(text));
        return this;
    }

    /** An element with text in it. */
    Html element(String tag, String cssClass, String text) {
        open(tag, cssClass).text(text);
        return raw("</" + tag + ">");
    }

    Html open(String tag, String cssClass) {
        return raw(cssClass.isEmpty() ? "<" + tag + ">" : "<" + tag + " class=\"" + cssClass + "\">");
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
