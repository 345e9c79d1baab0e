package preflab.datasets.store;

import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.PreferenceExample;

/** Some rows of a view, in an order of their own. */
final class PartView implements ExampleView {

    private final ExampleView whole;
    private final int[] indexes;

    PartView(ExampleView whole, int[] indexes) {
        this.whole = whole;
        this.indexes = indexes.clone();
    }

    @Override
    public DatasetVersionId version() {
        return whole.version();
    }

    @Override
    public Kind kind() {
        return whole.kind();
    }

    @Override
    public int size() {
        return indexes.length;
    }

    @Override
    public PreferenceExample get(int index) {
        return whole.get(indexes[index]);
    }
}
