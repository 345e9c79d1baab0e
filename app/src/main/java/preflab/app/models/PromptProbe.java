package preflab.app.models;

import java.io.IOException;

/** Asks a model. A port: the window never loads weights. */
@FunctionalInterface
public interface PromptProbe {

    Scored ask(ModelEntry model, Question question) throws IOException, InterruptedException;
}
