package preflab.datasets.check;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Locale;
import java.util.regex.Pattern;

import preflab.datasets.example.Content;
import preflab.datasets.example.Message;
import preflab.datasets.example.PreferenceExample;

/** 128 bits that stand for texts, so that a million rows can be compared in memory. */
public record Fingerprint(long high, long low) {

    private static final Pattern SPACES = Pattern.compile("\\s+");

    /** Of the prompt and every answer, exactly; labels and sources do not count. */
    public static Fingerprint ofTexts(PreferenceExample example) {
        MessageDigest digest = sha256();
        for (Parts.Part part : Parts.of(example)) {
            add(digest, part.content());
        }
        return of(digest);
    }

    /**
     * Of the words of the prompt: capitals, white space and the division into turns do not count. A row whose prompt is
     * empty stands for itself with all its texts.
     */
    public static Fingerprint ofPrompt(PreferenceExample example) {
        if (example.prompt().isBlank()) {
            return ofTexts(example);
        }
        return ofPrompt(example.prompt().text());
    }

    /** Of the words of a prompt, likewise. */
    static Fingerprint ofPrompt(String prompt) {
        MessageDigest digest = sha256();
        add(digest, SPACES.matcher(prompt.strip()).replaceAll(" ").toLowerCase(Locale.ROOT));
        return of(digest);
    }

    /** Of one text or conversation, to the byte. */
    static Fingerprint of(Content content) {
        MessageDigest digest = sha256();
        add(digest, content);
        return of(digest);
    }

    /** Of the prompt to the byte, its turns included. */
    public static Fingerprint ofExactPrompt(PreferenceExample example) {
        return of(example.prompt());
    }

    private static void add(MessageDigest digest, Content content) {
        switch (content) {
            case Content.Plain plain -> add(digest, plain.text());
            case Content.Chat chat -> {
                for (Message message : chat.messages()) {
                    add(digest, message.role());
                    add(digest, message.content());
                }
            }
        }
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array()); // "ab"+"c" is not "a"+"bc"
        digest.update(bytes);
    }

    private static Fingerprint of(MessageDigest digest) {
        ByteBuffer bytes = ByteBuffer.wrap(digest.digest());
        return new Fingerprint(bytes.getLong(), bytes.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
