package preflab.engine.objective.formula;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Reads a formula by recursive descent. Signs bind less than powers, as on paper: {@code -x^2} is −(x²).
 */
final class Parser {

    private static final int DEEPEST = 100;

    private final String text;
    private final Set<String> known;
    private final Set<String> used = new TreeSet<>();
    private int at;
    private int depth;

    Parser(String text, Set<String> known) {
        this.text = text;
        this.known = known;
    }

    /** The whole text. */
    Node whole() {
        Node node = sum();
        if (at < text.length()) {
            throw wrong("expected an operator or the end");
        }
        return node;
    }

    /** The names that stand in it. */
    Set<String> used() {
        return used;
    }

    private Node sum() {
        deeper();
        Node left = product();
        for (char operator = next(); operator == '+' || operator == '-'; operator = next()) {
            at++;
            left = new Node.Binary(operator, left, product());
        }
        depth--;
        return left;
    }

    private Node product() {
        Node left = signed();
        for (char operator = next(); operator == '*' || operator == '/'; operator = next()) {
            at++;
            left = new Node.Binary(operator, left, signed());
        }
        return left;
    }

    private Node signed() {
        boolean minus = false;
        for (char sign = next(); sign == '-' || sign == '+'; sign = next()) {
            at++;
            minus ^= sign == '-';
        }
        Node power = power();
        return minus ? new Node.Minus(power) : power;
    }

    private Node power() {
        Node base = atom();
        if (next() != '^') {
            return base;
        }
        at++;
        deeper();
        Node exponent = signed();
        depth--;
        return new Node.Binary('^', base, exponent);
    }

    private void deeper() {
        if (++depth > DEEPEST) {
            throw wrong("parts may be nested " + DEEPEST + " deep at most");
        }
    }

    private Node atom() {
        char first = next();
        if (first == '(') {
            at++;
            Node inner = sum();
            expect(')');
            return inner;
        }
        if (Character.isDigit(first) || first == '.') {
            return number();
        }
        if (Character.isLetter(first)) {
            return named();
        }
        throw wrong("expected a number, a name or an opening bracket");
    }

    private Node number() {
        int start = at;
        while (at < text.length() && isNumberPart(start)) {
            at++;
        }
        try {
            return new Node.Constant(Double.parseDouble(text.substring(start, at)));
        } catch (NumberFormatException e) {
            at = start;
            throw wrong("this is not a number");
        }
    }

    private boolean isNumberPart(int start) {
        char c = text.charAt(at);
        boolean exponentSign = (c == '+' || c == '-') && at > start
                && Character.toLowerCase(text.charAt(at - 1)) == 'e';
        return Character.isDigit(c) || c == '.' || c == 'e' || c == 'E' || exponentSign;
    }

    private Node named() {
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
            at++;
        }
        String name = text.substring(start, at);
        if (next() == '(') {
            return call(name, start);
        }
        if (!known.contains(name)) {
            at = start;
            throw wrong("there is no name \"" + name + "\"; known: " + String.join(", ", new TreeSet<>(known)));
        }
        used.add(name);
        return new Node.Name(name);
    }

    private Node call(String name, int start) {
        Function function = Function.of(name).orElseThrow(() -> {
            at = start;
            return wrong("there is no function \"" + name + "\"; known: "
                    + Arrays.stream(Function.values()).map(Function::id).collect(Collectors.joining(", ")));
        });
        expect('(');
        List<Node> arguments = new ArrayList<>(List.of(sum()));
        while (arguments.size() < function.arguments()) {
            expect(',');
            arguments.add(sum());
        }
        expect(')');
        return new Node.Call(function, arguments);
    }

    private void expect(char wanted) {
        if (next() != wanted) {
            throw wrong("expected \"" + wanted + "\"");
        }
        at++;
    }

    /** The next character that is no blank; 0 at the end. */
    private char next() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at < text.length() ? text.charAt(at) : 0;
    }

    private FormulaException wrong(String problem) {
        return new FormulaException(text, Math.min(at, text.length()), problem);
    }
}
