/** Work off the JavaFX thread and its way back: the only place with threads and {@code Platform.runLater}. */
package preflab.app.task;
