package preflab.app.dialog;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Asks a person for a file or a folder. A port: tests answer in the person's place. */
public interface FilePicker {

    /** An existing file; empty if the person changed their mind. */
    Optional<Path> open(String title, Filter... filters);

    /** A file to write. */
    Optional<Path> save(String title, String suggestedName, Filter filter);

    /** An existing folder. */
    Optional<Path> folder(String title);

    /** A folder to make: its parent and its name. */
    Optional<Path> newFolder(String title, String suggestedName);

    /**
     * Files shown by a chooser.
     *
     * @param patterns
     *            for example {@code *.jsonl}
     */
    record Filter(String name, List<String> patterns) {
        public Filter {
            patterns = List.copyOf(patterns);
        }

        public static Filter of(String name, String... patterns) {
            return new Filter(name, List.of(patterns));
        }
    }
}
