package preflab.engine.model;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import preflab.engine.batch.ModelException;
import preflab.engine.batch.TextTokenizer;

/**
 * What ends generated text: tokens, and strings, which may begin and end within tokens. The token is not part of the
 * text, nor is the string.
 */
public final class Stops {

    private final Set<Integer> ids;
    private final List<String> texts;
    private final Function<int[], String> decode;
    private final int tail; // tokens in which a stop string that has just come up must lie

    private Stops(Set<Integer> ids, List<String> texts, Function<int[], String> decode) {
        this.ids = Set.copyOf(ids);
        this.texts = List.copyOf(texts);
        this.decode = decode;
        // a token has a byte at least, a character of UTF-16 three at most; some more for what decoders strip in front
        this.tail = 8 + 3 * texts.stream().mapToInt(String::length).max().orElse(0);
    }

    /** These tokens alone. */
    public static Stops at(Set<Integer> ids) {
        return new Stops(ids, List.of(), tokens -> "");
    }

    /** All tokens that end a sequence under this tokenizer and the model's own settings, and these strings. */
    public static Stops of(TextTokenizer tokenizer, List<String> texts) {
        if (texts.contains("")) {
            throw new ModelException("a stop string must not be empty");
        }
        return new Stops(tokenizer.stopIds(), texts, tokenizer::decode);
    }

    boolean contains(int token) {
        return ids.contains(token);
    }

    /** Whether the last of these tokens completes a stop string. */
    boolean completed(int[] tokens, int length) {
        if (texts.isEmpty()) {
            return false;
        }
        String last = decode.apply(Arrays.copyOfRange(tokens, Math.max(0, length - tail), length));
        return texts.stream().anyMatch(last::contains);
    }

    /** The text before the first stop string. */
    public String cut(String text) {
        int end = texts.stream().mapToInt(text::indexOf).filter(at -> at >= 0).min().orElse(text.length());
        return text.substring(0, end);
    }
}
