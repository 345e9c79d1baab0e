package preflab.datasets.convert;

import java.util.BitSet;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Stream;

import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.importer.Progress;

/** All rows but some: what a check found is mended by leaving it out. */
public final class WithoutRows implements Conversion {

    private final BitSet dropped = new BitSet();
    private final String why;

    /**
     * Leaves these rows out.
     *
     * @param rows
     *            ids; those of no row do not matter
     * @param why
     *            in words, for provenance
     */
    public WithoutRows(Collection<Integer> rows, String why) {
        rows.forEach(dropped::set);
        this.why = why;
    }

    @Override
    public String id() {
        return "without_rows";
    }

    @Override
    public String summary() {
        return dropped.cardinality() + " rows left out: " + why;
    }

    @Override
    public boolean reads(Kind kind) {
        return true;
    }

    @Override
    public Kind result(Kind source) {
        return source;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("rows", Integer.toString(dropped.cardinality()), "why", why);
    }

    @Override
    public Stream<PreferenceExample> rows(ExampleView source, Progress progress) {
        return Rows.of(source, progress).filter(row -> !dropped.get(row.id().index()));
    }
}
