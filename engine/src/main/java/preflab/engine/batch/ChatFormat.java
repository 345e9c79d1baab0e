package preflab.engine.batch;

import preflab.datasets.example.Content;

/**
 * How prompts and completions become text: by the model's own chat template where its folder has one, else as
 * {@link ChatText} says. The one way for training, evaluation, generation and the inspection of tokens. Plain strings
 * are never framed.
 */
interface ChatFormat {

    /**
     * A prompt, with its completion if there is one, as the model reads it.
     *
     * @param completion
     *            empty if there is none
     * @param answerAt
     *            where in {@code completion} the answer's own text begins, in UTF-16 units: a template may write a
     *            heading in front of it
     * @param framed
     *            whether a template wrote it, which then is alone responsible for the beginning of sequence
     */
    record Text(String prompt, String completion, int answerAt, boolean framed) {
    }

    /** A prompt to be answered. */
    Text text(Content prompt);

    /** A prompt with its completion; {@code prompt} is what the two share with the prompt to be answered. */
    Text text(Content prompt, Content completion);

    /** Where the answer's own text stands, which a template may have stripped of white space. */
    static int answerAt(String completion, Content answer) {
        String text = answer instanceof Content.Chat chat ? chat.messages().getFirst().content() : answer.text();
        int found = completion.indexOf(text);
        if (found >= 0) {
            return found;
        }
        int stripped = completion.indexOf(text.strip());
        return stripped < 0 ? 0 : stripped - text.indexOf(text.strip());
    }
}
