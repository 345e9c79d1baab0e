package preflab.datasets.convert;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import preflab.datasets.check.Fingerprint;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.importer.Progress;

/** Of rows with equal prompts and equal answers, whatever their labels, the first stays. */
public record WithoutDuplicates() implements Conversion {

    @Override
    public String id() {
        return "without_duplicates";
    }

    @Override
    public String summary() {
        return "the first of equal rows";
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
        return Map.of();
    }

    @Override
    public Stream<PreferenceExample> rows(ExampleView source, Progress progress) {
        Set<Fingerprint> seen = new HashSet<>();
        return Rows.of(source, progress).filter(row -> seen.add(Fingerprint.ofTexts(row)));
    }
}
