package preflab.app.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import preflab.datasets.store.DatasetStore;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.train.RunSpec;
import preflab.engine.train.Settings;

/**
 * What the demonstration trains: {@code demo.json}, the one place for its settings. The learning rates were chosen per
 * objective on the validation problems, which are disjoint from the test problems of the table.
 *
 * @param evaluation
 *            the held-out test problems
 * @param settings
 *            of all runs, by dotted names
 */
record DemoPlan(String model, String evaluation, Map<String, String> settings, List<Entry> runs) {

    /** One run; its settings go over the common ones. */
    record Entry(String name, String objective, String dataset, Map<String, String> settings) {
    }

    /** The plan that comes with the program. */
    static DemoPlan read() {
        try (InputStream in = DemoPlan.class.getResourceAsStream("demo.json")) {
            return new ObjectMapper().readValue(in, DemoPlan.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // a resource of this program
        }
    }

    /** The same with other settings for all runs. */
    DemoPlan with(Map<String, String> overrides) {
        Map<String, String> all = new LinkedHashMap<>(settings);
        all.putAll(overrides);
        return new DemoPlan(model, evaluation, all, runs);
    }

    /** The complete spec of one run on the datasets of a project. */
    RunSpec spec(Entry entry, DatasetStore datasets) {
        ObjectiveType<?> type = SpecCheck.objective(entry.objective());
        Map<String, String> given = new LinkedHashMap<>(settings);
        given.putAll(entry.settings());
        Settings.Resolved resolved = Settings.of(type).apply(given);
        return new RunSpec(RunSpec.CURRENT_VERSION, entry.name(), datasets.resolve(entry.dataset()),
                Optional.of(datasets.resolve(evaluation)), model, Optional.empty(), type.id(), resolved.hyper(),
                resolved.settings());
    }
}
