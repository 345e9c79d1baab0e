package preflab.datasets.example;

import java.util.List;

record InMemoryView(DatasetVersionId version, Kind kind, List<PreferenceExample> rows) implements ExampleView {

    @Override
    public int size() {
        return rows.size();
    }

    @Override
    public PreferenceExample get(int index) {
        return rows.get(index);
    }
}
