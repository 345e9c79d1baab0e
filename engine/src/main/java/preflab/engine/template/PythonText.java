package preflab.engine.template;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/** Strings as Python sees them: sequences of code points, with Python's idea of white space. */
final class PythonText {

    private PythonText() {
    }

    static boolean isSpace(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
    }

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** Each code point as a string of its own. */
    static List<Object> characters(String text) {
        return text.codePoints().mapToObj(c -> (Object) Character.toString(c)).toList();
    }

    static String stripLeft(String text) {
        return strip(text, PythonText::isSpace, true, false);
    }

    static String stripRight(String text) {
        return strip(text, PythonText::isSpace, false, true);
    }

    static String strip(String text, IntPredicate drop, boolean left, boolean right) {
        int from = 0;
        int to = text.length();
        while (left && from < to && drop.test(text.codePointAt(from))) {
            from += Character.charCount(text.codePointAt(from));
        }
        while (right && to > from && drop.test(text.codePointBefore(to))) {
            to -= Character.charCount(text.codePointBefore(to));
        }
        return text.substring(from, to);
    }

    /** By runs of white space, at most so many times (−1: no limit). */
    static List<Object> splitWhite(String text, long limit) {
        List<Object> words = new ArrayList<>();
        String rest = stripLeft(text);
        while (!rest.isEmpty()) {
            if (limit >= 0 && words.size() == limit) {
                words.add(rest);
                break;
            }
            int end = 0;
            while (end < rest.length() && !isSpace(rest.codePointAt(end))) {
                end += Character.charCount(rest.codePointAt(end));
            }
            words.add(rest.substring(0, end));
            rest = stripLeft(rest.substring(end));
        }
        return words;
    }

    /** By a separator, from the left, at most so many times (−1: no limit). */
    static List<Object> split(String text, String separator, long limit) {
        List<Object> pieces = new ArrayList<>();
        int from = 0;
        int found = text.indexOf(separator);
        while (found >= 0 && (limit < 0 || pieces.size() < limit)) {
            pieces.add(text.substring(from, found));
            from = found + separator.length();
            found = text.indexOf(separator, from);
        }
        pieces.add(text.substring(from));
        return pieces;
    }

    /** By a separator, from the right, at most so many times (−1: no limit). */
    static List<Object> splitRight(String text, String separator, long limit) {
        List<Object> pieces = new ArrayList<>();
        int to = text.length();
        int found = text.lastIndexOf(separator, to - separator.length());
        while (found >= 0 && (limit < 0 || pieces.size() < limit)) {
            pieces.addFirst(text.substring(found + separator.length(), to));
            to = found;
            found = to < separator.length() ? -1 : text.lastIndexOf(separator, to - separator.length());
        }
        pieces.addFirst(text.substring(0, to));
        return pieces;
    }

    static String replace(String text, String old, String with, long limit) {
        if (limit < 0) {
            if (!old.isEmpty()) {
                return text.replace(old, with);
            }
            throw Fault.unsupported("replacing the empty string");
        }
        List<Object> pieces = split(text, old, limit);
        return String.join(with, pieces.stream().map(String.class::cast).toList());
    }

    /** As str.splitlines(): newlines are dropped, and no empty line follows a last one. */
    static List<Object> lines(String text) {
        List<Object> lines = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            if ("\n\r\u000B\f\u001C\u001D\u001E\u0085\u2028\u2029".indexOf(text.charAt(i)) >= 0) {
                lines.add(text.substring(from, i));
                i += text.startsWith("\r\n", i) ? 1 : 0;
                from = i + 1;
            }
        }
        if (from < text.length()) {
            lines.add(text.substring(from));
        }
        return lines;
    }

    /** Python orders strings by code point, Java by UTF-16 unit. */
    static int compare(String a, String b) {
        int[] first = a.codePoints().toArray();
        int[] second = b.codePoints().toArray();
        return java.util.Arrays.compare(first, second);
    }
}
