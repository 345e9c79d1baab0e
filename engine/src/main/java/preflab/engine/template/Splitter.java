package preflab.engine.template;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Splits a template into text, outputs and tags, under the whitespace rules that transformers sets: {@code trim_blocks}
 * (the newline after a tag or comment is dropped), {@code lstrip_blocks} (so is the indentation before one that begins
 * its line), one newline at the very end is dropped; {@code -} strips all white space on its side, {@code +} none.
 */
final class Splitter {

    private static final Pattern RAW = Pattern.compile("\\{%([-+]?)\\s*raw\\s*(-?)%\\}");
    private static final Pattern END_RAW = Pattern.compile("\\{%([-+]?)\\s*endraw\\s*([-+]?)%\\}");

    private final String source;
    private final List<Part> parts = new ArrayList<>();
    private int at;
    private boolean lineStarting = true; // whether what was read last ended in a newline

    private Splitter(String source) {
        this.source = source;
    }

    static List<Part> split(String template) {
        String source = template.replace("\r\n", "\n").replace('\r', '\n');
        if (source.endsWith("\n")) {
            source = source.substring(0, source.length() - 1);
        }
        return new Splitter(source).parts();
    }

    private List<Part> parts() {
        while (at < source.length()) {
            int open = nextOpening(at);
            if (open < 0) {
                text(source.substring(at));
                break;
            }
            String before = source.substring(at, open);
            char kind = source.charAt(open + 1);
            char sign = open + 2 < source.length() ? source.charAt(open + 2) : ' ';
            text(stripped(before, kind, sign));
            at = open;
            switch (kind) {
                case '#' -> comment();
                case '%' -> tag();
                default -> output();
            }
        }
        return parts;
    }

    private int nextOpening(int from) {
        for (int i = from; i + 1 < source.length(); i++) {
            if (source.charAt(i) == '{' && "{%#".indexOf(source.charAt(i + 1)) >= 0) {
                return i;
            }
        }
        return -1;
    }

    private String stripped(String text, char kind, char sign) {
        if (sign == '-') {
            return PythonText.stripRight(text);
        }
        if (sign == '+' || kind == '{') {
            return text;
        }
        int line = text.lastIndexOf('\n') + 1;
        boolean indentation = text.substring(line).chars().allMatch(c -> c == ' ' || c == '\t');
        return (line > 0 || lineStarting) && indentation ? text.substring(0, line) : text;
    }

    private void text(String text) {
        if (!text.isEmpty()) {
            parts.add(new Part.Text(text));
        }
    }

    private void comment() {
        int start = signed(at + 2);
        int close = source.indexOf("#}", start);
        if (close < 0) {
            throw TemplateException.at(Place.of(source, at), "the comment {# has no end #}");
        }
        closed(close + 2, close > start ? source.charAt(close - 1) : ' ', true);
    }

    private void output() {
        TagLexer lexer = new TagLexer(source, signed(at + 2), "}}");
        parts.add(new Part.Output(lexer.tokens()));
        closed(lexer.end(), lexer.sign(), false);
    }

    private void tag() {
        Matcher raw = RAW.matcher(source).region(at, source.length());
        if (raw.lookingAt()) {
            raw(raw);
            return;
        }
        Place place = Place.of(source, at);
        TagLexer lexer = new TagLexer(source, signed(at + 2), "%}");
        List<Token> tokens = lexer.tokens();
        if (tokens.getFirst().kind() != Token.Kind.NAME) {
            throw TemplateException.at(place, "a tag begins with its name, not with " + tokens.getFirst());
        }
        parts.add(new Part.Tag(tokens));
        closed(lexer.end(), lexer.sign(), true);
    }

    private void raw(Matcher open) {
        Matcher close = END_RAW.matcher(source);
        if (!close.find(open.end())) {
            throw TemplateException.at(Place.of(source, at), "{% raw %} has no {% endraw %}");
        }
        at = open.group(2).equals("-") ? Math.min(close.start(), afterSpace(open.end())) : open.end();
        lineStarting = source.charAt(at - 1) == '\n';
        String sign = close.group(1);
        text(stripped(source.substring(at, close.start()), '%', sign.isEmpty() ? ' ' : sign.charAt(0)));
        closed(close.end(), close.group(2).isEmpty() ? ' ' : close.group(2).charAt(0), true);
    }

    private int signed(int offset) {
        return offset < source.length() && "-+".indexOf(source.charAt(offset)) >= 0 ? offset + 1 : offset;
    }

    /** Goes on behind a closing delimiter. */
    private void closed(int end, char sign, boolean trimsNewline) {
        at = end;
        if (sign == '-') {
            at = afterSpace(end);
        } else if (sign != '+' && trimsNewline && end < source.length() && source.charAt(end) == '\n') {
            at = end + 1;
        }
        lineStarting = source.charAt(at - 1) == '\n';
    }

    private int afterSpace(int from) {
        int offset = from;
        while (offset < source.length() && PythonText.isSpace(source.charAt(offset))) {
            offset++;
        }
        return offset;
    }
}
