package preflab.projects.store;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import preflab.datasets.example.DatasetVersionId;
import preflab.engine.objective.Objectives;
import preflab.engine.param.ParamValues;
import preflab.engine.train.RunSpec;
import preflab.engine.train.TrainSettings;

/** Run specs for tests. */
public final class Specs {

    private Specs() {
    }

    /** An SFT run of ten steps. */
    public static RunSpec sft(String name) {
        return sft(name, Map.of());
    }

    /** An SFT run of ten steps with these settings. */
    public static RunSpec sft(String name, Map<String, String> settings) {
        Map<String, String> all = new java.util.HashMap<>(Map.of("training.steps", "10"));
        all.putAll(settings);
        return new RunSpec(RunSpec.CURRENT_VERSION, name, new DatasetVersionId("sums", 1, "a".repeat(64)),
                Optional.of(new DatasetVersionId("sums-test", 1, "b".repeat(64))), "builtin:sums", Optional.empty(),
                "sft", ParamValues.defaults(Objectives.find("sft").map(type -> type.params()).orElse(List.of())),
                ParamValues.parse(TrainSettings.ALL, all));
    }
}
