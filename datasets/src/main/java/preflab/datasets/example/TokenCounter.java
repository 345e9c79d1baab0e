package preflab.datasets.example;

/** Counts tokens of a text; the engine's tokenizer implements it, so that statistics need no engine. */
@FunctionalInterface
public interface TokenCounter {
    int count(String text);
}
