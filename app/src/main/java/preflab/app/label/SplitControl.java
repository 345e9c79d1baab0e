package preflab.app.label;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.scene.input.KeyCode;
import preflab.datasets.label.LabelSession;

/** Splits a step where a cursor stands that keys and clicks move. */
final class SplitControl {

    private final LabelModel model;
    private final Consumer<Function<LabelSession, String>> run;

    /**
     * @param run
     *            acts on the session
     */
    SplitControl(LabelModel model, Consumer<Function<LabelSession, String>> run) {
        this.model = model;
        this.run = run;
    }

    void begin() {
        text().ifPresent(words -> model.splitAtProperty().set(SplitMoves.start(words)));
    }

    private Optional<String> text() {
        return model.pageProperty().get() != null && model.pageProperty().get().body() instanceof Page.Steps steps
                && model.hereProperty().get() < steps.lines().size()
                        ? Optional.of(steps.lines().get(model.hereProperty().get()).text())
                        : Optional.empty();
    }

    void move(int offset) {
        model.splitAtProperty().set(offset);
    }

    /** What a key does while a cursor is in a step; false for a key that does nothing. */
    boolean key(KeyCode key, boolean byWord) {
        String words = text().orElse("");
        int at = model.splitAtProperty().get();
        switch (key) {
            case ESCAPE -> model.splitAtProperty().set(-1);
            case ENTER -> {
                model.splitAtProperty().set(-1);
                run.accept(SessionActs.told(open -> open.split(at), "split"));
            }
            default -> {
                Optional<Integer> moved = SplitMoves.moved(words, at, key, byWord);
                moved.ifPresent(model.splitAtProperty()::set);
                return moved.isPresent();
            }
        }
        return true;
    }
}
