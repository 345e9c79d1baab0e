package preflab.engine.batch;

import ai.djl.huggingface.tokenizers.Encoding;
import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import ai.djl.huggingface.tokenizers.jni.CharSpan;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import preflab.datasets.example.Content;
import preflab.datasets.example.TokenCounter;

/**
 * Text to token ids and back, as the model folder's {@code tokenizer.json} says. Nothing is ever cut or padded here,
 * whatever the file asks for.
 *
 * <p>
 * Conversations are rendered by the model's own chat template, from {@code chat_template.jinja} or
 * {@code tokenizer_config.json}; where the folder has none, as {@code "\n\nHuman: …\n\nAssistant: …"}. Training,
 * evaluation, generation and the inspection of tokens all come through {@link #encode(Content, Content)} and
 * {@link #encodePrompt}, which know where the prompt ends, what begins and what ends a sequence. Thread-safe.
 */
public final class TextTokenizer implements TokenCounter, AutoCloseable {

    /** Texts to see what the tokenizer puts before every text; at least one is in any vocabulary. */
    private static final List<String> PROBES = List.of("a", "0", " ", "\n", ".", "A");

    private final HuggingFaceTokenizer tokenizer;
    private final TokenizerFiles files;
    private final ChatFormat chat;
    private final Set<Integer> stopIds;
    private final int[] start;
    private final int bosId;
    private final int eosId;

    private TextTokenizer(HuggingFaceTokenizer tokenizer, TokenizerFiles files) {
        this.tokenizer = tokenizer;
        this.files = files;
        this.bosId = files.special("bos_token");
        this.eosId = files.special("eos_token");
        this.chat = files.chatFormat();
        this.stopIds = files.stopIds();
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
     *
     * @throws ModelException
     *             if the chat template refuses the conversation
     */
    public int[] encodePrompt(Content prompt) {
        ChatFormat.Text text = chat.text(prompt);
        int[] ids = encode(text.prompt(), false);
        return concat(startFor(text, ids, ids.length), ids);
    }

    /** What to put before these ids, of which the first few are the prompt's. A template puts it there by itself. */
    private int[] startFor(ChatFormat.Text text, int[] ids, int promptIds) {
        if (text.framed() && promptIds > 0) {
            return new int[0];
        }
        if (start.length > 0) {
            return startsWith(ids, start) ? new int[0] : start.clone();
        }
        int begin = bosId >= 0 ? bosId : eosId;
        return promptIds == 0 && begin >= 0 ? new int[]{begin} : new int[0];
    }

    /**
     * Prompt and completion in one encoding, begun once and ended once: by what the template ends a turn with, if that is
     * among {@link #stopIds()}, else by EOS. The seam is found in tokens: those that end within the prompt's text are the
     * prompt's, and a token with characters of both belongs to the completion, so that every character of the answer is
     * scored. White space that a template writes behind the end is left out, as the model never comes to it.
     *
     * @throws ModelException
     *             if the chat template refuses the conversation
     */
    public Encoded encode(Content prompt, Content completion) {
        ChatFormat.Text text = chat.text(prompt, completion);
        String whole = text.prompt() + text.completion();
        Encoding encoding = tokenizer.encode(whole, false, false);
        Spans spans = Spans.of(encoding.getCharTokenSpans(), whole);
        int[] ids = ints(encoding.getIds());
        int seam = spans.firstEndingAfter(text.prompt().length());
        ids = text.framed() ? withoutWhiteSpaceBehindTheEnd(ids, seam, spans, whole) : ids;
        int[] begin = startFor(text, ids, seam);
        boolean ended = eosId < 0 || (seam < ids.length && stopIds.contains(ids[ids.length - 1]));
        int[] all = concat(concat(begin, ids), ended ? new int[0] : new int[]{eosId});
        int answer = text.prompt().length() + text.answerAt();
        int[] offsets = new int[all.length - begin.length - seam];
        Arrays.fill(offsets, text.completion().length() - text.answerAt());
        for (int i = seam; i < ids.length; i++) {
            offsets[i - seam] = Math.max(0, spans.lastCharacter(i) - answer);
        }
        return new Encoded(all, begin.length + seam, offsets, spans.beginsBefore(seam, text.prompt().length()));
    }

    /** Prompt and completion as the texts that {@link #encode(Content, Content)} encodes. */
    ChatFormat.Text text(Content prompt, Content completion) {
        return chat.text(prompt, completion);
    }

    private int[] withoutWhiteSpaceBehindTheEnd(int[] ids, int seam, Spans spans, String text) {
        int last = ids.length - 1;
        while (last > seam && !stopIds.contains(ids[last]) && spans.isBlank(last, text)) {
            last--;
        }
        return last >= seam && stopIds.contains(ids[last]) ? Arrays.copyOf(ids, last + 1) : ids;
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

    /**
     * What each token adds to the text, so that the pieces make up {@link #decodeContinuation}. A token that ends within
     * a character adds nothing, and the one that completes it all of it.
     */
    public List<String> pieces(int[] prompt, int[] continuation) {
        List<String> pieces = new ArrayList<>();
        String before = "";
        for (int length = 1; length <= continuation.length; length++) {
            String text = decodeContinuation(prompt, Arrays.copyOf(continuation, length));
            boolean whole = length == continuation.length || !text.endsWith("\uFFFD");
            pieces.add(whole && text.startsWith(before) ? text.substring(before.length()) : "");
            before = whole ? text : before;
        }
        return pieces;
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

    /** The ids that end generated text: EOS and what {@code generation_config.json} names besides; may be empty. */
    public Set<Integer> stopIds() {
        return stopIds;
    }

    /** Whether conversations are rendered by the model's own template; else as {@code Human: …, Assistant: …}. */
    public boolean hasChatTemplate() {
        return chat instanceof TemplateChat;
    }

    /** A prompt as the model reads it, before it is cut into tokens. */
    public String text(Content prompt) {
        return chat.text(prompt).prompt();
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

        boolean isBlank(int token, String text) {
            return text.substring(begins.get(token), ends.get(token)).isBlank();
        }

        int lastCharacter(int token) {
            return Math.max(begins.get(token), ends.get(token) - 1);
        }
    }
}
