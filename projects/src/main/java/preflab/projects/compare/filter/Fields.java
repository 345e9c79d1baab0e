package preflab.projects.compare.filter;

import java.util.Optional;

/** What a run has under a name: a {@code Double}, text, or several of them. */
@FunctionalInterface
public interface Fields {

    /** The setting, metric or property of this name; empty where the run does not have it. */
    Optional<Object> get(String name);
}
