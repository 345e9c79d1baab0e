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
            List.of(Rgb.of(0x1a5595), Rgb.of(0xe26d00), Rgb.of(0x21b875), Rgb.of(0xc091bb), Rgb.of(0x8000ff),
                    Rgb.of(0x7f330b), Rgb.of(0xff52ff), Rgb.of(0x5d4f4c)));

    public static final Palette DARK = new Palette(Rgb.of(0x16191d), Rgb.of(0xe6edf3), Rgb.of(0x9198a1),
            Rgb.of(0x2a2f36), Rgb.of(0x59616b),
            List.of(Rgb.of(0x38a1e3), Rgb.of(0xe9803a), Rgb.of(0x45dfae), Rgb.of(0xc690b7), Rgb.of(0xc9cd07),
                    Rgb.of(0xac54ff), Rgb.of(0xa7f896), Rgb.of(0xd6e1ff)));

    /** A slot that is no run's: means over runs. */
    public static final int NEUTRAL = -2;

    /** The colour of a slot; slots beyond the palette go round. */
    public Rgb line(int slot) {
        return slot == NEUTRAL ? mutedText : lines.get(Math.floorMod(slot, lines.size()));
    }
}
