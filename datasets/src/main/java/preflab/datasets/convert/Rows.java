package preflab.datasets.convert;

import java.util.concurrent.CancellationException;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import preflab.datasets.example.ExampleView;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.importer.Progress;

/** Walks over rows, telling how far it is and stopping when asked to. */
final class Rows {

    /** Rows between two reports; a few milliseconds. */
    private static final int REPORT = 256;

    private Rows() {
    }

    /** Every row, read while asked for. */
    static Stream<PreferenceExample> of(ExampleView view, Progress progress) {
        return walk(view.size(), view::get, progress);
    }

    /** What stands at 0 … {@code size} − 1, made while asked for. */
    static <T> Stream<T> walk(int size, IntFunction<T> item, Progress progress) {
        return IntStream.range(0, size).mapToObj(i -> {
            if (i % REPORT == 0 || i == size - 1) {
                if (progress.cancelled()) {
                    throw new CancellationException("the conversion was cancelled");
                }
                progress.at(i + 1L, size);
            }
            return item.apply(i);
        });
    }
}
