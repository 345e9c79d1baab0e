package preflab.engine.batch;

import java.util.List;
import java.util.Locale;
import preflab.datasets.example.Content;
import preflab.datasets.example.Message;

/**
 * Conversations as text where the model brings no template of its own, in the form of the HH-RLHF data:
 * {@code "\n\nHuman: …\n\nAssistant: …"}. A prompt ends in {@code "\n\nAssistant:"} and the answer begins with the space,
 * where tokenizers split.
 */
final class ChatText implements ChatFormat {

    @Override
    public Text text(Content prompt) {
        return new Text(prompt(prompt), "", 0, false);
    }

    @Override
    public Text text(Content prompt, Content completion) {
        String after = completion(prompt, completion);
        return new Text(prompt(prompt), after, ChatFormat.answerAt(after, completion), false);
    }

    static String prompt(Content prompt) {
        return switch (prompt) {
            case Content.Plain plain -> plain.text();
            case Content.Chat chat -> turns(chat.messages()) + (endsWithAssistant(chat) ? "" : "\n\nAssistant:");
        };
    }

    /** The completion as it follows on from the text of its prompt. */
    static String completion(Content prompt, Content completion) {
        boolean answersChat = prompt instanceof Content.Chat chat && !endsWithAssistant(chat);
        return switch (completion) {
            case Content.Plain plain -> (answersChat ? spaced(plain.text()) : plain.text());
            case Content.Chat chat -> {
                Message first = chat.messages().getFirst();
                String answer = answersChat ? spaced(first.content()) : first.content();
                yield answer + turns(chat.messages().subList(1, chat.messages().size()));
            }
        };
    }

    private static boolean endsWithAssistant(Content.Chat chat) {
        return "assistant".equals(chat.messages().getLast().role());
    }

    private static String spaced(String text) {
        return text.isEmpty() || Character.isWhitespace(text.charAt(0)) ? text : " " + text;
    }

    private static String turns(List<Message> messages) {
        StringBuilder text = new StringBuilder();
        for (Message message : messages) {
            text.append("\n\n").append(speaker(message.role())).append(": ").append(message.content());
        }
        return text.toString();
    }

    private static String speaker(String role) {
        return switch (role) {
            case "user", "human" -> "Human";
            case "assistant", "gpt" -> "Assistant";
            case "" -> "Human";
            default -> role.substring(0, 1).toUpperCase(Locale.ROOT) + role.substring(1);
        };
    }
}
