package preflab.app.dialog;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.util.Locale;
import java.util.Objects;
import preflab.datasets.example.DatasetException;
import preflab.engine.batch.ModelException;
import preflab.engine.param.ParamException;
import preflab.engine.tensor.TensorException;
import preflab.engine.train.TrainException;
import preflab.projects.store.ProjectException;

/**
 * One failure, in the words the window shows.
 *
 * @param code
 *            stable
 * @param action
 *            what was being done, for example {@code Importing pairs.jsonl}
 * @param message
 *            what happened, to what
 * @param advice
 *            what can be done about it
 * @param details
 *            for those who look after the program: the stack trace
 */
public record ErrorReport(ErrorCode code, String action, String message, String advice, String details) {

    public ErrorReport {
        Objects.requireNonNull(code);
        Objects.requireNonNull(action);
        Objects.requireNonNull(message);
        Objects.requireNonNull(advice);
        Objects.requireNonNull(details);
    }

    /** Puts a failure into words. */
    public static ErrorReport of(String action, Throwable failure) {
        ErrorCode code = codeOf(failure);
        return new ErrorReport(code, action, messageOf(failure), code.advice(), stackTrace(failure));
    }

    /** The same failure seen again says the same. */
    public boolean sameAs(ErrorReport other) {
        return code == other.code && action.equals(other.action) && message.equals(other.message);
    }

    /** Everything, for the clipboard. */
    public String asText() {
        return code.code() + " " + action + "\n" + message + "\n" + advice + "\n\n" + details;
    }

    /** Each module has one exception; its module says which code it gets. */
    private static ErrorCode codeOf(Throwable failure) {
        return switch (failure) {
            case IOException e -> ErrorCode.FILE;
            case UncheckedIOException e -> ErrorCode.FILE;
            case DatasetException e -> ErrorCode.DATA;
            case ParamException e -> ErrorCode.SETTING;
            case TrainException e -> ErrorCode.ENGINE;
            case ModelException e -> ErrorCode.ENGINE;
            case TensorException e -> ErrorCode.ENGINE;
            case ProjectException e -> ErrorCode.PROJECT;
            default -> ErrorCode.INTERNAL;
        };
    }

    private static String messageOf(Throwable failure) {
        return switch (failure) {
            case NoSuchFileException e -> "there is no file " + e.getMessage();
            case AccessDeniedException e -> "no permission for " + e.getMessage();
            case UncheckedIOException e when e.getCause() != null -> messageOf(e.getCause());
            case Throwable e when e.getMessage() == null || e.getMessage().isBlank() -> words(e);
            default -> failure.getMessage();
        };
    }

    /** NullPointerException reads better as "null pointer exception". */
    private static String words(Throwable failure) {
        return failure.getClass().getSimpleName().replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    private static String stackTrace(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }
}
