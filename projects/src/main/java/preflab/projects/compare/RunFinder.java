package preflab.projects.compare;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import preflab.projects.compare.filter.FilterException;
import preflab.projects.compare.filter.RunFilter;
import preflab.projects.store.RunMark;
import preflab.projects.store.RunStore;
import preflab.projects.store.RunSummary;

/**
 * Finds runs by a filter over settings, metrics and properties and puts them into the lines of a table; remembers what
 * it has read of each run.
 */
public final class RunFinder {

    private record Key(RunSummary run, RunMark mark) {
    }

    private final RunStore store;
    private Map<Key, RunFields> known = Map.of();
    private Map<Integer, String> specs = Map.of();

    public RunFinder(RunStore store) {
        this.store = store;
    }

    /**
     * What is asked for.
     *
     * @param filter
     *            as {@link RunFilter} reads it; blank finds all
     * @param archived
     *            whether runs put out of the way are looked at too
     * @param baseline
     *            run whose line the metrics of the others are measured against
     */
    public record Question(String filter, boolean archived, Grouping grouping, OptionalInt baseline) {
    }

    /**
     * The lines of the table.
     *
     * @param rows
     *            in the order of the runs asked about
     * @param columns
     *            names of everything a column could show, in alphabetical order
     */
    public record Found(List<RunRow> rows, Set<String> columns) {
        public Found {
            rows = List.copyOf(rows);
            columns = new TreeSet<>(columns);
        }
    }

    /**
     * Numbers of the runs that fit the filter.
     *
     * @throws FilterException
     *             where the filter cannot be read
     */
    public Set<Integer> find(List<RunSummary> runs, String filter) {
        return rows(runs, new Question(filter, true, Grouping.NONE, OptionalInt.empty())).rows().stream()
                .map(row -> row.runs().getFirst().id()).collect(Collectors.toSet());
    }

    /**
     * The runs that fit, in the lines asked for.
     *
     * @throws FilterException
     *             where the filter cannot be read
     */
    public synchronized Found rows(List<RunSummary> runs, Question question) {
        Map<Integer, RunMark> marks = store.marks();
        Map<Integer, RunFields> fields = read(runs, marks);
        RunFilter rule = RunFilter.parse(question.filter(),
                name -> fields.values().stream().anyMatch(run -> run.get(name).isPresent()),
                () -> fields.values().stream().map(RunFields::keys).distinct().flatMap(Set::stream)
                        .collect(Collectors.toSet()));
        Map<Object, List<RunSummary>> groups = new LinkedHashMap<>();
        for (RunSummary run : runs) {
            RunMark mark = marks.getOrDefault(run.id(), RunMark.NONE);
            if ((question.archived() || !mark.archived()) && rule.test(fields.get(run.id()))) {
                groups.computeIfAbsent(question.grouping().key(run.id(), fields.get(run.id())),
                        key -> new ArrayList<>()).add(run);
            }
        }
        List<RunRow> rows = groups.values().stream().map(group -> row(group, fields, marks, question.grouping()))
                .toList();
        Set<String> columns = new TreeSet<>();
        fields.values().stream().map(RunFields::keys).distinct() // runs have much the same names
                .forEach(keys -> columns.addAll(RunFields.offered(keys)));
        return new Found(against(rows, question.baseline()), columns);
    }

    private Map<Integer, RunFields> read(List<RunSummary> runs, Map<Integer, RunMark> marks) {
        Map<Key, RunFields> now = new HashMap<>();
        Map<Integer, String> texts = new HashMap<>();
        Map<Integer, RunFields> fields = new HashMap<>();
        for (RunSummary run : runs) {
            Key key = new Key(run, marks.getOrDefault(run.id(), RunMark.NONE));
            RunFields before = known.get(key);
            String spec = specs.get(run.id());
            texts.put(run.id(), spec != null ? spec : store.specJson(run.id()));
            fields.put(run.id(), before != null ? before : RunFields.of(run, key.mark(), texts.get(run.id())));
            now.put(key, fields.get(run.id()));
        }
        known = now;
        specs = texts;
        return fields;
    }

    private static RunRow row(List<RunSummary> group, Map<Integer, RunFields> fields, Map<Integer, RunMark> marks,
            Grouping grouping) {
        return new RunRow(name(group, fields, grouping), group,
                group.stream().map(run -> fields.get(run.id())).toList(),
                group.stream().map(run -> marks.getOrDefault(run.id(), RunMark.NONE)).toList(), Optional.empty());
    }

    private static String name(List<RunSummary> group, Map<Integer, RunFields> fields, Grouping grouping) {
        if (!grouping.names().isEmpty()) {
            RunFields first = fields.get(group.getFirst().id());
            return grouping.names().stream().map(name -> name + " = " + RunCell.of(first.get(name)).text())
                    .collect(Collectors.joining(", "));
        }
        if (group.size() == 1) {
            return group.getFirst().name();
        }
        return group.stream().map(RunSummary::name).reduce(RunFinder::commonStart)
                .map(name -> name.replaceAll("[\\s·#,_-]+(seed)?[\\s=_-]*$", "")).filter(name -> !name.isBlank())
                .orElse(group.getFirst().name());
    }

    private static String commonStart(String a, String b) {
        int same = 0;
        while (same < Math.min(a.length(), b.length()) && a.charAt(same) == b.charAt(same)) {
            same++;
        }
        return a.substring(0, same);
    }

    private static List<RunRow> against(List<RunRow> rows, OptionalInt baseline) {
        Optional<RunRow> base = rows.stream()
                .filter(row -> baseline.isPresent() && row.numbers().contains(baseline.getAsInt())).findFirst();
        return base.map(line -> rows.stream().map(row -> row.against(line)).toList()).orElse(rows);
    }
}
