package preflab.datasets.example;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the rows of a dataset version are. One version holds rows of one kind only. */
public enum Kind {
    /** A prompt with a chosen and a rejected completion. */
    PAIRED("paired"),
    /** A prompt with one completion that was accepted or rejected. */
    UNPAIRED("unpaired"),
    /** A prompt with several completions, each with a rank or a score. */
    RANKED("ranked"),
    /** A prompt with an answer given in steps, each with a label or a Q value. */
    STEPWISE("stepwise"),
    /** Two or more completions that nobody has judged yet. */
    UNLABELLED("unlabelled"),
    /** A demonstration to forget or to retain. */
    FORGET_RETAIN("forget/retain"),
    /** A prompt with one completion to imitate. */
    SFT("sft"),
    /** Prompts alone. */
    PROMPTS("prompts");

    private final String id;

    Kind(String id) {
        this.id = id;
    }

    /** The name in files, on the command line and in JSON. */
    public String id() {
        return id;
    }

    /** The kind with this {@link #id()}, whatever its case. */
    public static Optional<Kind> of(String id) {
        String wanted = id.toLowerCase(Locale.ROOT);
        return Arrays.stream(values()).filter(kind -> kind.id.equals(wanted)).findFirst();
    }
}
