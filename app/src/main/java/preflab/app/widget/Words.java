package preflab.app.widget;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Numbers and times as the window writes them: the same everywhere, in the language of the texts. */
public final class Words {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);
    private static final long GIGABYTE = 1L << 30;
    private static final long MEGABYTE = 1L << 20;

    private Words() {
    }

    /** 12,345. */
    public static String count(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** "1 row", "2,000 rows". */
    public static String count(long value, String noun) {
        return count(value) + " " + noun + (value == 1 ? "" : "s");
    }

    /** Three or four significant digits, scientific where that is shorter; NaN and infinities by name. */
    public static String number(double value) {
        if (Double.isNaN(value)) {
            return "NaN";
        }
        if (Double.isInfinite(value)) {
            return value > 0 ? "∞" : "−∞";
        }
        double size = Math.abs(value);
        String text;
        if (size != 0 && (size < 1e-3 || size >= 1e6)) {
            text = String.format(Locale.ROOT, "%.2e", value);
        } else if (size >= 1000 || value == Math.rint(value)) {
            text = String.format(Locale.ROOT, "%,.0f", value);
        } else {
            text = String.format(Locale.ROOT, size >= 10 ? "%.2f" : "%.4f", value);
        }
        return text.replace('-', '−');
    }

    /** A share or an accuracy: three digits after the point. */
    public static String share(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%.3f", value).replace('-', '−') : number(value);
    }

    /** "about 6 min", "40 s". */
    public static String duration(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        if (seconds < 60) {
            return seconds + " s";
        }
        if (seconds < 3600) {
            return seconds / 60 + " min " + String.format(Locale.ROOT, "%02d s", seconds % 60);
        }
        return seconds / 3600 + " h " + String.format(Locale.ROOT, "%02d min", seconds % 3600 / 60);
    }

    /** Bytes as "3.1 GB" or "240 MB". */
    public static String bytes(long bytes) {
        return bytes >= GIGABYTE
                ? String.format(Locale.ROOT, "%.1f GB", (double) bytes / GIGABYTE)
                : String.format(Locale.ROOT, "%d MB", bytes / MEGABYTE);
    }

    /** Local date and minute. */
    public static String minute(Instant time, ZoneId zone) {
        return MINUTE.format(time.atZone(zone));
    }
}
