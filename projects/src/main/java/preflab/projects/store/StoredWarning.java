package preflab.projects.store;

import java.time.Instant;

/** Something the user should know about a run; {@code code} is stable. */
public record StoredWarning(int step, String code, String message, Instant at) {
}
