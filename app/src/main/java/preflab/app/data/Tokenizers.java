package preflab.app.data;

import java.util.List;
import preflab.engine.batch.TextTokenizer;

/** The tokenizers of the models a project knows. A port: the shell knows where models are. */
public interface Tokenizers {

    /** Names of models; slow. */
    List<String> names();

    /** The tokenizer of a model of this name, or of a folder; slow. The caller closes it. */
    TextTokenizer open(String name);
}
