package preflab.projects.compare;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Stream;
import preflab.engine.objective.Objectives;

/** Puts runs that differ only in their seed together and asks of each such group whether it beats the baseline's. */
public final class Claims {

    /** Goes with every claim. */
    public static final String CAUTION = "Problems watched while training are validation where a setting, a learning"
            + " rate or a checkpoint was chosen by them: choose by them, and make the claim on test problems, which"
            + " were kept back and are asked once, after the choice.";

    /** Runs alike but for the seed, one for each seed. */
    private record Group(String name, List<RunEvidence> runs) {
        boolean holds(int run) {
            return runs.stream().anyMatch(one -> one.summary().id() == run);
        }

        List<Integer> numbers() {
            return runs.stream().map(run -> run.summary().id()).toList();
        }

        Arm arm(Asked asked, List<Graded.Key> problems) {
            return new Arm(runs.stream().map(run -> asked.of(run).orElseThrow().rightByRow())
                    .map(right -> problems.stream().mapToDouble(key -> right.get(key) ? 1 : 0).toArray()).toList());
        }
    }

    private record Measured(Group ours, Group theirs, CrossedEffects effects, double permutationP, String problems,
            boolean test) {
        boolean isAbout(List<Integer> runs) {
            return Stream.of(ours, theirs).anyMatch(way -> !Collections.disjoint(way.numbers(), runs));
        }
    }

    private Claims() {
    }

    /**
     * Each group against the baseline's; without a baseline, the second of two against the first. Claims on test problems
     * come first; the number of comparisons is counted for each set of problems by itself.
     */
    static List<Claim> of(List<Asked> asked, List<RunEvidence> evidence, OptionalInt baseline) {
        return asked.reversed().stream().flatMap(one -> of(one, evidence, baseline).stream()).toList();
    }

    /** What is best on the problems watched while training; empty for fewer than two ways of training. */
    static Optional<Choice> choice(List<RunEvidence> evidence) {
        List<Group> ways = groups(Asked.WHILE_TRAINING,
                evidence.stream().filter(run -> run.last().isPresent()).toList());
        List<Graded.Key> common = common(Asked.WHILE_TRAINING,
                ways.stream().flatMap(way -> way.runs().stream()).toList());
        if (ways.size() < 2 || common.size() < 2) {
            return Optional.empty();
        }
        Map<Group, Double> accuracies = new LinkedHashMap<>();
        ways.forEach(way -> accuracies.put(way, way.arm(Asked.WHILE_TRAINING, common).mean()));
        List<Group> order = ways.stream().sorted(Comparator.comparing(accuracies::get).reversed()).toList();
        Group best = order.getFirst();
        Group next = order.get(1);
        return Optional.of(new Choice(best.name(), best.numbers(), accuracies.get(best), next.name(),
                accuracies.get(next), ways.size(), common.size()));
    }

    private static List<Claim> of(Asked asked, List<RunEvidence> evidence, OptionalInt baseline) {
        List<Group> groups = groups(asked, evidence);
        Optional<Choice> choice = asked.isTest() ? choice(evidence) : Optional.empty();
        Optional<Group> base = baseline.isPresent()
                ? groups.stream().filter(group -> group.holds(baseline.getAsInt())).findFirst()
                : groups.stream().findFirst().filter(group -> groups.size() == 2);
        List<Measured> measured = base.stream()
                .flatMap(theirs -> groups.stream().filter(group -> !group.equals(theirs))
                        .flatMap(ours -> measure(asked, ours, theirs).stream()))
                .toList();
        double[] p = Permutations.holm(measured.stream().mapToDouble(Claims::p).toArray());
        double[] permuted = Permutations.holm(measured.stream().mapToDouble(Measured::permutationP).toArray());
        List<Claim> claims = new ArrayList<>();
        for (int i = 0; i < p.length; i++) {
            Measured found = measured.get(i);
            String chosen = choice.filter(best -> found.isAbout(best.runs())).map(Choice::briefly).orElse("");
            claims.add(claim(found, p[i], permuted[i], p.length, chosen));
        }
        return claims;
    }

    private static double p(Measured measured) {
        return measured.effects().seedsKnown() ? measured.effects().pValue() : measured.permutationP();
    }

    private static Claim claim(Measured found, double p, double permuted, int comparisons, String chosen) {
        CrossedEffects effects = found.effects();
        return new Claim(found.ours().name(), found.theirs().name(), found.ours().numbers(), found.theirs().numbers(),
                effects.difference(), possible(effects.interval()), p, permuted, comparisons, found.problems(),
                found.test(), effects.seedsKnown(),
                effects.seedsKnown() ? effects.detectable(Claim.MORE_SEEDS, comparisons) : Double.NaN, chosen);
    }

    /** Accuracies differ by 1 at most, whatever t says of a handful of problems. */
    private static Interval possible(Interval t) {
        return new Interval(Math.max(-1, t.low()), Math.min(1, t.high()), t.level(), t.method(), t.n());
    }

    private static Optional<Measured> measure(Asked asked, Group ours, Group theirs) {
        List<RunEvidence> all = new ArrayList<>(ours.runs());
        all.addAll(theirs.runs());
        List<Graded.Key> common = common(asked, all);
        if (common.size() < 2) {
            return Optional.empty();
        }
        Arm us = ours.arm(asked, common);
        Arm them = theirs.arm(asked, common);
        return Optional.of(new Measured(ours, theirs, new CrossedEffects(us, them), Permutations.pValue(us, them),
                problems(asked, common, all), asked.isTest()));
    }

    /** Problems that all of these answered. */
    private static List<Graded.Key> common(Asked asked, List<RunEvidence> runs) {
        List<Map<Graded.Key, Boolean>> answers = runs.stream().map(run -> asked.of(run).orElseThrow().rightByRow())
                .toList();
        return answers.isEmpty()
                ? List.of()
                : answers.getFirst().keySet().stream()
                        .filter(key -> answers.stream().allMatch(one -> one.containsKey(key))).toList();
    }

    private static String problems(Asked asked, List<Graded.Key> common, List<RunEvidence> runs) {
        if (asked.isTest()) {
            return Choice.count(common.size()) + " test problems of " + asked.late().orElseThrow().name()
                    + asked.caution();
        }
        List<String> data = asked.late().map(late -> List.of(late.name())).orElseGet(
                () -> runs.stream().map(run -> Differences.evaluation(run.specJson()))
                        .filter(name -> !name.equals(Differences.NONE)).distinct().toList());
        String of = data.size() == 1 ? " of " + data.getFirst() : "";
        return Choice.count(common.size()) + " problems" + of + asked.known();
    }

    /** A repetition of a seed is no new seed: the newest run speaks for it. Runs never graded after step 0 are left out. */
    private static List<Group> groups(Asked asked, List<RunEvidence> evidence) {
        Map<Object, NavigableMap<Integer, RunEvidence>> bySettings = new LinkedHashMap<>();
        evidence.stream().filter(run -> asked.of(run).filter(answers -> answers.step() > 0).isPresent())
                .forEach(run -> bySettings.computeIfAbsent(Differences.allButSeed(run.summary(), run.specJson()),
                        key -> new TreeMap<>()).merge(run.summary().seed(), run,
                                (a, b) -> a.summary().id() > b.summary().id() ? a : b));
        return bySettings.values().stream().map(bySeed -> new Group(name(bySeed.values(), bySettings.values()),
                List.copyOf(bySeed.values()))).toList();
    }

    /** The objective where it tells the groups apart, else the name of the first run. */
    private static String name(Collection<RunEvidence> group, Collection<NavigableMap<Integer, RunEvidence>> all) {
        RunEvidence first = group.iterator().next();
        String objective = first.summary().objective();
        boolean telling = group.size() > 1 && all.stream()
                .filter(other -> other.firstEntry().getValue().summary().objective().equals(objective)).count() == 1;
        return telling
                ? Objectives.find(objective).map(type -> type.name()).orElse(objective)
                : first.summary().name();
    }
}
