package preflab.projects.chart;

import java.util.List;

/**
 * The colours of a theme. Lines are told apart by the colour-blind as well: found by a search for the eight that are
 * farthest from each other in CIELAB, seen with all three kinds of cones or without one of them, that stand out from the
 * background, and of which the first four stay near those of Okabe and Ito.
 */
public record Palette(Rgb background, Rgb text, Rgb mutedText, Rgb grid, Rgb axis, List<Rgb> lines) {
    public Palette {
        lines = List.copyOf(lines);
    }

    public static final Palette LIGHT = new Palette(Rgb.of(0xffffff), Rgb.of(0x1f2328), Rgb.of(0x656d76),
            Rgb.of(0xe7eaee), Rgb.of(0xafb8c1),
            List.of(Rgb.of(0x0b64a6), Rgb.of(0xd05a00), Rgb.of(0x10ad75), Rgb.of(0xc98bb9), Rgb.of(0x000544),
                    Rgb.of(0x510002), Rgb.of(0x9d64ff), Rgb.of(0x63525a)));

    public static final Palette DARK = new Palette(Rgb.of(0x16191d), Rgb.of(0xe6edf3), Rgb.of(0x9198a1),
            Rgb.of(0x2a2f36), Rgb.of(0x59616b),
            List.of(Rgb.of(0x2d9ad8), Rgb.of(0xef7d3c), Rgb.of(0x43d9a2), Rgb.of(0xc88eb1), Rgb.of(0xff0061),
                    Rgb.of(0xb2ff9d), Rgb.of(0xebe263), Rgb.of(0xd4ddf2)));

    /** The colour of a slot; slots beyond the palette go round. */
    public Rgb line(int slot) {
        return lines.get(Math.floorMod(slot, lines.size()));
    }
}
