package preflab.engine.batch;

import java.nio.file.Path;
import preflab.datasets.example.Content;
import preflab.datasets.example.TokenCounter;

/** Text to token ids and back, as the model folder's {@code tokenizer.json} says. */
@SuppressWarnings("DoNotCallSuggester") // announced; the bodies follow
public final class TextTokenizer implements TokenCounter, AutoCloseable {

    private TextTokenizer() {
    }

    /**
     * Reads {@code tokenizer.json} and the special ids named by {@code config.json} and {@code tokenizer_config.json}.
     *
     * @throws ModelException
     *             if the file is missing or no tokenizer
     */
    public static TextTokenizer load(Path folder) {
        throw new UnsupportedOperationException("TextTokenizer.load " + folder);
    }

    /** Ids of a text; {@code special} adds what the tokenizer puts around every text (often BOS). Never cut or padded. */
    public int[] encode(String text, boolean special) {
        throw new UnsupportedOperationException();
    }

    /** A prompt for generation: the sequence start once, no end. At least one token if the tokenizer has BOS or EOS. */
    public int[] encodePrompt(Content prompt) {
        throw new UnsupportedOperationException();
    }

    /** Prompt and completion in one encoding; see {@link Encoded}. */
    public Encoded encode(Content prompt, Content completion) {
        throw new UnsupportedOperationException();
    }

    /** The text of ids, special tokens left out. */
    public String decode(int[] ids) {
        throw new UnsupportedOperationException();
    }

    /** The text that {@code continuation} adds after {@code prompt}, spaces at the seam included. */
    public String decodeContinuation(int[] prompt, int[] continuation) {
        throw new UnsupportedOperationException();
    }

    /** The token as it is written in the vocabulary. */
    public String token(int id) {
        throw new UnsupportedOperationException();
    }

    /** Id of the beginning of sequence, −1 if there is none. */
    public int bosId() {
        throw new UnsupportedOperationException();
    }

    /** Id of the end of sequence, −1 if there is none. */
    public int eosId() {
        throw new UnsupportedOperationException();
    }

    /** One more than the highest id. */
    public int vocabSize() {
        throw new UnsupportedOperationException();
    }

    /** Tokens of a text without special ones. */
    @Override
    public int count(String text) {
        return encode(text, false).length;
    }

    @Override
    public void close() {
        throw new UnsupportedOperationException();
    }
}
