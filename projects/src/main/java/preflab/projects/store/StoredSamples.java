package preflab.projects.store;

import java.util.List;
import preflab.engine.train.Sample;

/** Texts generated at one step for one purpose ({@code samples} or {@code eval}), by ascending row. */
public record StoredSamples(int step, String purpose, List<Sample> samples) {
    public StoredSamples {
        samples = List.copyOf(samples);
    }
}
