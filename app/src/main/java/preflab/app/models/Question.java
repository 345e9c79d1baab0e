package preflab.app.models;

import java.util.ArrayList;
import java.util.List;

/**
 * What models are asked.
 *
 * @param chat
 *            whether the prompt is a user's turn, framed by the chat template
 * @param completion
 *            to be scored instead of an answer of the model's own; empty: the model answers
 */
record Question(String prompt, boolean chat, String completion, int maxTokens, double temperature, long seed,
        String stop) {

    /** As arguments of {@code generate}, the model left out. */
    List<String> arguments() {
        List<String> all = new ArrayList<>(List.of("--prompt", prompt, "--max-tokens", Integer.toString(maxTokens),
                "--temperature", Double.toString(temperature), "--seed", Long.toString(seed), "--logprobs"));
        if (chat) {
            all.add("--chat");
        }
        if (!stop.isEmpty()) {
            all.addAll(List.of("--stop", stop));
        }
        return all;
    }
}
