package preflab.projects.compare.filter;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A filter over runs:
 *
 * <pre>
 * filter     = and { "or" and }
 * and        = not { "and" not }
 * not        = "not" not | "(" filter ")" | comparison
 * comparison = name ( "=" | "!=" | "&lt;" | "&lt;=" | "&gt;" | "&gt;=" | "~" ) value
 *            | name [ "not" ] "in" "(" value { "," value } ")"
 * </pre>
 *
 * Names are settings ({@code beta}, {@code optimizer.learning_rate}), metrics ({@code eval/accuracy}) and properties of
 * the run ({@code name}, {@code seed}). {@code ~} asks whether a text holds another; letters' case does not matter.
 * Numbers compare as numbers where both sides are. Of several values (tags) one has to fit, and none for {@code !=}. A run that does not have the name is not found, whatever is asked
 * (not even by {@code !=}). An empty filter finds all.
 */
public final class RunFilter implements Predicate<Fields> {

    private final Predicate<Fields> rule;

    private RunFilter(Predicate<Fields> rule) {
        this.rule = rule;
    }

    /**
     * Reads a filter.
     *
     * @param known
     *            whether any run has this name
     * @throws FilterException
     *             where the text breaks the grammar or names something no run has
     */
    public static RunFilter parse(String text, Predicate<String> known) {
        return parse(text, known, List::of);
    }

    /**
     * The same with names to offer where one is not known.
     *
     * @param names
     *            of all runs; asked for only then
     */
    public static RunFilter parse(String text, Predicate<String> known, Supplier<Collection<String>> names) {
        return new RunFilter(text.isBlank() ? fields -> true : new Parser(text, known, names).read());
    }

    @Override
    public boolean test(Fields fields) {
        return rule.test(fields);
    }

    /** Recursive descent, one method for each rule. */
    private static final class Parser {

        private final List<Token> tokens;
        private final Predicate<String> known;
        private final Supplier<Collection<String>> names;
        private int next;

        Parser(String text, Predicate<String> known, Supplier<Collection<String>> names) {
            this.tokens = Token.of(text);
            this.known = known;
            this.names = names;
        }

        Predicate<Fields> read() {
            Predicate<Fields> rule = either();
            if (!peek().isEnd()) {
                throw expected("and, or, or the end");
            }
            return rule;
        }

        private Predicate<Fields> either() {
            Predicate<Fields> rule = both();
            while (take("or")) {
                rule = rule.or(both());
            }
            return rule;
        }

        private Predicate<Fields> both() {
            Predicate<Fields> rule = one();
            while (take("and")) {
                rule = rule.and(one());
            }
            return rule;
        }

        private Predicate<Fields> one() {
            if (take("not")) {
                return one().negate();
            }
            if (take("(")) {
                Predicate<Fields> rule = either();
                need(")");
                return rule;
            }
            return comparison();
        }

        private Predicate<Fields> comparison() {
            Token name = peek();
            if (!name.isWord()) {
                throw expected("the name of a setting or a metric");
            }
            if (!known.test(name.text())) {
                throw new FilterException(name.at(), "no run has a setting or metric “" + name.text() + "”"
                        + Meant.words(name.text(), names.get()));
            }
            next++;
            if (take("not")) {
                need("in");
                return has(name.text(), among().negate());
            }
            return has(name.text(), take("in") ? among() : relation());
        }

        /** A run without the name fails the relation and its opposite. */
        private static Predicate<Fields> has(String name, Predicate<Object> relation) {
            return fields -> fields.get(name).filter(relation).isPresent();
        }

        private Predicate<Object> relation() {
            for (String sign : Token.SIGNS) {
                if (take(sign)) {
                    return Relation.of(sign, value());
                }
            }
            throw expected("=, !=, <, <=, >, >=, ~ or in");
        }

        private Predicate<Object> among() {
            need("(");
            Predicate<Object> any = Relation.of("=", value());
            while (take(",")) {
                any = any.or(Relation.of("=", value()));
            }
            need(")");
            return any;
        }

        private String value() {
            if (!peek().isValue()) {
                throw expected("a number or a text");
            }
            return tokens.get(next++).text();
        }

        private Token peek() {
            return tokens.get(next);
        }

        private boolean take(String text) {
            boolean found = peek().is(text);
            next += found ? 1 : 0;
            return found;
        }

        private void need(String text) {
            if (!take(text)) {
                throw expected("“" + text + "”");
            }
        }

        private FilterException expected(String what) {
            Token token = peek();
            return new FilterException(token.at(),
                    "expected " + what + (token.isEnd() ? " at the end" : ", not “" + token.text() + "”"));
        }
    }

    /** Comparison of a run's value with the one asked for. */
    private static final class Relation {

        static Predicate<Object> of(String sign, String asked) {
            Optional<Double> number = number(asked);
            String text = asked.toLowerCase(Locale.ROOT);
            return switch (sign) {
                case "!=" -> any(value -> equal(value, number, text)).negate();
                default -> any(one(sign, number, text));
            };
        }

        /** Whether one of several values fits; one alone is the only one. */
        private static Predicate<Object> any(Predicate<Object> fits) {
            return value -> value instanceof Collection<?> several
                    ? several.stream().anyMatch(fits)
                    : fits.test(value);
        }

        private static Predicate<Object> one(String sign, Optional<Double> number, String text) {
            return switch (sign) {
                case "~" -> value -> value.toString().toLowerCase(Locale.ROOT).contains(text);
                case "=" -> value -> equal(value, number, text);
                case "<" -> value -> ordered(value, number, text) < 0;
                case "<=" -> value -> ordered(value, number, text) <= 0;
                case ">" -> value -> ordered(value, number, text) > 0 && !isNaN(value);
                default -> value -> ordered(value, number, text) >= 0 && !isNaN(value);
            };
        }

        private static boolean isNaN(Object value) {
            return value instanceof Double real && real.isNaN();
        }

        private static boolean equal(Object value, Optional<Double> number, String text) {
            return ordered(value, number, text) == 0;
        }

        /** NaN is greater than all numbers to Double.compare: only equal to itself is wanted of it. */
        private static int ordered(Object value, Optional<Double> number, String text) {
            Optional<Double> own = value instanceof Double real ? Optional.of(real) : number(value.toString());
            return own.isPresent() && number.isPresent()
                    ? Double.compare(own.get(), number.get())
                    : value.toString().toLowerCase(Locale.ROOT).compareTo(text);
        }

        private static Optional<Double> number(String text) {
            try {
                return Optional.of(Double.valueOf(text.replace('−', '-')));
            } catch (NumberFormatException e) {
                return Optional.empty();
            }
        }
    }
}
