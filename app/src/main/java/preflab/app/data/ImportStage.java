package preflab.app.data;

/** How far an import is. */
public enum ImportStage {
    /** None is under way; the screen shows datasets. */
    NONE,
    /** The first rows are being looked at. */
    DETECTING,
    /** What was found waits for a person's word. */
    PREVIEW,
    /** Rows are being read and stored. */
    IMPORTING,
    /** Done; the report is shown. */
    REPORT,
    /** It could not be done; the reason is shown. */
    FAILED
}
