package preflab.datasets.importer;

import java.nio.file.Path;

/** The formats this program reads, most telling first, and the way from a file to one of them. */
public final class Importers {

    private Importers() {
    }

    /**
     * Judges a file by its bytes and first rows.
     *
     * @return what fits, or a detection without a kind whose reason says why nothing does
     * @throws preflab.datasets.example.DatasetException
     *             BAD_FILE when the file is no JSON data at all (a folder, empty, binary, a git-LFS pointer …)
     */
    public static Detection detect(Path file) {
        return detect(file, Hints.NONE);
    }

    /** The same with a kind or columns given by hand, for a mapping form. */
    public static Detection detect(Path file, Hints hints) {
        return new Detection("unknown", hints.kind(), hints.mapping(), "soon: " + file, java.util.List.of(),
                java.util.List.of(), java.util.List.of(), java.util.List.of());
    }
}
