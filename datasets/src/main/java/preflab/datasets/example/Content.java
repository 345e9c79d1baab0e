package preflab.datasets.example;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The text of a prompt or of a completion: a plain string, or turns of a conversation. Texts are never trimmed. */
public sealed interface Content {

    /** The words alone, for people to read and search: turns are separated by a blank line, roles are left out. */
    String text();

    /** Whether there is nothing but white space. */
    default boolean isBlank() {
        return text().isBlank();
    }

    /** A plain string. */
    static Content of(String text) {
        return new Plain(text);
    }

    /** Turns of a conversation. */
    static Content of(List<Message> messages) {
        return new Chat(messages);
    }

    /** A plain string. */
    record Plain(String text) implements Content {
        public Plain {
            Objects.requireNonNull(text, "text");
        }
    }

    /** Turns of a conversation, oldest first; at least one. */
    record Chat(List<Message> messages) implements Content {
        public Chat {
            messages = List.copyOf(messages);
            if (messages.isEmpty()) {
                throw new IllegalArgumentException("a conversation needs at least one message");
            }
        }

        @Override
        public String text() {
            return messages.stream().map(Message::content).collect(Collectors.joining("\n\n"));
        }
    }
}
