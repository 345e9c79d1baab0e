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
import preflab.engine.model.TransformerPolicy;
import preflab.engine.model.Precision;
import preflab.engine.model.SamplerSettings;
import preflab.engine.model.Stops;
import preflab.engine.model.TokenLogProbs;
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

    @Mixin
    private SamplerOptions sampler;

    @Option(names = "--chat", description = "The prompt is a user's turn: the model's chat template frames it.")
    private boolean chat;

    @Option(names = "--logprobs", description = "With --json: also each token's text and log-probability at temperature 1.")
    private boolean scores;

    @Override
    int run(Output output) {
        SamplerSettings settings = sampler.settings(maxTokens, 1);
        Path folder = model.folder();
        try (TextTokenizer tokenizer = TextTokenizer.load(folder);
                NDManager manager = Torch.newManager();
                TransformerPolicy policy = TransformerPolicy.load(folder, manager, Precision.FLOAT32)) {
            Stops stops = sampler.stops(tokenizer);
            int[] start = tokenizer.encodePrompt(content());
            int[] ids = Generator.generate(policy, List.of(start), settings, stops, Generator.BATCH_SIZE,
                    Generator.Listener.NONE).getFirst();
            String text = stops.cut(tokenizer.decodeContinuation(start, ids));
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("text", text);
            result.put("tokens", Arrays.stream(ids).boxed().toList());
            if (scores) {
                result.put("texts", tokenizer.pieces(start, ids));
                result.put("logprobs", TokenLogProbs.ofContinuation(policy, start, ids));
            }
            output.json(result);
            output.text(text);
        }
        return Cli.DONE;
    }

    private Content content() {
        return chat ? Content.of(List.of(new Message("user", prompt))) : Content.of(prompt);
    }
}
