package preflab.engine.bandit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import preflab.engine.objective.CandidateLists;
import preflab.engine.objective.Group;
import preflab.engine.objective.McPo;
import preflab.engine.objective.Needs;
import preflab.engine.objective.ObjectiveType;
import preflab.engine.objective.PairNumber;
import preflab.engine.objective.Scores;
import preflab.engine.param.ParamValues;

/** What an objective gets to see of a {@link BanditProblem}: rows and their weights, by the shape of its data. */
final class BanditData {

    private final BanditProblem problem;
    private final ObjectiveType<?> type;
    private final Map<String, String> hyper;
    private final Map<Group, List<Sequence>> rows = new EnumMap<>(Group.class);
    private final Map<Group, double[]> weights = new EnumMap<>(Group.class);
    private final Map<PairNumber, double[]> numbers = new EnumMap<>(PairNumber.class);
    private CandidateLists lists = CandidateLists.NONE;

    BanditData(BanditProblem problem, ObjectiveType<?> type, Map<String, String> hyper) {
        this.problem = problem;
        this.type = type;
        this.hyper = hyper;
    }

    static Optional<String> obstacle(ObjectiveType<?> type, Map<String, String> hyper) {
        ParamValues values = type.values(hyper);
        Needs needs = type.needs().apply(values);
        if (needs.coupling() == Needs.Coupling.BATCH) {
            return Optional.of(type.name() + " estimates its reference point from a batch, and there is none here: "
                    + "give z0 or delta as a number");
        }
        if (type.scores() == Scores.Unlearning.class && needs.vocabularyKl() != Needs.KlDirection.NONE) {
            return Optional.of(type.name() + " keeps another prompt near the reference, and there is only one here: "
                    + "see npo or npo_rt");
        }
        if (type.scores() == Scores.Candidates.class && needs.bestApart()
                && !McPoSamplers.WRITTEN_OUT.contains(McPoSamplers.sampler(type.factory().apply(values)))) {
            return Optional.of(type.name() + " is shown here with a sampler among " + McPoSamplers.WRITTEN_OUT
                    + " and without the literal kernel");
        }
        return Optional.empty();
    }

    TabularLoss loss() {
        if (type.factory().apply(type.values(hyper)) instanceof McPo mcpo) {
            return McPoSamplers.loss(problem, mcpo);
        }
        fill();
        return TabularLoss.of(type, hyper, new TabularData(rows, lists, numbers), TabularData.Weights.fixed(weights),
                Tables.log(problem.reference()));
    }

    private void fill() {
        Class<?> scores = type.scores();
        if (scores == Scores.Demonstrations.class) {
            responses(Group.ACCEPTED, problem.accepted());
        } else if (scores == Scores.Unpaired.class) {
            responses(Group.ACCEPTED, problem.accepted());
            responses(Group.REJECTED, problem.rejected());
            rows.put(Group.KL, List.of(Sequence.of(0, 0)));
            weights.put(Group.KL, new double[]{1});
            samples();
        } else if (scores == Scores.Steps.class) {
            labelled();
        } else if (scores == Scores.Candidates.class) {
            rewarded();
        } else if (scores == Scores.RejectedWithSamples.class) {
            rejectedWithSamples();
        } else if (scores == Scores.Unlearning.class) {
            unlearning();
        } else {
            pairs();
            samples();
        }
    }

    private void samples() {
        if (type.needs().apply(type.values(hyper)).referenceSamples()) {
            responses(Group.REFERENCE_SAMPLES, problem.reference());
        }
    }

    private void responses(Group group, double[] shares) {
        rows.put(group, TabularData.responses(0, problem.size()));
        weights.put(group, shares);
    }

    private void pairs() {
        List<BanditProblem.Preference> pairs = problem.preferences();
        double[] truth = problem.truth();
        double[] shares = pairs.stream().mapToDouble(BanditProblem.Preference::share).toArray();
        rows.put(Group.CHOSEN, pairs.stream().map(pair -> Sequence.of(0, pair.chosen())).toList());
        rows.put(Group.REJECTED, pairs.stream().map(pair -> Sequence.of(0, pair.rejected())).toList());
        weights.put(Group.CHOSEN, shares);
        weights.put(Group.REJECTED, shares);
        double[] gaps = pairs.stream().mapToDouble(pair -> Math.abs(truth[pair.chosen()] - truth[pair.rejected()]))
                .toArray();
        numbers.put(PairNumber.OFFSET, gaps);
        numbers.put(PairNumber.REWARD_GAP, gaps);
        numbers.put(PairNumber.WEIGHT, gaps.clone());
        Arrays.fill(numbers.get(PairNumber.WEIGHT), 1);
    }

    /** Winners are right, losers are wrong; as many of either. */
    private void labelled() {
        List<Sequence> all = new ArrayList<>();
        double[] shares = new double[2 * problem.size()];
        for (int i = 0; i < problem.size(); i++) {
            all.add(new Sequence(List.of(new Sequence.Token(0, i, true))));
            all.add(new Sequence(List.of(new Sequence.Token(0, i, false))));
            shares[2 * i] = problem.accepted()[i] / 2;
            shares[2 * i + 1] = problem.rejected()[i] / 2;
        }
        rows.put(Group.SEQUENCES, all);
        weights.put(Group.SEQUENCES, shares);
    }

    /** One list of all responses, whose rewards are log π*. */
    private void rewarded() {
        double[] equal = new double[problem.size()];
        Arrays.fill(equal, 1.0 / problem.size()); // the loss is one list's, so each of its rows counts once
        responses(Group.CANDIDATES, equal);
        lists = new CandidateLists(List.of(problem.size()), List.of(Tables.log(problem.truth())), List.of(), List.of(),
                1);
    }

    /** Every rejected response with every one sample of the reference. */
    private void rejectedWithSamples() {
        int n = problem.size();
        double[] shares = IntStream.range(0, n * n)
                .mapToDouble(k -> problem.rejected()[k / n] * problem.reference()[k % n]).toArray();
        rows.put(Group.REJECTED, IntStream.range(0, n * n).mapToObj(k -> Sequence.of(0, k / n)).toList());
        rows.put(Group.REFERENCE_SAMPLES, IntStream.range(0, n * n).mapToObj(k -> Sequence.of(0, k % n)).toList());
        weights.put(Group.REJECTED, shares);
        weights.put(Group.REFERENCE_SAMPLES, shares);
        lists = CandidateLists.of(Collections.nCopies(n * n, 1));
    }

    private void unlearning() {
        rows.put(Group.FORGET, List.of(Sequence.of(0, problem.forget())));
        weights.put(Group.FORGET, new double[]{1});
        double[] kept = problem.reference();
        double left = 1 - kept[problem.forget()];
        kept[problem.forget()] = 0;
        responses(Group.RETAIN, Arrays.stream(kept).map(p -> p / left).toArray());
    }
}
