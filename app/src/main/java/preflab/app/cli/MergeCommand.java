package preflab.app.cli;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import preflab.engine.model.LoraAdapter;
import preflab.engine.model.PeftFolder;
import preflab.engine.model.Precision;
import preflab.engine.model.TransformerPolicy;
import preflab.engine.tensor.Torch;

/** A model with an adapter in PEFT's layout worked into its weights, as a Hugging Face folder that any command reads. */
@Command(sortOptions = false, name = "merge", description = "Merge a LoRA adapter (PEFT layout) into its model.")
final class MergeCommand extends BaseCommand {

    @Mixin
    private ModelOption model;

    @Option(names = "--adapter", required = true, paramLabel = "DIR", description = "A folder with adapter_config.json and adapter_model.safetensors.")
    private Path adapter;

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "A new folder for the merged model.")
    private Path target;

    @Override
    int run(Output output) {
        Path folder = model.folder();
        Path to = target.toAbsolutePath().normalize();
        try (NDManager manager = Torch.newManager();
                TransformerPolicy base = TransformerPolicy.load(folder, manager, Precision.FLOAT32)) {
            LoraAdapter lora = PeftFolder.read(adapter, base.config(), manager, Precision.FLOAT32);
            base.adapted(lora).save(to, folder);
        }
        output.json(Map.of("path", to.toString()));
        output.text(to.toString());
        return Cli.DONE;
    }
}
