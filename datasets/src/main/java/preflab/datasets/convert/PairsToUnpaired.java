package preflab.datasets.convert;

import java.util.Map;
import java.util.stream.Stream;

import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Unpaired;
import preflab.datasets.importer.Progress;

/** Each pair becomes an accepted and a rejected row, one after the other. */
public record PairsToUnpaired() implements Conversion {

    @Override
    public String id() {
        return "pairs_to_unpaired";
    }

    @Override
    public String summary() {
        return "each pair as an accepted and a rejected answer";
    }

    @Override
    public boolean reads(Kind kind) {
        return kind == Kind.PAIRED;
    }

    @Override
    public Kind result(Kind source) {
        return Kind.UNPAIRED;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of();
    }

    @Override
    public Stream<PreferenceExample> rows(ExampleView source, Progress progress) {
        return Rows.of(source, progress).map(Paired.class::cast)
                .flatMap(row -> Stream.of(new Unpaired(row.id(), row.prompt(), row.chosen(), true, row.source()),
                        new Unpaired(row.id(), row.prompt(), row.rejected(), false, row.source())));
    }
}
