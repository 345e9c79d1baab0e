package preflab.projects.compare;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import preflab.engine.metric.Metrics;
import preflab.projects.chart.Chart;
import preflab.projects.diagnose.Diagnosis;
import preflab.projects.diagnose.RunDiagnosis;
import preflab.projects.store.ProjectException;
import preflab.projects.store.RunStore;
import preflab.projects.store.RunSummary;
import preflab.projects.store.Series;
import preflab.projects.workspace.Workspace;

/**
 * Several runs beside each other, complete and immutable.
 *
 * @param runs
 *            in the order asked for
 * @param names
 *            what to call the runs: their names, with their numbers where names repeat
 * @param baseline
 *            number of the run the others are measured against
 * @param base
 *            the model before training, where all runs share it
 * @param sideBySide
 *            all settings, data and environments, alike or not
 * @param charts
 *            one per metric that changes over steps, aligned by step, the telling ones first
 * @param choice
 *            what is best on the problems watched while training, of several ways of training
 * @param claims
 *            one for each group of runs alike but for the seed, against the baseline's group
 * @param diagnoses
 *            one for each run, in their order
 */
public record Comparison(List<RunSummary> runs, List<String> names, OptionalInt baseline, Optional<BaseModel> base,
        List<Difference> sideBySide, List<MetricRow> metrics, List<SideBySide> samples, List<Chart> charts,
        Optional<Choice> choice, List<Claim> claims, List<RunDiagnosis> diagnoses) {

    private static final boolean MANY_CORES = Runtime.getRuntime().availableProcessors() > 2;
    /** Runs looked at between two looks whether the comparison is still wanted. */
    private static final int AT_ONCE = MANY_CORES ? 16 : 1;

    public Comparison {
        runs = List.copyOf(runs);
        names = List.copyOf(names);
        sideBySide = List.copyOf(sideBySide);
        metrics = List.copyOf(metrics);
        samples = List.copyOf(samples);
        charts = List.copyOf(charts);
        claims = List.copyOf(claims);
        diagnoses = List.copyOf(diagnoses);
    }

    /** Compares runs without a baseline. */
    public static Comparison of(Workspace workspace, List<Integer> runs) {
        return compare(workspace, runs, OptionalInt.empty(), true, Comparison::nothing);
    }

    /**
     * Compares runs, each with the baseline.
     *
     * @param baseline
     *            number of one of the runs
     */
    public static Comparison of(Workspace workspace, List<Integer> runs, int baseline) {
        return checked(workspace, runs, baseline, true, Comparison::nothing);
    }

    /**
     * The same without charts, for a window that reads them by and by and over what is asked.
     *
     * @param between
     *            run between some runs and the next, by the thread that compares
     */
    public static Comparison withoutCharts(Workspace workspace, List<Integer> runs, OptionalInt baseline,
            Runnable between) {
        return baseline.isPresent()
                ? checked(workspace, runs, baseline.getAsInt(), false, between)
                : compare(workspace, runs, baseline, false, between);
    }

    private static void nothing() {
        // nobody waits for anything between two runs
    }

    private static Comparison checked(Workspace workspace, List<Integer> runs, int baseline, boolean drawn,
            Runnable between) {
        if (!runs.contains(baseline)) {
            throw new ProjectException(ProjectException.Code.NOT_COMPARABLE,
                    "the baseline must be one of the runs " + runs + ", not " + baseline);
        }
        return compare(workspace, runs, OptionalInt.of(baseline), drawn, between);
    }

    /** The settings, data and environments in which the runs are not all alike. */
    public List<Difference> differences() {
        return sideBySide.stream().filter(Difference::differs).toList();
    }

    /** The same with these charts. */
    public Comparison withCharts(List<Chart> drawn) {
        return new Comparison(runs, names, baseline, base, sideBySide, metrics, samples, drawn, choice, claims,
                diagnoses);
    }

    private static Comparison compare(Workspace workspace, List<Integer> runs, OptionalInt baseline, boolean drawn,
            Runnable between) {
        RunStore store = workspace.runs();
        if (runs.isEmpty()) {
            throw new ProjectException(ProjectException.Code.NOT_COMPARABLE, "name at least one run to compare");
        }
        List<RunEvidence> evidence = each(runs.stream().distinct().toList(), between,
                run -> RunEvidence.of(workspace, run));
        List<Asked> asked = Asked.of(workspace, evidence);
        List<RunSummary> summaries = evidence.stream().map(RunEvidence::summary).toList();
        List<String> names = names(summaries);
        boolean sameStart = summaries.stream().map(RunSummary::model).distinct().count() == 1;
        List<String> keys = MetricOrder
                .sorted(summaries.stream().flatMap(run -> run.metrics().keySet().stream()).toList());
        return new Comparison(summaries, names, baseline, sameStart ? base(evidence) : Optional.empty(),
                sideBySide(workspace, evidence),
                metricRows(store, asked, evidence, baseline, keys, between), SideBySides.of(evidence, sameStart),
                drawn ? MetricCharts.all(store, summaries, names) : List.of(), Claims.choice(evidence),
                Claims.of(asked, evidence, baseline),
                each(summaries, between, run -> Diagnosis.of(workspace, run.id())));
    }

    private static List<Difference> sideBySide(Workspace workspace, List<RunEvidence> evidence) {
        List<RunSummary> runs = evidence.stream().map(RunEvidence::summary).toList();
        RowFacts facts = new RowFacts(workspace);
        return Differences.all(evidence.stream().map(RunEvidence::specJson).toList(),
                runs.stream().map(run -> workspace.runs().environment(run.id())).toList(),
                runs.stream().map(run -> facts.of(run.dataset())).toList());
    }

    /**
     * Does the same with each, some at a time, on all cores where there are more than two: on two it would hold up the
     * charts, which are drawn on all cores meanwhile.
     *
     * @throws CancellationException
     *             if the thread is interrupted: nobody waits for the others any more
     */
    private static <T, R> List<R> each(List<T> all, Runnable between, Function<T, R> work) {
        List<R> done = new ArrayList<>(all.size());
        for (int from = 0; from < all.size(); from += AT_ONCE) {
            between.run();
            if (Thread.currentThread().isInterrupted()) {
                throw new CancellationException("no longer wanted");
            }
            List<T> some = all.subList(from, Math.min(all.size(), from + AT_ONCE));
            done.addAll((MANY_CORES ? some.parallelStream() : some.stream()).map(work).toList());
        }
        return done;
    }

    /** What to call runs: their names, with their numbers where names repeat. */
    public static List<String> names(List<RunSummary> runs) {
        Set<String> seen = new LinkedHashSet<>();
        Set<String> repeated = new LinkedHashSet<>();
        runs.stream().map(RunSummary::name).filter(name -> !seen.add(name)).forEach(repeated::add);
        return runs.stream()
                .map(run -> repeated.contains(run.name()) ? run.name() + " #" + run.id() : run.name()).toList();
    }

    /** All runs measured the same model before their first step; the one with most rows speaks for it. */
    private static Optional<BaseModel> base(List<RunEvidence> evidence) {
        return evidence.stream().filter(run -> run.first().isPresent())
                .max((a, b) -> a.first().get().size() - b.first().get().size()).map(run -> {
                    Graded graded = run.first().get();
                    return new BaseModel(run.summary().model(), (double) graded.right() / graded.size(),
                            graded.interval());
                });
    }

    private static List<MetricRow> metricRows(RunStore store, List<Asked> questions, List<RunEvidence> evidence,
            OptionalInt baseline, List<String> keys, Runnable between) {
        Optional<RunEvidence> base = evidence.stream()
                .filter(run -> baseline.isPresent() && run.summary().id() == baseline.getAsInt()).findFirst();
        List<MetricRow> rows = new ArrayList<>();
        for (String key : keys) {
            rows.add(new MetricRow(key, each(evidence, between, run -> estimate(store, run, base, key))));
        }
        questions.stream().filter(asked -> asked.late().isPresent())
                .forEach(asked -> rows.add(lateRow(asked, evidence, base)));
        return rows;
    }

    private static MetricRow lateRow(Asked asked, List<RunEvidence> evidence, Optional<RunEvidence> base) {
        String role = asked.isTest() ? "test/accuracy" : "accuracy asked after training";
        return new MetricRow(role + " " + asked.late().orElseThrow().name() + asked.caution(), evidence.stream()
                .map(run -> asked.of(run).map(answers -> accuracy(answers, Optional.empty(), base
                        .filter(other -> other.summary().id() != run.summary().id()).flatMap(asked::of))))
                .toList());
    }

    private static Optional<Estimate> estimate(RunStore store, RunEvidence run, Optional<RunEvidence> baseline,
            String key) {
        Double value = run.summary().metrics().get(key);
        if (value == null) {
            return Optional.empty();
        }
        if (key.equals(Metrics.EVAL_ACCURACY) && run.last().isPresent()) {
            return Optional.of(accuracy(run.last().get(), run.first(), baseline
                    .filter(base -> base.summary().id() != run.summary().id()).flatMap(RunEvidence::last)));
        }
        Series last = store.lastPoint(run.summary().id(), key);
        return Optional.of(new Estimate(last.lastStep(), value, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    private static Estimate accuracy(Graded last, Optional<Graded> start, Optional<Graded> baseline) {
        return new Estimate(last.step(), (double) last.right() / last.size(), Optional.of(last.interval()),
                baseline.flatMap(last::minus),
                start.filter(first -> first.step() < last.step()).flatMap(last::minus));
    }
}
