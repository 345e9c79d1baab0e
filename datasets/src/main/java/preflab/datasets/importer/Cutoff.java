package preflab.datasets.importer;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A column of ratings taken as a verdict, written {@code helpfulness>=3}: a rating of at least that much is good. Of
 * several annotators' ratings in a list, the mean counts. The ratings themselves are kept beside the row.
 *
 * @param column
 *            its name
 * @param least
 *            the lowest good rating
 */
record Cutoff(String column, double least) {

    private static final Pattern WRITTEN = Pattern.compile("(.+?)\\s*>=\\s*([-+]?[0-9]{1,12}(?:\\.[0-9]{1,12})?)");

    /** Reads {@code column>=number}; empty for anything else. */
    static Optional<Cutoff> of(String text) {
        Matcher matcher = WRITTEN.matcher(text.strip());
        return matcher.matches()
                ? Optional.of(new Cutoff(matcher.group(1), Double.parseDouble(matcher.group(2))))
                : Optional.empty();
    }

    /** As it is given: {@code helpfulness>=3}. */
    String written() {
        return column + ">=" + (least == Math.rint(least) ? Long.toString((long) least) : Double.toString(least));
    }

    boolean accepts(JsonNode rating) {
        return rating(rating).orElseThrow(() -> new BadRow(column, "is " + Clip.value(rating)
                + "; a rating is a number, or a list of numbers of which the mean counts")) >= least;
    }

    private static OptionalDouble rating(JsonNode cell) {
        if (!cell.isArray()) {
            return cell.isNumber() && Double.isFinite(cell.doubleValue())
                    ? OptionalDouble.of(cell.doubleValue())
                    : OptionalDouble.empty();
        }
        boolean numbers = StreamSupport.stream(cell.spliterator(), false)
                .allMatch(item -> item.isNumber() && Double.isFinite(item.doubleValue()));
        return numbers
                ? StreamSupport.stream(cell.spliterator(), false).mapToDouble(JsonNode::doubleValue).average()
                : OptionalDouble.empty();
    }
}
