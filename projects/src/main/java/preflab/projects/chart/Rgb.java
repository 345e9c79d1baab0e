package preflab.projects.chart;

import java.util.Locale;

/** A colour, 0–255 per part, with opacity 0–1. */
public record Rgb(int red, int green, int blue, double opacity) {

    /** From {@code 0xRRGGBB}, opaque. */
    public static Rgb of(int hex) {
        return new Rgb(hex >> 16 & 0xff, hex >> 8 & 0xff, hex & 0xff, 1);
    }

    public Rgb withOpacity(double newOpacity) {
        return new Rgb(red, green, blue, newOpacity);
    }

    /** {@code #rrggbb}, without the opacity. */
    public String hex() {
        return String.format(Locale.ROOT, "#%02x%02x%02x", red, green, blue);
    }
}
