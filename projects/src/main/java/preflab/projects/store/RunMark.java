package preflab.projects.store;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a person says of a run; never part of what the run did.
 *
 * @param tags
 *            short words to find it by, in alphabetical order
 * @param note
 *            free text; empty for none
 * @param archived
 *            out of the way, not deleted
 */
public record RunMark(SortedSet<String> tags, String note, boolean archived) {

    /** Nothing said. */
    public static final RunMark NONE = new RunMark(new TreeSet<>(), "", false);

    /** Longest tag, characters. */
    private static final int LONGEST = 40;

    public RunMark {
        for (String tag : tags) {
            if (tag.isBlank() || tag.length() > LONGEST || tag.indexOf(',') >= 0 || !tag.equals(tag.strip())) {
                throw new ProjectException(ProjectException.Code.WRONG_STATE, "a tag has 1 to " + LONGEST
                        + " characters, no comma and no space at its ends; not “" + tag + "”");
            }
        }
        tags = Collections.unmodifiableSortedSet(new TreeSet<>(tags));
    }

    public RunMark withTags(Collection<String> newTags) {
        return new RunMark(new TreeSet<>(newTags), note, archived);
    }

    public RunMark withNote(String newNote) {
        return new RunMark(tags, newNote.strip(), archived);
    }

    public RunMark withArchived(boolean away) {
        return new RunMark(tags, note, away);
    }
}
