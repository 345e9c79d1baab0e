package preflab.app.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import preflab.engine.batch.TextTokenizer;
import preflab.engine.model.SamplerSettings;
import preflab.engine.model.Stops;

/** How text is drawn, for all commands that draw any. */
final class SamplerOptions {

    @Option(names = "--temperature", paramLabel = "T", description = "0 is greedy (default: 1 to generate, 0 to evaluate).")
    private Optional<Double> temperature = Optional.empty();

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

    /** The settings, with this temperature where none was given. */
    SamplerSettings settings(int maxTokens, double otherwise) {
        return new SamplerSettings(temperature.orElse(otherwise), topK, topP, repetitionPenalty, maxTokens, seed);
    }

    /** What ends a text under this tokenizer. */
    Stops stops(TextTokenizer tokenizer) {
        return Stops.of(tokenizer, stopTexts);
    }
}
