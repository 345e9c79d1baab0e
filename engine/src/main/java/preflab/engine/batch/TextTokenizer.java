package preflab.engine.batch;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import preflab.datasets.example.Content;
import preflab.datasets.example.TokenCounter;

/**
 * Text to token ids and back, as the model folder's {@code tokenizer.json} says. Nothing is ever cut or padded here,
 * whatever the file asks for.
 *
 * <p>
 * Conversations are rendered as {@code "\n\nHuman: …\n\nAssistant: …"}. Thread-safe.
 */
public final class TextTokenizer implements TokenCounter, AutoCloseable {

    /** Texts to see what the tokenizer puts before every text; at least one is in any vocabulary. */
    private static final List<String> PROBES = List.of("a", "0", " ", "\n", ".", "A");

    private final HuggingFaceTokenizer tokenizer;
    private final TokenizerFiles files;
    private final int[] start;
    private final int bosId;
    private final int eosId;

    private TextTokenizer(HuggingFaceTokenizer tokenizer, TokenizerFiles files) {
        this.tokenizer = tokenizer;
        this.files = files;
        this.bosId = files.special("bos_token");
        this.eosId = files.special("eos_token");
        this.start = startOfEveryText();
    }

    /**
     * Reads {@code tokenizer.json} and the special ids named by {@code tokenizer_config.json} and {@code config.json}.
     *
     * @param folder
     *            a model folder, or a {@code tokenizer.json}
     * @throws ModelException
     *             if the file is missing or no tokenizer
     */
    public static TextTokenizer load(Path folder) {
        Path file = Files.isDirectory(folder) ? folder.resolve("tokenizer.json") : folder;
        if (!Files.isRegularFile(file)) {
            throw new ModelException(folder + " has no tokenizer.json"
                    + (Files.exists(folder.resolve("tokenizer.model"))
                            ? "; tokenizer.model alone is not supported, save the tokenizer in its fast form"
                            : ""));
        }
        TokenizerFiles files = new TokenizerFiles(file);
        try (InputStream in = Files.newInputStream(file)) {
            Map<String, String> options = Map.of("addSpecialTokens", "false", "truncation", "false", "padding",
                    "false");
            return new TextTokenizer(HuggingFaceTokenizer.newInstance(in, options), files);
        } catch (IOException | RuntimeException e) {
            throw new ModelException(file + " is no tokenizer that can be read: " + e.getMessage(), e);
        }
    }

    private int[] startOfEveryText() {
        for (String probe : PROBES) {
            Encoding encoding = tokenizer.encode(probe, true, false);
            long[] special = encoding.getSpecialTokenMask();
            int first = IntStream.range(0, special.length).filter(i -> special[i] == 0).findFirst().orElse(-1);
            if (first >= 0) {
                return Arrays.copyOf(ints(encoding.getIds()), first);
            }
        }
        return new int[0];
    }

    private static int[] ints(long[] values) {
        return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
    }

    private static long[] longs(int[] values) {
        return Arrays.stream(values).asLongStream().toArray();
    }

    /** Ids of a text; {@code special} adds what the tokenizer puts around every text (often BOS). */
    public int[] encode(String text, boolean special) {
        return ints(tokenizer.encode(text, special, false).getIds());
    }

    /**
     * A prompt for generation: what begins every sequence, once, and no end. An empty prompt is begun by BOS, or by EOS
     * where there is no BOS, since the first token must be predicted from something.
     */
    public int[] encodePrompt(Content prompt) {
        int[] ids = encode(ChatText.prompt(prompt), false);
        return concat(startFor(ids, ids.length), ids);
    }

    /** What to put before these ids, of which the first few are the prompt's. */
    private int[] startFor(int[] ids, int promptIds) {
        if (start.length > 0) {
            return startsWith(ids, start) ? new int[0] : start.clone();
        }
        int begin = bosId >= 0 ? bosId : eosId;
        return promptIds == 0 && begin >= 0 ? new int[]{begin} : new int[0];
    }

    /**
     * Prompt and completion in one encoding, begun once and ended by EOS once. The seam is found in tokens: those that
     * end within the prompt's text are the prompt's, and a token with characters of both belongs to the completion, so
     * that every character of the answer is scored.
     */
    public Encoded encode(Content prompt, Content completion) {
        String before = ChatText.prompt(prompt);
        String after = ChatText.completion(prompt, completion);
        Encoding encoding = tokenizer.encode(before + after, false, false);
        int[] ids = ints(encoding.getIds());
        Spans spans = Spans.of(encoding.getCharTokenSpans(), before + after);
        int seam = spans.firstEndingAfter(before.length());
        int[] begin = startFor(ids, seam);
        boolean ended = eosId < 0 || (seam < ids.length && ids[ids.length - 1] == eosId);
        int[] all = concat(concat(begin, ids), ended ? new int[0] : new int[]{eosId});
        int[] offsets = new int[all.length - begin.length - seam];
        Arrays.fill(offsets, after.length());
        for (int i = seam; i < ids.length; i++) {
            offsets[i - seam] = Math.max(0, spans.lastCharacter(i) - before.length());
        }
        return new Encoded(all, begin.length + seam, offsets, spans.beginsBefore(seam, before.length()));
    }

    private static boolean startsWith(int[] ids, int[] prefix) {
        return ids.length >= prefix.length && Arrays.equals(ids, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static int[] concat(int[] a, int[] b) {
        int[] all = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }

    /** The text of ids, special tokens left out. */
    public String decode(int[] ids) {
        return tokenizer.decode(longs(ids), true);
    }

    /**
     * The text that {@code continuation} adds after {@code prompt}: the text of both less the text of the prompt, since
     * decoding the continuation alone would lose a space at the seam.
     */
    public String decodeContinuation(int[] prompt, int[] continuation) {
        String whole = decode(concat(prompt, continuation));
        String before = decode(prompt);
        int shared = 0; // differs from the prompt's length only where the prompt ends inside a character
        while (shared < before.length() && shared < whole.length() && before.charAt(shared) == whole.charAt(shared)) {
            shared++;
        }
        return whole.substring(shared);
    }

    /** The token as it is written in the vocabulary. */
    public String token(int id) {
        return files.token(id);
    }

    /** Id of the beginning of sequence, −1 if there is none. */
    public int bosId() {
        return bosId;
    }

    /** Id of the end of sequence, −1 if there is none. */
    public int eosId() {
        return eosId;
    }

    /** One more than the highest id. */
    public int vocabSize() {
        return files.vocabSize();
    }

    /** Tokens of a text without special ones. */
    @Override
    public int count(String text) {
        return encode(text, false).length;
    }

    @Override
    public void close() {
        tokenizer.close();
    }

    /** Which characters the tokens cover, in UTF-16 units; together they cover the text without gaps. */
    private record Spans(List<Integer> begins, List<Integer> ends) {

        static Spans of(CharSpan[] spans, String text) {
            int[] units = unitsOfCodePoints(text);
            Integer[] begins = new Integer[spans.length];
            Integer[] ends = new Integer[spans.length];
            int covered = 0;
            for (int i = 0; i < spans.length; i++) {
                // byte-level tokenizers leave leading spaces out of a span: they are the token's nonetheless
                begins[i] = spans[i] == null ? covered : Math.min(units[spans[i].getStart()], covered);
                ends[i] = spans[i] == null ? covered : units[spans[i].getEnd()];
                covered = ends[i];
            }
            return new Spans(List.of(begins), List.of(ends));
        }

        /** The tokenizer counts code points. */
        private static int[] unitsOfCodePoints(String text) {
            int[] units = new int[text.codePointCount(0, text.length()) + 1];
            for (int i = 1; i < units.length; i++) {
                units[i] = units[i - 1] + Character.charCount(text.codePointAt(units[i - 1]));
            }
            return units;
        }

        int firstEndingAfter(int position) {
            return IntStream.range(0, ends.size()).filter(i -> ends.get(i) > position).findFirst().orElse(ends.size());
        }

        boolean beginsBefore(int token, int position) {
            return token < begins.size() && begins.get(token) < position;
        }

        int lastCharacter(int token) {
            return Math.max(begins.get(token), ends.get(token) - 1);
        }
    }
}
