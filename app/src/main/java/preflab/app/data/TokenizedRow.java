package preflab.app.data;

import java.util.ArrayList;
import java.util.List;
import preflab.datasets.check.Parts;
import preflab.datasets.example.PreferenceExample;
import preflab.engine.batch.Encoded;
import preflab.engine.batch.TextTokenizer;

/**
 * A row as a model reads it: each answer behind the prompt, as training encodes it.
 *
 * @param texts
 *            one for each answer
 * @param encoded
 *            the same as ids
 * @param bosId
 *            what begins a text, which cutting spares; −1 if nothing does
 */
record TokenizedRow(List<Text> texts, List<Encoded> encoded, int bosId) {

    /** What a token is there for. */
    enum Part {
        PROMPT, ANSWER, SPECIAL
    }

    /**
     * One token.
     *
     * @param text
     *            as the vocabulary writes it
     * @param learned
     *            whether the loss counts it
     */
    record Token(int id, String text, Part part, boolean learned) {
    }

    /**
     * Prompt and one answer.
     *
     * @param answer
     *            which: {@code chosen}, {@code completions 2}
     * @param rendered
     *            the text that is encoded, special tokens of a chat template included
     * @param promptLength
     *            tokens before the seam
     * @param seamMerged
     *            whether one token has characters of both sides
     */
    record Text(String answer, String rendered, List<Token> tokens, int promptLength, boolean seamMerged) {
        Text {
            tokens = List.copyOf(tokens);
        }
    }

    TokenizedRow {
        texts = List.copyOf(texts);
        encoded = List.copyOf(encoded);
    }

    static TokenizedRow of(PreferenceExample example, TextTokenizer tokenizer) {
        List<Parts.Part> parts = Parts.of(example);
        List<Text> texts = new ArrayList<>();
        List<Encoded> ids = new ArrayList<>();
        for (int i = 1; i < parts.size(); i++) {
            Encoded encoded = tokenizer.encode(example.prompt(), parts.get(i).content());
            boolean several = parts.size() > 2 && parts.get(i).name().equals("completions");
            ids.add(encoded);
            texts.add(text(several ? "answer " + i : parts.get(i).name(), encoded, tokenizer));
        }
        return new TokenizedRow(texts, ids, tokenizer.bosId());
    }

    private static Text text(String answer, Encoded encoded, TextTokenizer tokenizer) {
        List<Token> tokens = new ArrayList<>();
        for (int i = 0; i < encoded.length(); i++) {
            int id = encoded.id(i);
            boolean special = id == tokenizer.bosId() || tokenizer.stopIds().contains(id)
                    || tokenizer.decode(new int[]{id}).isEmpty();
            boolean prompt = i < encoded.promptLength();
            tokens.add(new Token(id, tokenizer.token(id),
                    special ? Part.SPECIAL : prompt ? Part.PROMPT : Part.ANSWER, !prompt));
        }
        return new Text(answer, tokenizer.decode(encoded.ids()), tokens, encoded.promptLength(),
                encoded.seamMerged());
    }
}
