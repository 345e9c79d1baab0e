package preflab.datasets.importer;

import java.io.InputStream;

/** The ways JSON objects follow each other. */
enum JsonContainer implements Container {
    LINES("JSON Lines"), ARRAY("a JSON list"), VALUES("JSON objects one after another"), WRAPPED(
            "an object around a JSON list");

    private final String words;

    JsonContainer(String words) {
        this.words = words;
    }

    @Override
    public String words() {
        return words;
    }

    @Override
    public RowSource open(InputStream in, MeteredInputStream metered) {
        return this == LINES ? new LinesSource(in, metered) : new ValuesSource(in, metered, this);
    }
}
