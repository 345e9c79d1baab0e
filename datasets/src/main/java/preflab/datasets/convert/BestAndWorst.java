package preflab.datasets.convert;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Ranked;
import preflab.datasets.example.Ranked.Candidate;
import preflab.datasets.importer.Progress;

/**
 * The preferred answer with its worst candidates, as MC-PO is trained on Nectar: rank 1 is y₀, rank 2 is too like it and
 * dropped, the worst k of the rest stay. Rows of one or two candidates are left out.
 *
 * @param keep
 *            k ≥ 1; fewer where a row has no more
 */
public record BestAndWorst(int keep) implements Conversion {

    public BestAndWorst {
        if (keep < 1) {
            throw new IllegalArgumentException("at least 1 candidate is kept beside the best, not " + keep);
        }
    }

    @Override
    public String id() {
        return "best_and_worst";
    }

    @Override
    public String summary() {
        return "the best candidate with the worst " + keep + " of those from rank 3 on";
    }

    @Override
    public boolean reads(Kind kind) {
        return kind == Kind.RANKED;
    }

    @Override
    public Kind result(Kind source) {
        return Kind.RANKED;
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("keep", Integer.toString(keep));
    }

    @Override
    public Stream<PreferenceExample> rows(ExampleView source, Progress progress) {
        return Rows.of(source, progress).map(Ranked.class::cast).filter(row -> row.candidates().size() > 2)
                .map(this::shortened);
    }

    private Ranked shortened(Ranked row) {
        List<Candidate> byRank = RankedToPairs.byRank(row);
        List<Candidate> kept = new ArrayList<>(List.of(byRank.getFirst()));
        kept.addAll(byRank.subList(Math.max(2, byRank.size() - keep), byRank.size()));
        return new Ranked(row.id(), row.prompt(), kept, row.source());
    }
}
