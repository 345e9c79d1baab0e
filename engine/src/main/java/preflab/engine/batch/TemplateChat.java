package preflab.engine.batch;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import preflab.datasets.example.Content;
import preflab.datasets.example.Message;
import preflab.engine.template.Template;
import preflab.engine.template.TemplateException;

/**
 * Conversations by the model's own chat template, with the variables that transformers gives it. A prompt that ends in
 * the assistant's turn is gone on with, as with {@code continue_final_message}.
 */
final class TemplateChat implements ChatFormat {

    /**
     * decision: the day that templates print is always the same, the one Llama 3.1's template takes by itself. Were it
     * today, a run could not be repeated tomorrow, and one resumed after midnight would train on other prompts.
     */
    static final LocalDateTime DAY = LocalDateTime.of(2024, 7, 26, 0, 0);

    private final Path file;
    private final Template template;
    private final Map<String, Object> specialTokens;

    private TemplateChat(Path file, Template template, Map<String, Object> specialTokens) {
        this.file = file;
        this.template = template;
        this.specialTokens = specialTokens;
    }

    /**
     * Reads a template.
     *
     * @param specialTokens
     *            {@code bos_token} and the like by name
     * @throws ModelException
     *             naming file, line and column if it cannot be rendered
     */
    static TemplateChat of(Path file, String source, Map<String, Object> specialTokens) {
        try {
            return new TemplateChat(file, Template.parse(source), specialTokens);
        } catch (TemplateException e) {
            throw new ModelException("the chat template of " + file + ", " + e.getMessage()
                    + "; a chat_template.jinja beside it, written without that, would be used instead", e);
        }
    }

    private static ModelException failed(Path file, TemplateException e) {
        return new ModelException("the chat template of " + file + ", " + e.getMessage(), e);
    }

    @Override
    public Text text(Content prompt) {
        return switch (prompt) {
            case Content.Plain plain -> new Text(plain.text(), "", 0, false);
            case Content.Chat chat -> new Text(prompt(chat), "", 0, true);
        };
    }

    @Override
    public Text text(Content prompt, Content completion) {
        if (!(prompt instanceof Content.Chat chat)) {
            String after = ChatText.completion(prompt, completion);
            return new Text(prompt.text(), after, ChatFormat.answerAt(after, completion), false);
        }
        String before = prompt(chat);
        String whole = render(joined(chat, completion), false);
        int shared = 0; // all of the prompt but for templates that open a thought which answers do not repeat
        while (shared < Math.min(before.length(), whole.length()) && before.charAt(shared) == whole.charAt(shared)) {
            shared++;
        }
        String after = whole.substring(shared);
        return new Text(whole.substring(0, shared), after, ChatFormat.answerAt(after, completion), true);
    }

    private String prompt(Content.Chat chat) {
        Message last = chat.messages().getLast();
        if (!isAssistant(last)) {
            return render(chat.messages(), true);
        }
        String whole = render(chat.messages(), false);
        int at = whole.lastIndexOf(last.content().strip());
        if (last.content().isBlank() || at < 0) {
            throw new ModelException("the chat template of " + file
                    + " does not repeat the assistant's last words, so the answer cannot go on from them");
        }
        int end = whole.startsWith(last.content().stripLeading(), at)
                ? at + last.content().stripLeading().length()
                : at + last.content().strip().length();
        return whole.substring(0, end);
    }

    private static List<Message> joined(Content.Chat prompt, Content completion) {
        List<Message> all = new ArrayList<>(prompt.messages());
        List<Message> answer = switch (completion) {
            case Content.Plain plain -> List.of(new Message("assistant", plain.text()));
            case Content.Chat chat -> chat.messages();
        };
        if (isAssistant(all.getLast()) && isAssistant(answer.getFirst())) {
            Message begun = all.removeLast();
            all.add(new Message(begun.role(), begun.content() + answer.getFirst().content()));
            all.addAll(answer.subList(1, answer.size()));
        } else {
            all.addAll(answer);
        }
        return all;
    }

    private static boolean isAssistant(Message message) {
        return message.role().equals("assistant");
    }

    private String render(List<Message> messages, boolean prompting) {
        Map<String, Object> variables = new LinkedHashMap<>(specialTokens);
        variables.put("messages", messages.stream().map(TemplateChat::turn).toList());
        variables.put("tools", null);
        variables.put("documents", null);
        variables.put("add_generation_prompt", prompting);
        try {
            return template.render(variables, DAY);
        } catch (TemplateException e) {
            throw failed(file, e);
        }
    }

    private static Map<String, Object> turn(Message message) {
        Map<String, Object> turn = new LinkedHashMap<>();
        turn.put("role", message.role());
        turn.put("content", message.content());
        return turn;
    }
}
