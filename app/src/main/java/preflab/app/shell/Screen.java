package preflab.app.shell;

import javafx.scene.Node;
import org.kordamp.ikonli.Ikon;

/**
 * One entry of the rail.
 *
 * @param id
 *            stable
 * @param content
 *            what the middle of the window shows
 */
record Screen(String id, String title, Ikon icon, Node content) {
}
