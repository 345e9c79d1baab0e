package preflab.app.ui;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import preflab.app.dialog.FilePicker;

/** Answers in a person's place, in the order told; without an answer the person changes their mind. */
public final class ScriptedPicker implements FilePicker {

    private final Deque<Path> answers = new ArrayDeque<>();

    public void willChoose(Path... paths) {
        answers.addAll(Arrays.asList(paths));
    }

    private Optional<Path> next() {
        return Optional.ofNullable(answers.poll());
    }

    @Override
    public Optional<Path> open(String title, Filter... filters) {
        return next();
    }

    @Override
    public Optional<Path> save(String title, String suggestedName, Filter filter) {
        return next();
    }

    @Override
    public Optional<Path> folder(String title) {
        return next();
    }

    @Override
    public Optional<Path> newFolder(String title, String suggestedName) {
        return next();
    }
}
