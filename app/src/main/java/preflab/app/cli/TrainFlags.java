package preflab.app.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;
import preflab.app.user.RunDefaults;
import preflab.datasets.example.DatasetVersionId;
import preflab.engine.model.LoraSettings;
import preflab.engine.objective.Needs;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.train.RunSpec;
import preflab.engine.train.Settings;
import preflab.engine.train.TrainSettings;
import preflab.projects.workspace.Workspace;

/** A run described by flags; whatever is not named takes its default. */
final class TrainFlags {

    @Option(names = "--dataset", paramLabel = "NAME", description = "Rows to train on: a dataset's newest version, or NAME@VERSION.")
    private Optional<String> dataset = Optional.empty();

    @Option(names = "--model", paramLabel = "REF", description = "Where the policy starts: a Hugging Face folder, builtin:NAME or run:ID[@STEP].")
    private Optional<String> model = Optional.empty();

    @Option(names = "--objective", paramLabel = "ID", description = "See: preflab objectives.")
    private Optional<String> objective = Optional.empty();

    @Option(names = "--reference", paramLabel = "REF", description = "The frozen reference, where the objective needs one; named like --model (default: the model itself).")
    private Optional<String> reference = Optional.empty();

    @Option(names = "--prior", paramLabel = "REF", description = "PIPA's frozen prior, if it was trained apart (default: --reference, else the model itself).")
    private Optional<String> prior = Optional.empty();

    @Option(names = "--evaluation", paramLabel = "NAME", description = "Held-out rows for metrics and samples.")
    private Optional<String> evaluation = Optional.empty();

    @Option(names = "--aux", paramLabel = "retain|prompts|sft=DATASET", description = "A second dataset, for objectives that take one.")
    private List<String> auxiliary = List.of();

    @Option(names = "--set", paramLabel = "name=value", description = "Any setting by its dotted name; the last word alone where that is clear.")
    private Map<String, String> set = new LinkedHashMap<>();

    @Option(names = "--seed", paramLabel = "N", description = "Short for --set training.seed=N.")
    private Optional<String> seed = Optional.empty();

    @Option(names = "--steps", paramLabel = "N", description = "Short for --set training.steps=N.")
    private Optional<String> steps = Optional.empty();

    @Option(names = "--lora", description = "Train adapters of rank 64 with alpha 16 and leave the weights as they are: short for --set lora.rank=64.")
    private boolean lora;

    @Option(names = "--device", paramLabel = "cpu|gpu", description = "Short for --set compute.device=….")
    private Optional<String> device = Optional.empty();

    @Option(names = "--name", paramLabel = "TEXT", description = "The run's name (default: objective and dataset).")
    private Optional<String> name = Optional.empty();

    /** The complete spec these flags stand for. */
    RunSpec spec(Workspace workspace) {
        ObjectiveType<?> type = SpecCheck.objective(required("--objective ID", objective));
        if (!auxiliary.isEmpty()) {
            throw CliException.badInput("--aux " + auxiliary.getFirst() + ": objective " + type.id()
                    + " takes no auxiliary dataset");
        }
        Settings known = Settings.of(type);
        Settings.Resolved settings = known.apply(RunDefaults.ofUser().under(known, given(workspace)));
        DatasetVersionId rows = workspace.datasets().resolve(required("--dataset NAME", dataset));
        return new RunSpec(RunSpec.CURRENT_VERSION, name.orElse(type.id() + " " + rows.dataset()), rows,
                evaluation.map(workspace.datasets()::resolve), absolute(required("--model REF", model)),
                frozen(type, type.needs().apply(settings.hyper())).map(TrainFlags::absolute), type.id(),
                settings.hyper(), settings.settings());
    }

    /** Refuses flags beside a run file, which is complete already. */
    void requireNone() {
        boolean any = Stream.of(dataset, model, objective, reference, prior, evaluation, seed, steps, device, name)
                .anyMatch(Optional::isPresent);
        if (any || lora || !set.isEmpty() || !auxiliary.isEmpty()) {
            throw CliException.badInput("--spec FILE is a complete run; it cannot be mixed with other flags");
        }
    }

    private static String required(String flag, Optional<String> value) {
        return value.orElseThrow(() -> CliException.badInput("train: " + flag
                + " is missing; needed are --dataset, --model and --objective, or --spec FILE"));
    }

    /** What the flags say; a step threshold chosen for the project stands in where they say none. */
    private Map<String, String> given(Workspace workspace) {
        Map<String, String> given = new LinkedHashMap<>(set);
        String threshold = TrainSettings.STEP_THRESHOLD.id();
        if (given.keySet().stream().noneMatch(name -> threshold.equals(name) || threshold.endsWith("." + name))) {
            workspace.stepThreshold()
                    .ifPresent(chosen -> given.put(threshold, Double.toString(chosen.threshold())));
        }
        seed.ifPresent(value -> put(given, TrainSettings.SEED.id(), value));
        steps.ifPresent(value -> put(given, TrainSettings.STEPS.id(), value));
        device.ifPresent(value -> put(given, TrainSettings.DEVICE.id(), value));
        if (lora) {
            put(given, TrainSettings.LORA_RANK.id(), String.valueOf(LoraSettings.PRESET_RANK));
        }
        return given;
    }

    private static void put(Map<String, String> given, String name, String value) {
        String before = given.put(name, value);
        if (before != null) {
            throw CliException.badInput(name + " is given twice: " + before + " and " + value);
        }
    }

    /** The frozen model; the run file knows one, which PIPA reads as its prior. */
    private Optional<String> frozen(ObjectiveType<?> type, Needs needs) {
        if (prior.isPresent() && !needs.prior()) {
            throw CliException.badInput("--prior " + prior.get() + ": objective " + type.id() + " has no prior; "
                    + (needs.frozenModel() ? "its frozen model is named by --reference" : "it needs no frozen model"));
        }
        if (reference.isPresent() && !needs.frozenModel()) {
            throw CliException.badInput("--reference " + reference.get() + ": objective " + type.id()
                    + " reads no reference with these hyper-parameters; leave the flag out");
        }
        return prior.or(() -> reference);
    }

    /** A folder is kept by its absolute path: the run may be repeated from elsewhere. */
    private static String absolute(String reference) {
        boolean named = reference.startsWith("builtin:") || reference.startsWith("run:");
        return named || !Files.exists(Path.of(reference))
                ? reference
                : Path.of(reference).toAbsolutePath().normalize().toString();
    }
}
