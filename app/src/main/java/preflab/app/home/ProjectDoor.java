package preflab.app.home;

import java.nio.file.Path;

/** Opens projects in the window. The window implements it. */
public interface ProjectDoor {

    /** Makes a project in this folder and opens it. */
    void create(Path folder);

    /** Opens the project in this folder. */
    void open(Path folder);

    /** Opens a project with the built-in model and data in this folder; makes it if it is not there. */
    void example(Path folder);

    /** Shows another screen: {@code data}, {@code train}, {@code compare}. */
    void go(String screen);

    /** Takes a project off the list; its folder stays. */
    void forget(Path folder);
}
