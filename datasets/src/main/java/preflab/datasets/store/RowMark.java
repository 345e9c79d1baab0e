package preflab.datasets.store;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

import preflab.datasets.example.Kind;

/** A verdict that stands in a row: of a stepwise row, on at least one of its steps. */
public enum RowMark {
    ACCEPTED("accepted", 1, Kind.UNPAIRED), REJECTED("rejected", 1 << 1, Kind.UNPAIRED), FORGET("to forget", 1 << 2,
            Kind.FORGET_RETAIN), RETAIN("to retain", 1 << 3, Kind.FORGET_RETAIN), GOOD("a good step", 1 << 4,
                    Kind.STEPWISE), NEUTRAL("a neutral step", 1 << 5, Kind.STEPWISE), BAD("a bad step", 1 << 6,
                            Kind.STEPWISE), UNMARKED("an unmarked step", 1 << 7, Kind.STEPWISE), VALUED("a Q value",
                                    1 << 8, Kind.STEPWISE), RIGHT_ANSWER("right answer", 1 << 9,
                                            Kind.STEPWISE), WRONG_ANSWER("wrong answer", 1 << 10, Kind.STEPWISE);

    private final String label;
    private final int bit;
    private final Kind kind;

    RowMark(String label, int bit, Kind kind) {
        this.label = label;
        this.bit = bit;
        this.kind = kind;
    }

    /** What to call it on a screen. */
    public String label() {
        return label;
    }

    /** Its name on the command line: {@code right_answer}. */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Marks that rows of this kind can have, in order. */
    public static List<RowMark> of(Kind kind) {
        return Arrays.stream(values()).filter(mark -> mark.kind == kind).toList();
    }

    /** The mark with this {@link #id()}. */
    public static Optional<RowMark> of(String id) {
        return Arrays.stream(values()).filter(mark -> mark.id().equalsIgnoreCase(id)).findFirst();
    }

    int bit() {
        return bit;
    }
}
