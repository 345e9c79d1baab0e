package preflab.projects.compare;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import preflab.engine.train.Sample;
import preflab.projects.score.RowScore;
import preflab.projects.score.SideScore;

/**
 * What several runs make of one row of a dataset version.
 *
 * @param row
 *            counted from 0
 * @param expected
 *            the right final answer, where it is known
 * @param before
 *            the answer before training, where a run gave one
 * @param answers
 *            last answers in the order of the runs; empty where a run has none to this row
 * @param scores
 *            log-probabilities in the order of the sources; empty where they were not computed yet
 */
public record ExampleRow(int row, String prompt, Optional<String> expected, Optional<Sample> before,
        List<Optional<Sample>> answers, List<Optional<RowScore>> scores) {
    public ExampleRow {
        answers = List.copyOf(answers);
        scores = List.copyOf(scores);
    }

    /** The same with other scores. */
    public ExampleRow with(List<Optional<RowScore>> others) {
        return new ExampleRow(row, prompt, expected, before, answers, others);
    }

    /** Whether some runs answered right and others wrong. */
    public boolean isDisputed() {
        return answers.stream().flatMap(answer -> answer.flatMap(Sample::correct).stream()).distinct().count() > 1;
    }

    /** A log-probability under two sources, in nats. */
    public record Both(double first, double second) {
    }

    /** The log-probability of the completion of this name under two sources; empty unless both are finite. */
    public Optional<Both> logProbs(String side, int first, int second) {
        return sum(side, first).flatMap(a -> sum(side, second).map(b -> new Both(a, b)));
    }

    /** By how much the completion of this name became likelier from one source to another, in nats. */
    public OptionalDouble change(String side, int from, int to) {
        return logProbs(side, from, to).map(both -> OptionalDouble.of(both.second() - both.first()))
                .orElse(OptionalDouble.empty());
    }

    /** The name of the completion that is preferred, or that is the row's only one. */
    public Optional<String> first() {
        return scores.stream().flatMap(Optional::stream).flatMap(score -> score.sides().stream()).map(SideScore::name)
                .findFirst();
    }

    /** The largest change of any of its completions from one source to another; 0 where none is known. */
    public double largestChange(int from, int to) {
        return scores.get(to).stream().flatMap(score -> score.sides().stream())
                .mapToDouble(side -> Math.abs(change(side.name(), from, to).orElse(0))).max().orElse(0);
    }

    private Optional<Double> sum(String name, int source) {
        return scores.get(source).flatMap(score -> score.side(name)).map(SideScore::sum).filter(Double::isFinite);
    }
}
