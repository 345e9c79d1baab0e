package preflab.datasets.label;

import java.util.Arrays;
import java.util.Optional;

import preflab.datasets.example.Kind;

/** What people are asked about a row. */
public enum LabelTask {
    /** A verdict, or a Q value, for every step of an answer. */
    STEPS("steps"),
    /** Accept or reject an answer. */
    ANSWERS("answers"),
    /** Which of two answers is better, without knowing where they come from. */
    PAIRS("pairs");

    private final String id;

    LabelTask(String id) {
        this.id = id;
    }

    /** The name in files, on the command line and in JSON. */
    public String id() {
        return id;
    }

    /** Whether rows of this kind can be asked about so. */
    public boolean accepts(Kind kind) {
        return switch (this) {
            case STEPS, ANSWERS -> kind == Kind.STEPWISE || kind == Kind.UNPAIRED || kind == Kind.SFT;
            case PAIRS -> kind == Kind.PAIRED || kind == Kind.UNLABELLED;
        };
    }

    /** The task that fits this kind of data best, if any does. */
    public static Optional<LabelTask> defaultFor(Kind kind) {
        return switch (kind) {
            case STEPWISE -> Optional.of(STEPS);
            case UNPAIRED, SFT -> Optional.of(ANSWERS);
            case PAIRED, UNLABELLED -> Optional.of(PAIRS);
            case RANKED, FORGET_RETAIN, PROMPTS -> Optional.empty();
        };
    }

    /** The task of this {@link #id()}. */
    public static Optional<LabelTask> of(String id) {
        return Arrays.stream(values()).filter(task -> task.id.equals(id)).findFirst();
    }
}
