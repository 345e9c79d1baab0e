package preflab.app.label;

import java.util.function.Function;
import javafx.util.StringConverter;

/** Shows values by a word; nobody types them. */
final class Shown<T> extends StringConverter<T> {
    private final Function<T, String> word;

    Shown(Function<T, String> word) {
        this.word = word;
    }

    @Override
    public String toString(T value) {
        return value == null ? "" : word.apply(value);
    }

    @Override
    public T fromString(String text) {
        throw new UnsupportedOperationException("chosen from a list, never typed");
    }
}
