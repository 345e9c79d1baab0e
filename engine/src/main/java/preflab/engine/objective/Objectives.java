package preflab.engine.objective;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The catalogue, in the order in which one would teach it. */
public final class Objectives {

    private static final List<ObjectiveType<?>> LIST = List.of(
            // imitation; pairs
            Sft.TYPE, Dpo.TYPE, Ipo.TYPE, FDpo.TYPE, Rpo.TYPE, Exo.TYPE, SimPo.TYPE, Cpo.TYPE, Orpo.TYPE, Apo.TYPE,
            Sppo.TYPE, NcaPair.TYPE,
            // completions judged one by one
            Pmpo.TYPE, Kto.TYPE, Bco.TYPE,
            // steps
            PipaM.TYPE, PipaN.TYPE, StepDpo.TYPE, StepKto.TYPE,
            // lists of candidates; samples of the reference
            McPo.TYPE, Rnce.TYPE, InfoNca.TYPE, Nca.TYPE, Typo.TYPE, D2o.TYPE,
            // unlearning
            GradientAscent.TYPE, GradDiff.TYPE, Npo.TYPE, NpoRetain.TYPE, NpoKl.TYPE, SimNpo.TYPE,
            // variations on DPO
            RobustDpo.TYPE, DpoLengthNorm.TYPE, DpoPositive.TYPE, Odpo.TYPE, RDpoLength.TYPE, WeightedDpo.TYPE,
            MaPpo.TYPE, Inpo.TYPE, Hinge.TYPE, ExoTable5.TYPE,
            // what somebody typed
            Expression.TYPE);

    /** The product's own, each with {@code sft_coefficient}. */
    public static final List<ObjectiveType<?>> BUILT_IN = offered(LIST);

    /** Every objective: the product's own, then those of an {@link ObjectiveProvider}. */
    public static final List<ObjectiveType<?>> ALL = Plugins.after(BUILT_IN);

    private Objectives() {
    }

    private static List<ObjectiveType<?>> offered(List<ObjectiveType<?>> types) {
        return types.stream().<ObjectiveType<?>>map(SftTerm::offer).toList();
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
