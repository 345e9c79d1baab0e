package preflab.app.dialog;

/** Stable names of what can go wrong, for people who report it and people who search for it. */
public enum ErrorCode {
    DATA("PF-100", "Check the file and the columns, then import it again. Nothing was stored."), SETTING("PF-200",
            "Change the setting to a value that is allowed."), ENGINE("PF-300",
                    "Restart the program. If it stays, run \"preflab doctor\" and read what it says."), PROJECT(
                            "PF-400",
                            "Check that the project's folder is on a local disk, that it may be written and that it"
                                    + " was not made by a newer version."), FILE("PF-500",
                                            "Check that the file is there, that you may read and write it and that the"
                                                    + " disk is not full."), INTERNAL("PF-900",
                                                            "This is a mistake in the program. Copy the details and"
                                                                    + " report them; what you did before is stored.");

    private final String code;
    private final String advice;

    ErrorCode(String code, String advice) {
        this.code = code;
        this.advice = advice;
    }

    public String code() {
        return code;
    }

    /** What a person can do about it. */
    public String advice() {
        return advice;
    }
}
