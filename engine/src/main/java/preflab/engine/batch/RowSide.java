package preflab.engine.batch;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import preflab.datasets.example.Content;
import preflab.datasets.example.Demonstration;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.PromptOnly;
import preflab.datasets.example.Ranked;
import preflab.datasets.example.StepLabel;
import preflab.datasets.example.Stepwise;
import preflab.datasets.example.Unlabelled;
import preflab.datasets.example.Unlearning;
import preflab.datasets.example.Unpaired;

/**
 * One completion of a row, tokenised whole after its prompt, whatever an objective makes of the row: so that runs of
 * different objectives can be asked about the same tokens. Its tokens are those of the completion, the end of sequence
 * included.
 */
public final class RowSide {

    /** The names of a pair's sides; other rows have {@link #COMPLETION}, {@link #ANSWER} or a numbered candidate. */
    public static final String CHOSEN = "chosen";
    public static final String REJECTED = "rejected";
    public static final String COMPLETION = "completion";
    public static final String ANSWER = "answer";
    public static final String CANDIDATE = "candidate ";

    private final String name;
    private final String text;
    private final Encoded encoded;
    private final StepSpans spans; // or null where there are no steps

    private RowSide(String name, String text, Encoded encoded, StepSpans spans) {
        this.name = name;
        this.text = text;
        this.encoded = encoded;
        this.spans = spans;
    }

    /** The completions of a row in its own order; none of a prompt alone. */
    public static List<RowSide> of(PreferenceExample row, TextTokenizer tokenizer) {
        return switch (row) {
            case Demonstration e -> List.of(side(COMPLETION, e.prompt(), e.completion(), tokenizer));
            case Unpaired e -> List.of(side(COMPLETION, e.prompt(), e.completion(), tokenizer));
            case Unlearning e -> List.of(side(COMPLETION, e.prompt(), e.completion(), tokenizer));
            case Paired e -> List.of(side(CHOSEN, e.prompt(), e.chosen(), tokenizer),
                    side(REJECTED, e.prompt(), e.rejected(), tokenizer));
            case Stepwise e -> List.of(stepwise(e, tokenizer));
            case Ranked e -> numbered(e.prompt(), e.candidates().stream().map(Ranked.Candidate::completion).toList(),
                    tokenizer);
            case Unlabelled e -> numbered(e.prompt(), e.completions(), tokenizer);
            case PromptOnly e -> List.of();
        };
    }

    private static RowSide side(String name, Content prompt, Content completion, TextTokenizer tokenizer) {
        ChatFormat.Text text = tokenizer.text(prompt, completion);
        return new RowSide(name, text.completion().substring(text.answerAt()), tokenizer.encode(prompt, completion),
                null);
    }

    private static RowSide stepwise(Stepwise row, TextTokenizer tokenizer) {
        RowSide whole = side(ANSWER, row.prompt(), Content.of(row.answer()), tokenizer);
        return new RowSide(ANSWER, whole.text, whole.encoded, new StepSpans(row.steps(),
                row.steps().stream().map(step -> StepLabel.UNMARKED).toList()));
    }

    private static List<RowSide> numbered(Content prompt, List<Content> completions, TextTokenizer tokenizer) {
        List<RowSide> sides = new ArrayList<>();
        for (int i = 0; i < completions.size(); i++) {
            sides.add(side(CANDIDATE + (i + 1), prompt, completions.get(i), tokenizer));
        }
        return sides;
    }

    public String name() {
        return name;
    }

    /** As the model reads it, which a chat template may have stripped of white space. */
    public String text() {
        return text;
    }

    public Encoded encoded() {
        return encoded;
    }

    /** Tokens of the completion. */
    public int tokens() {
        return encoded.completionLength();
    }

    /** Where a token begins in {@link #text}, in UTF-16 units: behind the one before it. */
    public int from(int token) {
        return token == 0 ? 0 : to(token - 1);
    }

    /** Where a token ends; one that adds no character, as the end of sequence does, ends where it begins. */
    public int to(int token) {
        return Math.min(text.length(), encoded.completionOffset(token) + 1);
    }

    /** The step that owns a token, from 0; 0 for all tokens of an answer without steps. */
    public int step(int token) {
        return spans == null ? 0 : spans.stepAt(encoded.completionOffset(token));
    }

    /**
     * Where the tokens of a sequence that an objective made stand among this completion's.
     *
     * @return per active token of the sequence its place here; empty if the sequence is of another completion
     */
    public List<Integer> places(Sequence sequence) {
        int prompt = sequence.promptLength();
        int completion = sequence.length() - prompt;
        return IntStream.of(0, tokens() - completion).filter(start -> start >= 0) // its end or its start was cut
                .filter(start -> IntStream.range(0, completion).allMatch(i -> sequence.id(prompt + i) == encoded
                        .id(encoded.promptLength() + start + i)))
                .boxed().findFirst()
                .map(start -> IntStream.range(0, sequence.activeTokens())
                        .mapToObj(token -> sequence.activePosition(token) - prompt + start).toList())
                .orElse(List.of());
    }
}
