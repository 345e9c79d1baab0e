/** The window: rail, task bar, themes, preferences, and how the screens get their services. */
package preflab.app.shell;
