package preflab.engine.template;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Names, numbers, strings and operators of one tag, up to its closing delimiter outside of brackets. */
final class TagLexer {

    private static final Pattern FLOAT = Pattern.compile("\\d(?:_?\\d)*(?:\\.\\d(?:_?\\d)*)?[eE][+-]?\\d(?:_?\\d)*"
            + "|\\d(?:_?\\d)*\\.\\d(?:_?\\d)*");
    private static final Pattern INTEGER = Pattern.compile("[1-9](?:_?\\d)*|0(?:_?0)*");
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{Nd}_]*");
    private static final Pattern STRING = Pattern.compile("'([^'\\\\]*+(?:\\\\.[^'\\\\]*+)*+)'"
            + "|\"([^\"\\\\]*+(?:\\\\.[^\"\\\\]*+)*+)\"", Pattern.DOTALL);
    private static final List<String> OPERATORS = List.of("//", "**", "==", "!=", ">=", "<=", "+", "-", "/", "*", "%",
            "~", "[", "]", "(", ")", "{", "}", ">", "<", "=", ".", ":", "|", ",", ";");

    private final String source;
    private final String closing;
    private final List<Token> tokens = new ArrayList<>();
    private final Deque<String> open = new ArrayDeque<>();
    private final Place begin;
    private int at;
    private char sign = ' ';

    /** Reads from behind the opening delimiter; {@code closing} is {@code }}} or {@code %}}. */
    TagLexer(String source, int from, String closing) {
        this.source = source;
        this.at = from;
        this.closing = closing;
        this.begin = Place.of(source, from);
        while (!atClosing()) {
            read();
        }
        tokens.add(new Token(Token.Kind.END, closing, Place.of(source, at)));
        at += closing.length() + (sign == ' ' ? 0 : 1);
    }

    /** The tokens with one {@link Token.Kind#END}. */
    List<Token> tokens() {
        return List.copyOf(tokens);
    }

    /** Behind the closing delimiter. */
    int end() {
        return at;
    }

    /** {@code -}, {@code +} or a space: what stood before the closing delimiter. */
    char sign() {
        return sign;
    }

    private boolean atClosing() {
        while (at < source.length() && PythonText.isSpace(source.charAt(at))) {
            at++;
        }
        if (at >= source.length()) {
            throw TemplateException.at(begin, "the tag has no end " + closing);
        }
        if (!open.isEmpty()) {
            return false;
        }
        if (source.startsWith("-" + closing, at) || (closing.equals("%}") && source.startsWith("+" + closing, at))) {
            sign = source.charAt(at);
            return true;
        }
        return source.startsWith(closing, at);
    }

    private void read() {
        char c = source.charAt(at);
        if (Character.isDigit(c)) {
            number();
        } else if (c == '\'' || c == '"') {
            string();
        } else if (Character.isLetter(c) || c == '_') {
            add(Token.Kind.NAME, matched(NAME));
        } else {
            operator();
        }
    }

    private void number() {
        String number = source.charAt(at - 1) == '.' ? null : matched(FLOAT); // a.0.1 has two numbers
        if (number != null) {
            add(Token.Kind.FLOAT, number);
            return;
        }
        String integer = matched(INTEGER);
        int next = at + (integer == null ? 1 : integer.length());
        if (integer == null || (next < source.length() && Character.isLetterOrDigit(source.charAt(next)))) {
            throw TemplateException.at(Place.of(source, at), "this form of number is not supported");
        }
        add(Token.Kind.INTEGER, integer);
    }

    private String matched(Pattern pattern) {
        Matcher matcher = pattern.matcher(source).region(at, source.length());
        return matcher.lookingAt() ? matcher.group() : null;
    }

    private void string() {
        String quoted = matched(STRING);
        Place place = Place.of(source, at);
        if (quoted == null) {
            throw TemplateException.at(place, "the string has no end");
        }
        tokens.add(new Token(Token.Kind.STRING, Escapes.decode(quoted.substring(1, quoted.length() - 1), place),
                place));
        at += quoted.length();
    }

    private void add(Token.Kind kind, String text) {
        tokens.add(new Token(kind, text, Place.of(source, at)));
        at += text.length();
    }

    private void operator() {
        String operator = OPERATORS.stream().filter(o -> source.startsWith(o, at)).findFirst().orElseThrow(
                () -> TemplateException.at(Place.of(source, at),
                        "unexpected character '" + Character.toString(source.codePointAt(at)) + "'"));
        if ("([{".contains(operator)) {
            open.push(operator);
        } else if (")]}".contains(operator)) {
            String opened = open.isEmpty() ? "" : open.pop();
            if (!List.of("()", "[]", "{}").contains(opened + operator)) {
                throw TemplateException.at(Place.of(source, at), "unexpected '" + operator + "'");
            }
        }
        add(Token.Kind.OPERATOR, operator);
    }
}
