package preflab.app.label;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import preflab.datasets.example.StepLabel;
import preflab.datasets.label.FinishReason;
import preflab.datasets.label.LabelSession;
import preflab.datasets.label.Side;

/** What keys do to a session; each answers with a word for the person, or none. */
final class SessionActs {

    private SessionActs() {
    }

    /** Empty for keys that concern the window alone. */
    static Optional<Function<LabelSession, String>> of(LabelAction action) {
        return Optional.ofNullable(switch (action) {
            case GOOD -> judge(StepLabel.GOOD);
            case NEUTRAL -> judge(StepLabel.NEUTRAL);
            case BAD -> judge(StepLabel.BAD);
            case UNMARK -> judge(StepLabel.UNMARKED);
            case CLEAR -> told(LabelSession::clear, "taken back");
            case SOLUTION -> finish(FinishReason.SOLUTION);
            case FOUND_ERROR -> finish(FinishReason.FOUND_ERROR);
            case BAD_PROBLEM -> finish(FinishReason.BAD_PROBLEM);
            case GIVE_UP -> finish(FinishReason.GIVE_UP);
            case ACCEPT -> told(open -> open.accept(true), "");
            case REJECT -> told(open -> open.accept(false), "");
            case CHOOSE_A -> told(open -> open.choose(Side.A), "");
            case CHOOSE_B -> told(open -> open.choose(Side.B), "");
            case TIE -> told(LabelSession::tie, "");
            case SKIP -> told(LabelSession::skip, "skipped");
            case FLAG -> told(LabelSession::toggleFlag, "");
            case TAKE -> open -> open.acceptSuggestion() ? "suggestion taken" : "nothing is suggested here";
            case JOIN -> open -> open.join() ? "joined with the next" : "the last step has none to join with";
            default -> move(action);
        });
    }

    private static Function<LabelSession, String> move(LabelAction action) {
        return switch (action) {
            case DOWN -> told(open -> open.select(open.step() + 1), "");
            case UP -> told(open -> open.select(open.step() - 1), "");
            case NEXT -> open -> open.next() ? "" : "this is the last example";
            case PREVIOUS -> open -> open.previous() ? "" : "this is the first example";
            case UNLABELLED -> open -> open.nextUnlabelled() ? "" : "every example is labelled";
            case FLAGGED -> open -> open.nextFlagged() ? "" : "no example is flagged";
            case DIFFERING -> open -> open.nextDisagreement() ? "" : "annotators differ nowhere you have labelled";
            case UNDO -> open -> open.undo() ? "undone" : "nothing to undo";
            case REDO -> open -> open.redo() ? "done again" : "nothing to do again";
            default -> null;
        };
    }

    /** To a row of the version, counted from 0. */
    static Function<LabelSession, String> show(int row) {
        return open -> open.show(row) ? "" : "this queue does not show row " + (row + 1);
    }

    static Function<LabelSession, String> finish(FinishReason reason) {
        return told(open -> open.finish(reason), "");
    }

    static Function<LabelSession, String> told(Consumer<LabelSession> act, String message) {
        return open -> {
            act.accept(open);
            return message;
        };
    }

    private static Function<LabelSession, String> judge(StepLabel verdict) {
        return told(open -> open.judge(verdict), "");
    }
}
