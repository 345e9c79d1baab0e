package preflab.datasets.example;

import java.util.Objects;

/**
 * One turn of a conversation.
 *
 * @param role
 *            {@code system}, {@code user}, {@code assistant} or another role the file names
 * @param content
 *            the text, byte for byte as it stood in the file
 */
public record Message(String role, String content) {
    public Message {
        Objects.requireNonNull(role, "role");
        Objects.requireNonNull(content, "content");
    }
}
