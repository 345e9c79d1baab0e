package preflab.app.shell;

import java.util.function.Supplier;
import preflab.datasets.example.TokenCounter;
import preflab.engine.batch.TextTokenizer;
import preflab.projects.run.ModelRefs;
import preflab.projects.workspace.Workspace;

/** Counts tokens as the model of the Train screen does; its tokenizer is loaded when first needed. */
final class ModelTokens implements TokenCounter, AutoCloseable {

    private final Workspace workspace;
    private final Supplier<String> model;
    private String loaded = "";
    private TextTokenizer tokenizer;

    /**
     * @param model
     *            the reference of the model that is meant now
     */
    ModelTokens(Workspace workspace, Supplier<String> model) {
        this.workspace = workspace;
        this.model = model;
    }

    @Override
    public synchronized int count(String text) {
        String wanted = model.get();
        if (tokenizer == null || !wanted.equals(loaded)) {
            close();
            tokenizer = TextTokenizer.load(ModelRefs.resolve(workspace, wanted));
            loaded = wanted;
        }
        return tokenizer.count(text);
    }

    @Override
    public synchronized void close() {
        if (tokenizer != null) {
            tokenizer.close();
            tokenizer = null;
        }
    }
}
