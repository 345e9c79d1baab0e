package preflab.app.models;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import preflab.engine.model.ModelFacts;

/**
 * A model in the list.
 *
 * @param reference
 *            as the command line knows it: {@code builtin:NAME}, {@code run:ID} or a folder
 * @param title
 *            short
 * @param origin
 *            where it comes from, in words
 * @param facts
 *            empty if it cannot be used
 * @param training
 *            bytes that training takes, by the way of training; empty if it cannot be used
 * @param problem
 *            why it cannot be used; empty if it can
 */
public record ModelEntry(String reference, String title, String origin, Path folder, Optional<ModelFacts> facts,
        Map<String, Long> training, String problem) {

    /** Whether it was added by hand and can be taken off the list. */
    boolean isAdded() {
        return !reference.startsWith("builtin:") && !reference.startsWith("run:");
    }

    @Override
    public String toString() {
        return title;
    }
}
