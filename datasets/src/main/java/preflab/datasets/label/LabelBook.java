package preflab.datasets.label;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import preflab.datasets.example.DatasetVersionId;

/** The labels in force: for every author and item the label of their last event. */
public final class LabelBook {

    private final Map<Author, Map<Item, RowLabel>> byAuthor = new LinkedHashMap<>();

    /** The labels in force on this version. */
    public static LabelBook read(LabelLog log, DatasetVersionId version, LabelTask task) {
        LabelBook book = new LabelBook();
        log.replay(version, task, book::add);
        return book;
    }

    /** Takes the next event in. */
    public void add(LabelEvent event) {
        byAuthor.computeIfAbsent(event.author(), _ -> new LinkedHashMap<>()).put(event.item(), event.label());
    }

    /** What this author says about the item. */
    public RowLabel of(Author author, Item item) {
        return byAuthor.getOrDefault(author, Map.of()).getOrDefault(item, RowLabel.EMPTY);
    }

    /** All labels of one author. */
    public Map<Item, RowLabel> of(Author author) {
        return Map.copyOf(byAuthor.getOrDefault(author, Map.of()));
    }

    public Set<Author> authors() {
        return Set.copyOf(byAuthor.keySet());
    }

    /**
     * Complete verdicts of others that this author may see: none before their own is complete, so that nobody is led by
     * another; an adjudicator sees them at once.
     */
    public Map<Author, RowLabel> others(Author author, Item item) {
        if (!of(author, item).complete() && !author.adjudicator()) {
            return Map.of();
        }
        Map<Author, RowLabel> verdicts = verdicts(item.row());
        verdicts.remove(author);
        return verdicts;
    }

    /**
     * Whether there is a difference for this author to look at: another's complete verdict that is not their own; for an
     * adjudicator a row on which annotators differ and no adjudicator has spoken.
     */
    public boolean differs(Author author, Item item) {
        if (author.adjudicator()) {
            return !item.repeated() && Disagreements.unsettled(verdicts(item.row()));
        }
        RowLabel own = of(author, item);
        return others(author, item).values().stream().anyMatch(other -> !own.agreesWith(other));
    }

    /** Complete verdicts on this row at first sight, by author in the order of names; adjudicators last. */
    public Map<Author, RowLabel> verdicts(int row) {
        Map<Author, RowLabel> found = new TreeMap<>();
        byAuthor.forEach((author, labels) -> {
            RowLabel label = labels.get(Item.of(row));
            if (label != null && label.complete()) {
                found.put(author, label);
            }
        });
        return found;
    }

    /** What was said about this row at first sight so far, complete or not; adjudicators last. */
    public Map<Author, RowLabel> spoken(int row) {
        Map<Author, RowLabel> found = new TreeMap<>();
        byAuthor.forEach((author, labels) -> {
            RowLabel label = labels.get(Item.of(row));
            if (label != null && label.hasVerdict()) {
                found.put(author, label);
            }
        });
        return found;
    }
}
