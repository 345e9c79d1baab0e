package preflab.datasets.store;

import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Pattern;

import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetException.Code;

/**
 * Which names datasets may have: they become folder names on any operating system, and {@code NAME@3} names a version.
 */
public final class DatasetName {

    private static final int LONGEST = 80;
    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9._-]*[A-Za-z0-9_-])?");
    private static final Pattern DEVICE = Pattern.compile("(?i)(con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?");

    private DatasetName() {
    }

    /**
     * Returns the name if it is allowed.
     *
     * @throws DatasetException
     *             BAD_NAME, saying what is allowed
     */
    public static String check(String name) {
        if (name.length() > LONGEST || !ALLOWED.matcher(name).matches() || DEVICE.matcher(name).matches()) {
            throw new DatasetException(Code.BAD_NAME, "'" + printable(name) + "' cannot be a dataset's name: up to "
                    + LONGEST + " of the letters A-Z and a-z, digits, '.', '_' and '-', the first a letter or digit");
        }
        return name;
    }

    /** An allowed name after a file's name: {@code dpo_en_demo.json.gz} gives {@code dpo_en_demo}. */
    public static String suggest(Path file) {
        String name = String.valueOf(file.getFileName()).replaceFirst("(?i)\\.(jsonl?|ndjson)?(\\.gz)?$", "");
        String clean = name.replaceAll("[^A-Za-z0-9._-]+", "-").replaceAll("^[._-]+|[._-]+$", "");
        String shorter = clean.substring(0, Math.min(LONGEST, clean.length())).replaceAll("\\.$", "");
        return shorter.isEmpty() || DEVICE.matcher(shorter).matches() ? "dataset" : shorter;
    }

    private static String printable(String name) {
        String start = name.length() > LONGEST ? name.substring(0, LONGEST) + "…" : name;
        return start.codePoints().map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString();
    }

    /** The same name for file systems that do not tell capitals apart. */
    static String folded(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
