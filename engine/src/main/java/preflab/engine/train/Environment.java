package preflab.engine.train;

import ai.djl.engine.Engine;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import preflab.engine.model.HfFolder;
import preflab.engine.tensor.Torch;

/** What machine and program a run runs on, and the hashes of what goes in. */
final class Environment {

    private Environment() {
    }

    static Map<String, String> describe(RunSpec spec, Path model, Optional<Path> reference) {
        Engine engine = Torch.engine();
        Map<String, String> facts = new TreeMap<>(CodeVersion.facts());
        facts.put("device", spec.settings().get(TrainSettings.DEVICE));
        facts.put("precision", spec.settings().get(TrainSettings.PRECISION));
        facts.put("threads", Integer.toString(Torch.threads()));
        facts.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("heap_limit_mb", Long.toString(Runtime.getRuntime().maxMemory() >> 20));
        facts.put("os", System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                + System.getProperty("os.arch"));
        facts.put("java", Runtime.version().toString());
        facts.put("engine", engine.getEngineName() + " " + engine.getVersion());
        facts.put("seed", Integer.toString(spec.settings().get(TrainSettings.SEED)));
        facts.put("dataset_sha256", spec.dataset().sha256());
        spec.evaluation().ifPresent(id -> facts.put("evaluation_sha256", id.sha256()));
        facts.put("model_sha256", HfFolder.sha256(model));
        reference.ifPresent(folder -> facts.put("reference_sha256", HfFolder.sha256(folder)));
        return facts;
    }
}
