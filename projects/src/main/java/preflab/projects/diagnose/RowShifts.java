package preflab.projects.diagnose;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.example.ExampleView;
import preflab.datasets.example.PreferenceExample;
import preflab.datasets.example.Stepwise;
import preflab.datasets.example.Unpaired;
import preflab.engine.batch.RowSide;
import preflab.engine.lab.PairPulls.Completion;
import preflab.engine.lab.PairPulls.Pair;
import preflab.engine.train.RowReading;
import preflab.engine.train.SideReading;
import preflab.engine.train.TokenReading;
import preflab.projects.score.RowScore;
import preflab.projects.score.RowScores;
import preflab.projects.score.RowScoring;
import preflab.projects.score.ScoreSource;
import preflab.projects.score.SideScore;
import preflab.projects.workspace.Workspace;

/**
 * What a run did to the first rows it was trained on: its last checkpoint beside the model it was held against.
 *
 * @param shifts
 *            of the rows that could be read
 */
record RowShifts(Workspace workspace, ScoreSource after, ScoreSource before, DatasetVersionId dataset,
        List<RowShift> shifts) {

    /** Enough for shares and examples; reading costs two passes over them. */
    static final int ROWS = 256;
    /** Displaced pairs whose tokens other losses are tried at. */
    private static final int WEIGHED = 64;

    RowShifts {
        shifts = List.copyOf(shifts);
    }

    /** If both models' readings of the rows are kept. */
    static Optional<RowShifts> kept(Workspace workspace, int run) {
        if (workspace.runs().checkpoints(run).isEmpty()) {
            return Optional.empty();
        }
        DatasetVersionId dataset = workspace.runs().spec(run).dataset();
        ScoreSource after = ScoreSource.last(workspace, run);
        ScoreSource before = ScoreSource.reference(workspace, run);
        return RowScoring.kept(workspace, after, dataset, ROWS).flatMap(now -> RowScoring
                .kept(workspace, before, dataset, ROWS).map(then -> of(workspace, now, then, dataset)));
    }

    /** What reads the rows: the run's last checkpoint, and the model it was held against. */
    static List<ScoreSource> sources(Workspace workspace, int run) {
        return List.of(ScoreSource.last(workspace, run), ScoreSource.reference(workspace, run));
    }

    private static RowShifts of(Workspace workspace, RowScores now, RowScores then, DatasetVersionId dataset) {
        ExampleView rows = workspace.datasets().view(dataset);
        Map<Integer, RowScore> before = new HashMap<>();
        then.rows().forEach(row -> before.put(row.row(), row));
        List<RowShift> shifts = new ArrayList<>();
        for (RowScore row : now.rows()) {
            RowShift shift = shift(rows.get(row.row()), row, before.get(row.row()));
            if (!Double.isNaN(shift.chosen()) || !Double.isNaN(shift.rejected())) {
                shifts.add(shift.isPair()
                        ? new RowShift(row.row(), shift.chosen(), shift.rejected(),
                                similarity(workspace, now.source(), dataset, row.row()))
                        : shift);
            }
        }
        return new RowShifts(workspace, now.source(), then.source(), dataset, shifts);
    }

    private static RowShift shift(PreferenceExample example, RowScore now, RowScore then) {
        return switch (example) {
            case Unpaired one -> single(now, then, RowSide.COMPLETION, one.accepted());
            case Stepwise one when one.answerCorrect().isPresent() -> single(now, then, RowSide.ANSWER,
                    one.answerCorrect().get());
            default -> new RowShift(now.row(), change(now, then, RowSide.CHOSEN), change(now, then, RowSide.REJECTED),
                    Double.NaN);
        };
    }

    private static RowShift single(RowScore now, RowScore then, String side, boolean accepted) {
        double change = change(now, then, side);
        return new RowShift(now.row(), accepted ? change : Double.NaN, accepted ? Double.NaN : change, Double.NaN);
    }

    private static double change(RowScore now, RowScore then, String side) {
        Optional<Double> before = Optional.ofNullable(then).flatMap(row -> row.side(side)).map(SideScore::sum);
        return now.side(side).map(SideScore::sum).orElse(Double.NaN) - before.orElse(Double.NaN);
    }

    private static double similarity(Workspace workspace, ScoreSource source, DatasetVersionId dataset, int row) {
        List<SideReading> sides = RowScoring.reading(workspace, source, dataset, row).map(RowReading::sides)
                .orElse(List.of());
        return sides.size() == 2 ? similarity(words(sides.get(0)), words(sides.get(1))) : Double.NaN;
    }

    private static List<String> words(SideReading side) {
        return side.tokens().stream().map(token -> side.text().substring(token.from(), token.to())).toList();
    }

    /** 2·LCS ÷ (|a| + |b|), as Python's difflib has it but for its junk. */
    static double similarity(List<String> a, List<String> b) {
        int[] row = new int[b.size() + 1];
        for (String word : a) {
            int diagonal = 0;
            for (int j = 1; j <= b.size(); j++) {
                int above = row[j];
                row[j] = word.equals(b.get(j - 1)) ? diagonal + 1 : Math.max(above, row[j - 1]);
                diagonal = above;
            }
        }
        return a.isEmpty() && b.isEmpty() ? Double.NaN : 2.0 * row[b.size()] / (a.size() + b.size());
    }

    /** Pairs whose chosen answer fell by more than so many nats while the rejected one fell further, the worst first. */
    List<RowShift> displaced(double nats) {
        return shifts.stream().filter(RowShift::isPair)
                .filter(row -> row.chosen() < -nats && row.chosen() > row.rejected())
                .sorted(Comparator.comparingDouble(RowShift::chosen)).toList();
    }

    /** Log-probabilities of the tokens of the worst displaced pairs, as far as both models read the same tokens. */
    List<Pair> displacedTokens() {
        return displaced(0).stream().limit(WEIGHED)
                .flatMap(row -> completion(row.row(), RowSide.CHOSEN).flatMap(
                        chosen -> completion(row.row(), RowSide.REJECTED).map(rejected -> new Pair(chosen, rejected)))
                        .stream())
                .toList();
    }

    private Optional<Completion> completion(int row, String name) {
        Optional<SideReading> now = side(after, row, name);
        Optional<SideReading> then = side(before, row, name);
        return now.isEmpty() || then.isEmpty() || now.get().tokens().isEmpty()
                || now.get().tokens().size() != then.get().tokens().size()
                        ? Optional.empty()
                        : Optional.of(new Completion(logProbs(now.get()), logProbs(then.get())));
    }

    private static List<Double> logProbs(SideReading side) {
        return side.tokens().stream().map(token -> (double) token.logProb()).toList();
    }

    /** The tokens of a row's chosen side that fell furthest, with their change in nats; at most two. */
    List<String> fallen(int row) {
        Optional<SideReading> now = side(after, row, RowSide.CHOSEN);
        Optional<SideReading> then = side(before, row, RowSide.CHOSEN);
        if (now.isEmpty() || then.isEmpty() || now.get().tokens().size() != then.get().tokens().size()) {
            return List.of();
        }
        List<Map.Entry<Double, String>> changes = new ArrayList<>();
        for (int t = 0; t < now.get().tokens().size(); t++) {
            TokenReading token = now.get().tokens().get(t);
            String text = now.get().text().substring(token.from(), token.to());
            changes.add(Map.entry((double) token.logProb() - then.get().tokens().get(t).logProb(), text));
        }
        return changes.stream().filter(change -> change.getKey() < 0).sorted(Map.Entry.comparingByKey()).limit(2)
                .map(change -> "“" + shown(change.getValue()) + "” " + Diagnosis.figure(change.getKey())).toList();
    }

    private static String shown(String token) {
        return token.isEmpty() ? "end" : token.replace("\n", "⏎");
    }

    private Optional<SideReading> side(ScoreSource source, int row, String name) {
        return RowScoring.reading(workspace, source, dataset, row).map(RowReading::sides)
                .flatMap(sides -> sides.stream().filter(side -> side.name().equals(name)).findFirst());
    }
}
