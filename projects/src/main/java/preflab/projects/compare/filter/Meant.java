package preflab.projects.compare.filter;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Which known names a mistyped one may stand for. */
final class Meant {

    private static final int MOST = 3;
    /** Shorter parts are in too many names. */
    private static final int TELLING = 3;

    private Meant() {
    }

    /** {@code ; did you mean beta?}, or nothing where no name is near. */
    static String words(String typed, Collection<String> names) {
        String word = typed.toLowerCase(Locale.ROOT);
        List<String> near = names.stream().filter(name -> isNear(word, name.toLowerCase(Locale.ROOT)))
                .sorted(Comparator.comparingInt((String name) -> distance(word, name.toLowerCase(Locale.ROOT)))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST).toList();
        return near.isEmpty() ? "" : "; did you mean " + String.join(" or ", near) + "?";
    }

    private static boolean isNear(String word, String name) {
        return (word.length() >= TELLING && name.contains(word))
                || distance(word, name) <= Math.max(1, word.length() / TELLING);
    }

    /** Letters to insert, leave out or replace (Levenshtein), a row of the table at a time. */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
