package preflab.datasets.label;

import java.util.Objects;

/**
 * Who speaks. An adjudicator sees everybody's verdicts, and theirs wins at publishing.
 *
 * @param name
 *            not blank, without control characters
 */
public record Author(String name, boolean adjudicator) implements Comparable<Author> {
    private static final java.util.regex.Pattern CONTROL = java.util.regex.Pattern.compile("\\p{Cntrl}");

    public Author {
        Objects.requireNonNull(name, "name");
        if (name.isBlank() || CONTROL.matcher(name).find()) {
            throw new IllegalArgumentException("an annotator needs a name without line breaks");
        }
    }

    public static Author annotator(String name) {
        return new Author(name, false);
    }

    public static Author adjudicator(String name) {
        return new Author(name, true);
    }

    /** Annotators by name, then adjudicators by name. */
    @Override
    public int compareTo(Author other) {
        int role = Boolean.compare(adjudicator, other.adjudicator);
        return role != 0 ? role : name.compareTo(other.name);
    }
}
