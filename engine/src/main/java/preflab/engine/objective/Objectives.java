package preflab.engine.objective;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The catalogue, in the order in which one would teach it. */
public final class Objectives {

    public static final List<ObjectiveType<?>> ALL = List.of(Sft.TYPE, Dpo.TYPE, Pmpo.TYPE, PipaM.TYPE);

    private Objectives() {
    }

    /** The objective with this id or alias; hyphens and case do not matter. */
    public static Optional<ObjectiveType<?>> find(String name) {
        String wanted = name.strip().toLowerCase(Locale.ROOT).replace('-', '_');
        return byId(wanted).or(
                () -> ALL.stream().filter(type -> type.aliases().contains(wanted)).<ObjectiveType<?>>map(t -> t)
                        .findFirst());
    }

    private static Optional<ObjectiveType<?>> byId(String id) {
        return ALL.stream().filter(type -> type.id().equals(id)).<ObjectiveType<?>>map(t -> t).findFirst();
    }
}
