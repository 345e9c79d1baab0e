package preflab.projects.chart;

import java.util.List;

/** The colours of a theme. Lines are told apart by the colour-blind as well. */
public record Palette(Rgb background, Rgb text, Rgb mutedText, Rgb grid, Rgb axis, List<Rgb> lines) {
    public Palette {
        lines = List.copyOf(lines);
    }

    public static final Palette LIGHT = new Palette(Rgb.of(0xffffff), Rgb.of(0x1f2328), Rgb.of(0x656d76),
            Rgb.of(0xe7eaee), Rgb.of(0xafb8c1),
            List.of(Rgb.of(0x0072b2), Rgb.of(0xd55e00), Rgb.of(0x009e73), Rgb.of(0xcc79a7), Rgb.of(0x8c6d1f),
                    Rgb.of(0x56b4e9), Rgb.of(0x6f4fb0), Rgb.of(0x4d4d4d)));

    public static final Palette DARK = new Palette(Rgb.of(0x16191d), Rgb.of(0xe6edf3), Rgb.of(0x9198a1),
            Rgb.of(0x2a2f36), Rgb.of(0x59616b),
            List.of(Rgb.of(0x4aa8e0), Rgb.of(0xff8c42), Rgb.of(0x2fc79a), Rgb.of(0xe59ac6), Rgb.of(0xe8c547),
                    Rgb.of(0x9ad4f7), Rgb.of(0xb39ddb), Rgb.of(0xc8ccd0)));

    /** The colour of a slot; slots beyond the palette go round. */
    public Rgb line(int slot) {
        return lines.get(Math.floorMod(slot, lines.size()));
    }
}
