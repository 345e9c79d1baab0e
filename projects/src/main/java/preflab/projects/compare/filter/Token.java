package preflab.projects.compare.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * A word, a quoted text or a sign of a filter.
 *
 * @param at
 *            index of its first character
 */
record Token(Type type, String text, int at) {

    /** What a token is. */
    enum Type {
        WORD, QUOTED, SIGN, END
    }

    /** Relations, the longer ones first. */
    static final List<String> SIGNS = List.of("!=", "<=", ">=", "=", "<", ">", "~");

    private static final Set<String> RESERVED = Set.of("and", "or", "not", "in");

    boolean isEnd() {
        return type == Type.END;
    }

    boolean isWord() {
        return type == Type.QUOTED || (type == Type.WORD && !RESERVED.contains(text.toLowerCase(Locale.ROOT)));
    }

    boolean isValue() {
        return isWord();
    }

    boolean is(String other) {
        return type != Type.QUOTED && !isEnd() && text.equalsIgnoreCase(other);
    }

    static List<Token> of(String text) {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
            } else {
                Token token = read(text, at);
                tokens.add(token);
                at += token.text().length() + (token.type() == Type.QUOTED ? 2 : 0);
            }
        }
        tokens.add(new Token(Type.END, "", text.length()));
        return tokens;
    }

    private static Token read(String text, int at) {
        char first = text.charAt(at);
        if (first == '"' || first == '\'') {
            int end = text.indexOf(first, at + 1);
            if (end < 0) {
                throw new FilterException(at, "the quote that begins here does not end");
            }
            return new Token(Type.QUOTED, text.substring(at + 1, end), at);
        }
        for (String sign : SIGNS) {
            if (text.startsWith(sign, at)) {
                return new Token(Type.SIGN, sign, at);
            }
        }
        if ("(),".indexOf(first) >= 0) {
            return new Token(Type.SIGN, String.valueOf(first), at);
        }
        int end = at;
        while (end < text.length() && isWordPart(text.charAt(end))) {
            end++;
        }
        if (end == at) {
            throw new FilterException(at, "“" + first + "” means nothing here; quote texts that hold it");
        }
        return new Token(Type.WORD, text.substring(at, end), at);
    }

    private static boolean isWordPart(char c) {
        return Character.isLetterOrDigit(c) || "._/-+:@−".indexOf(c) >= 0;
    }
}
