package preflab.app.label;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import preflab.datasets.example.TokenCounter;
import preflab.datasets.label.LabelSession;
import preflab.datasets.split.SplitRule;

/**
 * What was typed into the line under the example.
 *
 * @param examples
 *            in the queue
 * @param tokens
 *            counts those of a model, for steps of so many
 */
record TypedAnswer(int examples, TokenCounter tokens) {

    private static final Pattern TOKENS = Pattern.compile("(?:tokens?\\W*)?([1-9][0-9]{0,3})(?:\\s*tokens?)?");

    /** Why this cannot be taken; empty if it can. */
    Optional<String> problem(Ask ask, String typed) {
        String text = typed.strip();
        return switch (ask) {
            case NOTHING, NOTE -> Optional.empty();
            case SEARCH -> text.isEmpty() ? Optional.of("type a word to find") : Optional.empty();
            case JUMP -> number(text).filter(n -> n >= 1 && n <= examples && n == Math.rint(n)).isPresent()
                    ? Optional.empty()
                    : Optional.of("a whole number from 1 to " + examples);
            case VALUE -> number(text).filter(q -> q >= -1 && q <= 1).isPresent()
                    ? Optional.empty()
                    : Optional.of("a number from −1 to 1, such as 0.4");
            case RULE -> rule(text).isPresent() ? Optional.empty() : Optional.of(Ask.RULE.hint());
        };
    }

    /** What it does. */
    Function<LabelSession, String> act(Ask ask, String text) {
        return open -> {
            switch (ask) {
                case NOTHING -> {
                    // nothing was asked
                }
                case NOTE -> open.note(text);
                case SEARCH -> {
                    return open.find(text) ? "found “" + text + "”" : "no example has “" + text + "”";
                }
                case JUMP -> open.jump(number(text).orElseThrow().intValue() - 1);
                case VALUE -> open.judge(number(text).orElseThrow().doubleValue());
                case RULE -> open.split(rule(text).orElseThrow());
            }
            return "";
        };
    }

    private static Optional<Double> number(String text) {
        try {
            return Optional.of(Double.valueOf(text.replace('−', '-').replace(',', '.')));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    private Optional<SplitRule> rule(String text) {
        Matcher most = TOKENS.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (most.matches()) {
            return Optional.of(new SplitRule.Tokens(Integer.parseInt(most.group(1)), tokens));
        }
        String wanted = text.toLowerCase(Locale.ROOT).replaceAll("[^a-z]+", "_");
        return wanted.isEmpty()
                ? Optional.empty()
                : SplitRule.plain().stream().filter(rule -> rule.id().startsWith(wanted)).findFirst();
    }
}
