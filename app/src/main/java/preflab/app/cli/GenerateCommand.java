package preflab.app.cli;

import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import preflab.datasets.example.Content;
import preflab.datasets.example.Message;
import preflab.engine.batch.TextTokenizer;
import preflab.engine.model.Generator;
import preflab.engine.model.LlamaPolicy;
import preflab.engine.model.Precision;
import preflab.engine.model.SamplerSettings;
import preflab.engine.model.Stops;
import preflab.engine.tensor.Torch;

/** Lets a model go on from a prompt. */
@Command(sortOptions = false, name = "generate", description = "Sample from a model; temperature 0 is greedy.")
final class GenerateCommand extends BaseCommand {

    @Mixin
    private ModelOption model;

    @Option(names = "--prompt", required = true, paramLabel = "TEXT", description = "What the model goes on from; may be empty.")
    private String prompt;

    @Option(names = "--max-tokens", defaultValue = "256", paramLabel = "N", description = "New tokens at most (default: ${DEFAULT-VALUE}).")
    private int maxTokens;

    @Option(names = "--temperature", defaultValue = "1", paramLabel = "T", description = "0 is greedy (default: ${DEFAULT-VALUE}).")
    private double temperature;

    @Option(names = "--top-k", defaultValue = "0", paramLabel = "K", description = "Only the K likeliest tokens; 0 is off (default).")
    private int topK;

    @Option(names = "--top-p", defaultValue = "1", paramLabel = "P", description = "Only the likeliest tokens that make up P; 1 is off (default).")
    private double topP;

    @Option(names = "--repetition-penalty", defaultValue = "1", paramLabel = "R", description = "Tokens that were there before become less likely by this factor; 1 is off (default).")
    private double repetitionPenalty;

    @Option(names = "--seed", defaultValue = "1", paramLabel = "N", description = "One seed, one text (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(names = "--stop", paramLabel = "TEXT", description = "Ends the text where this comes up; may be given several times.")
    private List<String> stopTexts = List.of();

    @Option(names = "--chat", description = "The prompt is a user's turn: the model's chat template frames it.")
    private boolean chat;

    @Override
    int run(Output output) {
        SamplerSettings settings = new SamplerSettings(temperature, topK, topP, repetitionPenalty, maxTokens,
                seed);
        Path folder = model.folder();
        try (TextTokenizer tokenizer = TextTokenizer.load(folder);
                NDManager manager = Torch.newManager();
                LlamaPolicy policy = LlamaPolicy.load(folder, manager, Precision.FLOAT32)) {
            Stops stops = Stops.of(tokenizer, stopTexts);
            int[] start = tokenizer.encodePrompt(content());
            int[] ids = Generator.generate(policy, List.of(start), settings, stops, Generator.BATCH_SIZE,
                    Generator.Listener.NONE).getFirst();
            String text = stops.cut(tokenizer.decodeContinuation(start, ids));
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("text", text);
            result.put("tokens", Arrays.stream(ids).boxed().toList());
            output.json(result);
            output.text(text);
        }
        return Cli.DONE;
    }

    private Content content() {
        return chat ? Content.of(List.of(new Message("user", prompt))) : Content.of(prompt);
    }
}
