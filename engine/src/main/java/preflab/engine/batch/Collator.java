package preflab.engine.batch;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import preflab.datasets.example.Content;
import preflab.datasets.example.Demonstration;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Paired;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.PromptOnly;
import preflab.datasets.example.Ranked;
import preflab.datasets.example.StepThreshold;
import preflab.datasets.example.Stepwise;
import preflab.datasets.example.Unlabelled;
import preflab.datasets.example.Unlearning;
import preflab.datasets.example.Unpaired;
import preflab.engine.objective.Group;
import preflab.engine.objective.Needs;
import preflab.engine.objective.PairNumber;
import preflab.engine.objective.Scores;

/**
 * Turns a row of any kind into the tokenised sequences an objective is defined on. The rules:
 * <ul>
 * <li><b>demonstrations</b> ({@link Scores.Demonstrations}): the completion of an sft row; the chosen one of a pair; an
 * accepted completion; a stepwise answer known to be right; the best of ranked candidates; a row to retain.</li>
 * <li><b>pairs</b> ({@link Scores.Pairs}): chosen and rejected; the best and the worst of ranked candidates.</li>
 * <li><b>unpaired</b> ({@link Scores.Unpaired}): by the verdict; both sides of a pair; a stepwise answer by whether it
 * is right.</li>
 * <li><b>steps</b> ({@link Scores.Steps}): labels by {@link StepThreshold}; for data judged as a whole (unpaired rows,
 * both sides of a pair) every token carries the verdict on the answer.</li>
 * <li><b>candidates</b> ({@link Scores.Candidates}): all candidates of a ranked row with their scores as rewards; or the
 * best one apart, and those with a lower score.</li>
 * <li><b>step pairs</b> ({@link Scores.StepPairs}): a right and a wrong answer to one prompt, by {@link StepPairing}; in
 * the wrong one, every token carries the label of its step by {@link StepThreshold}, and tokens of unmarked steps take
 * no part.</li>
 * <li><b>rejected</b> ({@link Scores.RejectedWithSamples}): rejected completions, also of pairs. The reference's samples,
 * here and with pairs, are added later.</li>
 * <li><b>unlearning</b> ({@link Scores.Unlearning}): completions to forget and completions to retain.</li>
 * </ul>
 * Rows that say nothing under these rules (a rejected answer among demonstrations) give no sequences.
 */
public final class Collator {

    /** Prompt and completion to tokens. */
    @FunctionalInterface
    public interface Encoder {
        Encoded encode(Content prompt, Content completion);
    }

    private final Class<? extends Scores> scores;
    private final Encoder encoder;
    private final StepThreshold threshold;
    private final PairNumber pairNumber; // or null
    private final boolean bestApart;

    public Collator(Class<? extends Scores> scores, Encoder encoder, StepThreshold threshold) {
        this(scores, encoder, threshold, Needs.policyOnly());
    }

    /**
     * For an objective's needs. Pairs carry the number it asks for on their chosen side, by {@link PairNumbers}; those
     * that lack it give no sequences.
     */
    public Collator(Class<? extends Scores> scores, Encoder encoder, StepThreshold threshold, Needs needs) {
        this.scores = scores;
        this.encoder = encoder;
        this.threshold = threshold;
        this.pairNumber = needs.pairNumber().orElse(null);
        this.bestApart = needs.bestApart();
    }

    /** Kinds of data that can be read as this shape. */
    public static Set<Kind> kinds(Class<? extends Scores> scores) {
        if (scores == Scores.Demonstrations.class) {
            return EnumSet.of(Kind.SFT, Kind.PAIRED, Kind.UNPAIRED, Kind.STEPWISE, Kind.RANKED, Kind.FORGET_RETAIN);
        }
        if (scores == Scores.Pairs.class || scores == Scores.PairsWithSamples.class) {
            return EnumSet.of(Kind.PAIRED, Kind.RANKED);
        }
        if (scores == Scores.RejectedWithSamples.class) {
            return EnumSet.of(Kind.UNPAIRED, Kind.PAIRED);
        }
        if (scores == Scores.Unpaired.class || scores == Scores.Steps.class) {
            return EnumSet.of(Kind.UNPAIRED, Kind.PAIRED, Kind.STEPWISE);
        }
        if (scores == Scores.StepPairs.class) {
            return EnumSet.of(Kind.STEPWISE);
        }
        if (scores == Scores.Candidates.class) {
            return EnumSet.of(Kind.RANKED);
        }
        if (scores == Scores.Unlearning.class) {
            return EnumSet.of(Kind.FORGET_RETAIN);
        }
        return EnumSet.noneOf(Kind.class);
    }

    /**
     * The sequences of one row; those of a pair come together.
     *
     * @throws IllegalArgumentException
     *             for a row whose kind is not among {@link #kinds}, or where a single row is no example
     */
    public List<Sequence> collate(PreferenceExample example) {
        if (pairsRows() || !kinds(scores).contains(example.kind())) {
            throw new IllegalArgumentException(
                    example.kind().id() + " rows cannot be read as " + scores.getSimpleName());
        }
        return switch (example) {
            case Demonstration e -> whole(e, e.completion(), Group.ACCEPTED, true);
            case Unlearning e -> unlearning(e);
            case Unpaired e -> judged(e, e.completion(), e.accepted());
            case Paired e -> pair(e, e.chosen(), e.rejected());
            case Ranked e -> ranked(e);
            case Stepwise e -> steps(e);
            case Unlabelled e -> throw unreadable(e);
            case PromptOnly e -> throw unreadable(e);
        };
    }

    /** Whether one example is made of two rows, see {@link #pairs} and {@link #collate(Stepwise, Stepwise)}. */
    boolean pairsRows() {
        return scores == Scores.StepPairs.class;
    }

    /** The two rows of every example among the first {@code rows}. */
    List<StepPairing> pairs(ExampleView view, int rows) {
        return StepPairing.of(view, rows, threshold);
    }

    /** A right and a wrong answer to one prompt; tokens of the wrong one carry its step labels. */
    List<Sequence> collate(Stepwise right, Stepwise wrong) {
        List<Sequence> both = new ArrayList<>(whole(right, Content.of(right.answer()), Group.CHOSEN, true));
        both.add(stepwise(wrong, Group.REJECTED, false));
        return both;
    }

    private Sequence stepwise(Stepwise example, Group group, boolean right) {
        Encoded encoded = encoder.encode(example.prompt(), Content.of(example.answer()));
        return Sequence.ofSteps(example.id().index(), group, encoded,
                new StepSpans(example.steps(), threshold.labels(example)), right);
    }

    private static IllegalArgumentException unreadable(PreferenceExample example) {
        return new IllegalArgumentException(example.kind().id() + " rows hold nothing to train on");
    }

    private List<Sequence> unlearning(Unlearning example) {
        if (scores == Scores.Unlearning.class) {
            return whole(example, example.completion(), example.forget() ? Group.FORGET : Group.RETAIN,
                    !example.forget());
        }
        return example.forget() ? List.of() : whole(example, example.completion(), Group.ACCEPTED, true);
    }

    private List<Sequence> judged(PreferenceExample example, Content completion, boolean accepted) {
        if (scores == Scores.Demonstrations.class) {
            return accepted ? whole(example, completion, Group.ACCEPTED, true) : List.of();
        }
        if (scores == Scores.RejectedWithSamples.class && accepted) {
            return List.of();
        }
        return whole(example, completion, judgedGroup(accepted), accepted);
    }

    private Group judgedGroup(boolean accepted) {
        if (scores == Scores.Steps.class) {
            return Group.SEQUENCES;
        }
        return accepted ? Group.ACCEPTED : Group.REJECTED;
    }

    private List<Sequence> pair(PreferenceExample example, Content chosen, Content rejected) {
        List<Sequence> both = new ArrayList<>(2);
        if (scores == Scores.Pairs.class || scores == Scores.PairsWithSamples.class) {
            if (pairNumber == null) {
                both.addAll(whole(example, chosen, Group.CHOSEN, true));
            } else {
                OptionalDouble number = PairNumbers.of(example, pairNumber);
                if (number.isEmpty()) {
                    return List.of();
                }
                whole(example, chosen, Group.CHOSEN, true).forEach(s -> both.add(s.with(number.getAsDouble())));
            }
            both.addAll(whole(example, rejected, Group.REJECTED, false));
        } else {
            both.addAll(judged(example, chosen, true));
            both.addAll(judged(example, rejected, false));
        }
        return both;
    }

    private List<Sequence> ranked(Ranked example) {
        Comparator<Ranked.Candidate> byScore = Comparator.comparingDouble(Ranked.Candidate::score);
        Ranked.Candidate best = example.candidates().stream().max(byScore).orElseThrow();
        if (scores == Scores.Demonstrations.class) {
            return whole(example, best.completion(), Group.ACCEPTED, true);
        }
        if (scores == Scores.Candidates.class) {
            return bestApart ? bestAgainstOthers(example, best) : list(example, example.candidates());
        }
        Ranked.Candidate worst = example.candidates().stream().min(byScore).orElseThrow();
        return best.score() > worst.score() ? pair(example, best.completion(), worst.completion()) : List.of();
    }

    private List<Sequence> bestAgainstOthers(Ranked example, Ranked.Candidate best) {
        List<Ranked.Candidate> others = example.candidates().stream().filter(c -> c.score() < best.score()).toList();
        if (others.isEmpty()) {
            return List.of();
        }
        List<Sequence> all = new ArrayList<>();
        whole(example, best.completion(), Group.CHOSEN, true)
                .forEach(chosen -> all.add(chosen.heading(ListHead.of(others.size()))));
        others.forEach(other -> all.add(candidate(example, other)));
        return all;
    }

    private List<Sequence> list(Ranked example, List<Ranked.Candidate> candidates) {
        if (candidates.size() < 2) {
            return List.of();
        }
        List<Sequence> all = new ArrayList<>(candidates.stream().map(c -> candidate(example, c)).toList());
        all.set(0, all.getFirst().heading(ListHead.of(all.size())));
        return all;
    }

    private Sequence candidate(Ranked example, Ranked.Candidate candidate) {
        return whole(example, candidate.completion(), Group.CANDIDATES, false).getFirst().with(candidate.score());
    }

    private List<Sequence> steps(Stepwise example) {
        Content answer = Content.of(example.answer());
        if (scores != Scores.Steps.class) {
            return example.answerCorrect().map(right -> judged(example, answer, right)).orElse(List.of());
        }
        return List.of(stepwise(example, Group.SEQUENCES, StepPairing.isRight(example, threshold)));
    }

    private List<Sequence> whole(PreferenceExample example, Content completion, Group group, boolean label) {
        Encoded encoded = encoder.encode(example.prompt(), completion);
        return List.of(Sequence.of(example.id().index(), group, encoded, label));
    }
}
