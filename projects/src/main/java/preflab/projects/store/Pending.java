package preflab.projects.store;

/** Stands where a body is about to land. */
public final class Pending {
    private Pending() {
    }

    @SuppressWarnings({"DoNotCallSuggester", "TypeParameterUnusedInFormals"}) // gone within the hour
    public static <T> T value() {
        throw new UnsupportedOperationException();
    }
}
