package preflab.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import preflab.engine.train.Outcome;
import preflab.engine.train.RunEvent;
import preflab.engine.train.RunSpec;
import preflab.projects.run.RunWorker;
import preflab.projects.workspace.Builtins;
import preflab.projects.workspace.Workspace;

/**
 * Proves the demonstration: its learning rates are the best of one grid for all objectives, judged on validation
 * problems, and with them every method gains on test problems that no training has seen. The tables are written to
 * {@code target/demo-proof-*.txt}.
 */
@Tag("slow")
class DemoProofTest {

    private static final List<String> GRID = List.of("1e-6", "3e-6", "1e-5", "3e-5", "1e-4", "3e-4");
    private static final List<Integer> SEEDS = List.of(1, 2, 3);
    private static final String RATE = "optimizer.learning_rate";

    @TempDir
    Path folder;

    /** Accuracy before and after training. */
    private record Gain(double before, double after) {
    }

    @Test
    void learningRatesOfThePlanAreTheBestOfOneGridOnValidationProblems() throws IOException {
        DemoPlan plan = DemoPlan.read();
        List<String> lines = new ArrayList<>();
        try (Workspace workspace = Workspace.create(folder.resolve("grid.preflab"))) {
            Builtins.install(workspace);
            for (DemoPlan.Entry entry : plan.runs()) {
                Map<String, Double> byRate = new LinkedHashMap<>();
                for (String rate : GRID) {
                    byRate.put(rate, train(workspace, onValidation(plan), entry, Map.of(RATE, rate)).after());
                }
                lines.add(entry.objective() + " " + byRate);
                write("grid", lines);
                double best = byRate.values().stream().mapToDouble(v -> v).max().orElseThrow();
                assertThat(byRate.get(entry.settings().get(RATE))).as("%s on validation: %s", entry.name(), byRate)
                        .isGreaterThanOrEqualTo(best - 0.02); // closer than the noise of 500 problems: ± 4 points
            }
        }
    }

    @Test
    void everyMethodGainsTenPointsOverTheBaseOnTestProblems() throws IOException {
        DemoPlan plan = DemoPlan.read()
                .with(Map.of("evaluation.rows", "2500", "evaluation.every", "0", "samples.prompts", "0"));
        Map<String, List<Gain>> gains = new LinkedHashMap<>();
        try (Workspace workspace = Workspace.create(folder.resolve("proof.preflab"))) {
            Builtins.install(workspace);
            for (DemoPlan.Entry entry : plan.runs()) {
                for (int seed : SEEDS) {
                    gains.computeIfAbsent(entry.objective(), _ -> new ArrayList<>())
                            .add(train(workspace, plan, entry, Map.of("training.seed", String.valueOf(seed))));
                }
            }
        }
        double imitation = mean(gains.get("sft"));
        List<String> lines = new ArrayList<>();
        gains.forEach((objective, list) -> lines.add(String.format(Locale.ROOT,
                "%-8s base %.4f  after %s  mean %.4f  gain %+.4f  versus SFT %+.4f", objective,
                list.getFirst().before(),
                list.stream().map(g -> String.format(Locale.ROOT, "%.4f", g.after())).toList(),
                mean(list), mean(list) - list.getFirst().before(), mean(list) - imitation)));
        write("test", lines);
        gains.forEach((objective, list) -> assertThat(mean(list) - list.getFirst().before()).as(objective)
                .isGreaterThanOrEqualTo(0.10));
    }

    private static double mean(List<Gain> gains) {
        return gains.stream().mapToDouble(Gain::after).average().orElseThrow();
    }

    private static DemoPlan onValidation(DemoPlan plan) {
        Map<String, String> settings = new LinkedHashMap<>(plan.settings());
        settings.putAll(Map.of("evaluation.rows", "500", "evaluation.every", "0", "samples.prompts", "0"));
        return new DemoPlan(plan.model(), Builtins.VALIDATION.dataset(), settings, plan.runs());
    }

    private static Gain train(Workspace workspace, DemoPlan plan, DemoPlan.Entry entry, Map<String, String> changes) {
        Map<String, String> settings = new LinkedHashMap<>(entry.settings());
        settings.putAll(changes);
        RunSpec spec = plan.spec(new DemoPlan.Entry(entry.name(), entry.objective(), entry.dataset(), settings),
                workspace.datasets());
        TreeMap<Integer, Double> accuracy = new TreeMap<>();
        RunEvent.Ended end = RunWorker.execute(workspace, workspace.runs().create(spec), event -> {
            if (event instanceof RunEvent.Measured m && m.metrics().containsKey("eval/accuracy")) {
                accuracy.put(m.step(), m.metrics().get("eval/accuracy"));
            }
        });
        assertThat(end.outcome()).as(end.message()).isEqualTo(Outcome.FINISHED);
        return new Gain(accuracy.firstEntry().getValue(), accuracy.lastEntry().getValue());
    }

    private static void write(String name, List<String> lines) throws IOException {
        Files.write(Files.createDirectories(Path.of("target")).resolve("demo-proof-" + name + ".txt"), lines,
                StandardCharsets.UTF_8);
    }
}
