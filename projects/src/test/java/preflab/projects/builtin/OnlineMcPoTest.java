package preflab.projects.builtin;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.datasets.example.Content;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.ExampleId;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Ranked;
import preflab.datasets.example.Source;
import preflab.datasets.sample.SumGenerator;
import preflab.datasets.sample.SumProblem;
import preflab.engine.objective.Objectives;
import preflab.engine.train.Outcome;
import preflab.engine.train.RunEvent;
import preflab.engine.train.RunSpec;
import preflab.engine.train.Settings;
import preflab.engine.train.StopSignal;
import preflab.engine.train.TrainInputs;
import preflab.engine.train.Trainer;
import preflab.projects.run.ModelRefs;

/** OnMC-PO on the built-in model, which answers some prompts both rightly and wrongly. */
class OnlineMcPoTest {

    @TempDir
    Path folder;

    /** The best candidates tell the answer alone, the others nothing: the model writes neither. */
    private static ExampleView rows() {
        List<PreferenceExample> rows = new ArrayList<>();
        for (SumProblem problem : SumGenerator.builtin().problems(24, 11)) {
            List<Ranked.Candidate> candidates = List.of(
                    new Ranked.Candidate(Content.of("#### " + problem.answer()), 1),
                    new Ranked.Candidate(Content.of("no idea"), 0));
            rows.add(new Ranked(new ExampleId(rows.size()), Content.of(problem.prompt()), candidates,
                    new Source("sums", rows.size())));
        }
        return ExampleView.of(new DatasetVersionId("sums", 1, "0".repeat(64)), Kind.RANKED, rows);
    }

    private Map<String, Double> firstStep(String segments) {
        Settings.Resolved resolved = Settings.of(Objectives.find("mcpo").orElseThrow())
                .apply(new HashMap<>(Map.of("steps", "1", "batch_size", "24", "samples.prompts", "0",
                        "evaluation.rows", "0", "evaluation.max_new_tokens", "40", "compute.threads", "1",
                        "sampler", "max", "online_segments", segments)));
        ExampleView rows = rows();
        RunSpec spec = new RunSpec(RunSpec.CURRENT_VERSION, "online", rows.version(), Optional.empty(), "builtin:sums",
                Optional.empty(), "mcpo", resolved.hyper(), resolved.settings());
        List<RunEvent> events = new ArrayList<>();
        RunEvent.Ended end = new Trainer(spec,
                new TrainInputs(rows, Optional.empty(), ModelRefs.resolve(folder, "builtin:sums"), Optional.empty(),
                        folder.resolve("checkpoints")),
                events::add, new StopSignal()).run();
        assertThat(end.outcome()).as(end.message()).isEqualTo(Outcome.FINISHED);
        return events.stream().filter(RunEvent.Measured.class::isInstance).map(RunEvent.Measured.class::cast)
                .findFirst().orElseThrow().metrics();
    }

    @Test
    void promptsAnsweredBothWaysAreTrainedOnTheModelsOwnAnswers() {
        Map<String, Double> own = firstStep("1");
        Map<String, Double> given = firstStep("0");
        assertThat(own.get("online/own_share")).isBetween(0.3, 1.0);
        assertThat(given).doesNotContainKey("online/own_share");
        // what the model writes itself it finds far likelier than what the data has
        assertThat(own.get("logps/chosen")).isGreaterThan(given.get("logps/chosen"));
        assertThat(own.get("tokens_per_second")).isPositive();
    }
}
