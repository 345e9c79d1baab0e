package preflab.projects.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Lines are told apart by readers without one kind of cones: simulated as Machado, Oliveira and Fernandes (2009) do at
 * full severity, on linear RGB, and measured in CIELAB, where colours 20 apart are plainly different.
 */
class PaletteTest {

    private static final double APART = 20;

    private static final Map<String, double[][]> EYES = Map.of("all", new double[][]{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
            "protanopia",
            new double[][]{{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216},
                    {-0.003882, -0.048116, 1.051998}},
            "deuteranopia",
            new double[][]{{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413},
                    {-0.011820, 0.042940, 0.968881}},
            "tritanopia", new double[][]{{1.255528, -0.076749, -0.178779}, {-0.078411, 0.930809, 0.147602},
                    {0.004733, 0.691367, 0.303900}});

    private static Palette palette(String theme) {
        return theme.equals("light") ? Palette.LIGHT : Palette.DARK;
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void anyTwoLinesLookDifferentToEveryReader(String theme) {
        List<String> alike = new ArrayList<>();
        List<Rgb> lines = palette(theme).lines();
        EYES.forEach((eyes, cones) -> {
            for (int a = 0; a < lines.size(); a++) {
                for (int b = 0; b < a; b++) {
                    double apart = distance(lab(seen(lines.get(a), cones)), lab(seen(lines.get(b), cones)));
                    if (apart < APART) {
                        alike.add(eyes + ": " + lines.get(a).hex() + " and " + lines.get(b).hex() + " " + apart);
                    }
                }
            }
        });
        assertThat(alike).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void everyLineStandsOutFromTheBackground(String theme) {
        Palette palette = palette(theme);
        double behind = luminance(palette.background());
        assertThat(palette.lines()).allSatisfy(line -> {
            double own = luminance(line);
            assertThat((Math.max(own, behind) + 0.05) / (Math.min(own, behind) + 0.05)).isGreaterThan(2.5);
        });
    }

    private static double linear(int channel) {
        double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }

    private static double luminance(Rgb colour) {
        return 0.2126 * linear(colour.red()) + 0.7152 * linear(colour.green()) + 0.0722 * linear(colour.blue());
    }

    private static double[] seen(Rgb colour, double[][] cones) {
        double[] rgb = {linear(colour.red()), linear(colour.green()), linear(colour.blue())};
        double[] seen = new double[3];
        for (int i = 0; i < 3; i++) {
            seen[i] = Math.clamp(cones[i][0] * rgb[0] + cones[i][1] * rgb[1] + cones[i][2] * rgb[2], 0, 1);
        }
        return seen;
    }

    /** Linear sRGB to CIELAB under D65. */
    private static double[] lab(double[] rgb) {
        double x = f((0.4124564 * rgb[0] + 0.3575761 * rgb[1] + 0.1804375 * rgb[2]) / 0.95047);
        double y = f(0.2126729 * rgb[0] + 0.7151522 * rgb[1] + 0.0721750 * rgb[2]);
        double z = f((0.0193339 * rgb[0] + 0.1191920 * rgb[1] + 0.9503041 * rgb[2]) / 1.08883);
        return new double[]{116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double f(double t) {
        return t > Math.pow(6 / 29.0, 3) ? Math.cbrt(t) : t / (3 * Math.pow(6 / 29.0, 2)) + 4 / 29.0;
    }

    private static double distance(double[] a, double[] b) {
        return Math.sqrt(Math.pow(a[0] - b[0], 2) + Math.pow(a[1] - b[1], 2) + Math.pow(a[2] - b[2], 2));
    }
}
