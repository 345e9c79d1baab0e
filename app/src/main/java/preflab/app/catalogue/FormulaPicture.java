package preflab.app.catalogue;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.Optional;
import javafx.embed.swing.SwingFXUtils;
import javafx.scene.image.Image;
import org.scilab.forge.jlatexmath.ParseException;
import org.scilab.forge.jlatexmath.TeXConstants;
import org.scilab.forge.jlatexmath.TeXFormula;
import org.scilab.forge.jlatexmath.TeXIcon;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import preflab.projects.chart.Rgb;

/** Typesets LaTeX into a picture. Takes a moment: not for the thread of the window. */
final class FormulaPicture {

    /** Pixels of the picture for one on the screen, so that it stays sharp on dense screens. */
    static final int DENSITY = 2;

    private static final Logger LOG = LoggerFactory.getLogger(FormulaPicture.class);
    private static final double POINTS = 20;
    private static final double LEAST = 0.4; // of the usual size; still smaller is scaled

    private FormulaPicture() {
    }

    /**
     * A typeset formula.
     *
     * @param image
     *            {@link #DENSITY} times as large as it is to be shown
     * @param naturalWidth
     *            pixels on the screen it would take in its usual size
     */
    record Typeset(Image image, double naturalWidth) {
    }

    /**
     * The picture in its usual size, or as small as the room asks; empty if the text is no formula.
     *
     * @param room
     *            pixels on the screen
     */
    static synchronized Optional<Typeset> of(String latex, Rgb colour, double room) { // the library keeps static tables
        try {
            TeXFormula formula = new TeXFormula(latex);
            double natural = icon(formula, POINTS).getIconWidth() / (double) DENSITY;
            TeXIcon icon = icon(formula, POINTS * Math.clamp(0.98 * room / natural, LEAST, 1));
            icon.setForeground(new Color(colour.red(), colour.green(), colour.blue()));
            BufferedImage picture = new BufferedImage(Math.max(1, icon.getIconWidth()),
                    Math.max(1, icon.getIconHeight()), BufferedImage.TYPE_INT_ARGB);
            Graphics2D graphics = picture.createGraphics();
            graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
            graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING,
                    RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
            icon.paintIcon(null, graphics, 0, 0);
            graphics.dispose();
            return Optional.of(new Typeset(SwingFXUtils.toFXImage(picture, null), natural));
        } catch (ParseException e) {
            LOG.warn("the formula {} cannot be typeset: {}", latex, e.getMessage());
            return Optional.empty();
        }
    }

    private static TeXIcon icon(TeXFormula formula, double points) {
        return formula.createTeXIcon(TeXConstants.STYLE_DISPLAY, (float) points * DENSITY);
    }
}
