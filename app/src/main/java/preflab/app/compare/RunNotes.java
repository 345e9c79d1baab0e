package preflab.app.compare;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import preflab.app.dialog.ErrorModel;
import preflab.app.dialog.ErrorReport;
import preflab.app.task.Work;
import preflab.app.widget.Words;
import preflab.projects.compare.RunRow;
import preflab.projects.store.RunMark;
import preflab.projects.workspace.Workspace;

/** Tags, notes and the archive, of one run or of many at once; the last change can be taken back. */
final class RunNotes {

    private final CompareModel model;
    private final Workspace workspace;
    private final Work work;
    private final ErrorModel errors;
    private final Runnable changed;

    /**
     * @param changed
     *            told when something was stored
     */
    RunNotes(CompareModel model, Workspace workspace, Work work, ErrorModel errors, Runnable changed) {
        this.model = model;
        this.workspace = workspace;
        this.work = work;
        this.errors = errors;
        this.changed = changed;
    }

    /**
     * Stores what changed of a line: tags that were added or taken away, and the note if it is another. What single runs
     * of the line have besides stays.
     *
     * @param tags
     *            separated by commas
     */
    void describe(RunRow row, String tags, String note) {
        RunMark before = row.mark();
        SortedSet<String> added = words(tags);
        SortedSet<String> removed = new TreeSet<>(before.tags());
        removed.removeAll(added);
        boolean sameNote = before.note().equals(note.strip());
        if (added.equals(before.tags()) && sameNote) {
            return;
        }
        change("Described " + named(row.numbers()), row.numbers(), mark -> {
            Set<String> all = new TreeSet<>(mark.tags());
            all.addAll(added);
            all.removeAll(removed);
            RunMark tagged = mark.withTags(all);
            return sameNote ? tagged : tagged.withNote(note);
        });
    }

    static SortedSet<String> words(String tags) {
        return Arrays.stream(tags.split(",", -1)).map(String::strip).filter(word -> !word.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Puts runs out of the way, or back. */
    void archive(List<Integer> runs, boolean away) {
        change((away ? "Archived " : "Took back ") + named(runs), runs, mark -> mark.withArchived(away));
    }

    private static String named(List<Integer> runs) {
        return runs.size() == 1 ? "run " + runs.getFirst() : Words.count(runs.size(), "run");
    }

    private void change(String words, List<Integer> runs, UnaryOperator<RunMark> change) {
        work.start(() -> {
            Map<Integer, RunMark> before = workspace.runs().marks();
            workspace.runs().mark(runs, change);
            return before;
        }, before -> {
            model.undoProperty().set(new CompareModel.Undo(words, () -> restore(runs, before)));
            changed.run();
        }, failure -> errors.show(ErrorReport.of("Noting what was said of runs", failure)));
    }

    /** Takes the last change back. */
    void undo() {
        CompareModel.Undo last = model.undoProperty().get();
        model.undoProperty().set(CompareModel.Undo.NONE);
        last.back().run();
    }

    private void restore(List<Integer> runs, Map<Integer, RunMark> before) {
        Map<RunMark, List<Integer>> alike = runs.stream()
                .collect(Collectors.groupingBy(run -> before.getOrDefault(run, RunMark.NONE)));
        work.start(() -> {
            alike.forEach((mark, some) -> workspace.runs().mark(some, now -> mark));
            return alike;
        }, done -> changed.run(), failure -> errors.show(ErrorReport.of("Taking back what was said of runs", failure)));
    }
}
