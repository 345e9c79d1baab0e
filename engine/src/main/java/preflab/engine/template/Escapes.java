package preflab.engine.template;

/** The escapes of Python's strings. */
final class Escapes {

    private static final String LETTERS = "abfnrtv\\'\"";
    private static final String MEANINGS = "\u0007\b\f\n\r\t\u000B\\'\"";

    private Escapes() {
    }

    /** What the source text between quotes stands for. */
    static String decode(String quoted, Place place) {
        if (quoted.indexOf('\\') < 0) {
            return quoted;
        }
        StringBuilder text = new StringBuilder();
        int at = 0;
        while (at < quoted.length()) {
            char c = quoted.charAt(at++);
            at = c == '\\' ? escape(quoted, at, text, place) : plain(c, at, text);
        }
        return text.toString();
    }

    private static int plain(char c, int next, StringBuilder text) {
        text.append(c);
        return next;
    }

    /** Reads what stands behind a backslash; gives the offset behind it. */
    private static int escape(String quoted, int at, StringBuilder text, Place place) {
        char c = quoted.charAt(at);
        int letter = LETTERS.indexOf(c);
        if (letter >= 0) {
            text.append(MEANINGS.charAt(letter));
            return at + 1;
        }
        int digits = switch (c) {
            case 'x' -> 2;
            case 'u' -> 4;
            case 'U' -> 8;
            default -> 0;
        };
        if (digits > 0) {
            return hexadecimal(quoted, at, digits, text, place);
        }
        if (c == '\n') {
            return at + 1; // a line that goes on
        }
        if (c == 'N' || Character.isDigit(c)) {
            throw TemplateException.at(place, "the escape \\" + c + " is not supported");
        }
        text.append('\\').append(c); // as Python does with escapes it does not know
        return at + 1;
    }

    private static int hexadecimal(String quoted, int at, int digits, StringBuilder text, Place place) {
        int end = at + 1 + digits;
        String code = end <= quoted.length() ? quoted.substring(at + 1, end) : "";
        if (!code.matches("[0-9a-fA-F]+") || Long.parseLong(code, 16) > Character.MAX_CODE_POINT) {
            throw TemplateException.at(place, "\\" + quoted.charAt(at) + " needs " + digits + " hexadecimal digits");
        }
        text.appendCodePoint(Integer.parseInt(code, 16));
        return end;
    }
}
