package preflab.app.data;

import java.util.List;
import preflab.datasets.example.PreferenceExample;
import preflab.engine.batch.TextTokenizer;

/** Keeps the last tokenizer open while rows are looked at one by one. */
final class TokenizerHolder implements AutoCloseable {

    private String name = "";
    private TextTokenizer tokenizer;
    private boolean closed;

    synchronized TokenizedRow encode(PreferenceExample example, String wanted, Tokenizers tokenizers) {
        if (closed) {
            return new TokenizedRow(List.of(), List.of(), -1);
        }
        if (tokenizer == null || !wanted.equals(name)) {
            release();
            tokenizer = tokenizers.open(wanted);
            name = wanted;
        }
        return TokenizedRow.of(example, tokenizer);
    }

    private void release() {
        if (tokenizer != null) {
            tokenizer.close();
            tokenizer = null;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        release();
    }
}
