package preflab.engine.model;

import java.util.List;

/** Tries the engine piece by piece; a failed piece is a value, never an exception. */
@SuppressWarnings("DoNotCallSuggester") // announced; the bodies follow
public final class SelfTest {

    /**
     * One piece and how it fared.
     *
     * @param detail
     *            what was found, or what is missing and how to supply it
     */
    public record Check(String name, boolean ok, String detail) {
    }

    private SelfTest() {
    }

    public static List<Check> run() {
        throw new UnsupportedOperationException();
    }
}
