package preflab.projects.compare;

import java.util.HashSet;
import java.util.Set;

/**
 * Which of the problems that were asked later runs had seen before.
 *
 * @param problems
 *            their prompts
 * @param learned
 *            those that some run was trained on
 * @param watched
 *            those by which some run was measured while it trained
 * @param proved
 *            whether all rows trained on or watched could be looked up; if not, more may have been seen
 */
record Seen(Set<String> problems, Set<String> learned, Set<String> watched, boolean proved) {
    Seen {
        problems = Set.copyOf(problems);
        learned = Set.copyOf(learned);
        watched = Set.copyOf(watched);
    }

    /** Neither learned nor watched. */
    boolean isFresh(String prompt) {
        return !learned.contains(prompt) && !watched.contains(prompt);
    }

    /** A test as long as most of the problems are fresh; only those count then. */
    boolean isTest() {
        return 2 * seen() < problems.size();
    }

    /** How many are not fresh. */
    int seen() {
        Set<String> seen = new HashSet<>(learned);
        seen.addAll(watched);
        return seen.size();
    }
}
