package preflab.projects.compare;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import preflab.datasets.check.PromptKeys;
import preflab.datasets.example.DatasetVersionId;
import preflab.projects.store.ImportedRun;
import preflab.projects.store.LateEvaluation;
import preflab.projects.store.ProjectException;
import preflab.projects.workspace.DatasetLineage;
import preflab.projects.workspace.PromptIndex;
import preflab.projects.workspace.Workspace;

/**
 * Which problems runs had seen before they were asked. Rows that are in the project are compared prompt by prompt, so
 * neither another name nor a part, a filtered copy or a second import hides a shared one. For rows that are not, only
 * the lineage can tell: a version in line with theirs counts as seen whole; otherwise nothing is proved.
 */
final class SeenProblems {

    // decision: by prompts, not by the hash or the lineage of versions alone: a test part of rows trained on whole has
    // a hash of its own, and two versions made of one parent may share rows or not

    private static final Pattern RUN = Pattern.compile("run:(\\d+)(@\\d+)?");

    /** Rows that a run saw: those looked up one by one, and those of which only the name is left. */
    private record Rows(List<PromptKeys> here, List<DatasetVersionId> elsewhere) {
    }

    private final Workspace workspace;
    private final Map<DatasetVersionId, Optional<PromptKeys>> keys = new HashMap<>();
    private final Rows learned;
    private final Rows watched;
    private final Set<String> judged;
    private Optional<DatasetLineage> lineage = Optional.empty();

    /** Of all these runs together, and of the runs whose checkpoints they started from or were held against. */
    SeenProblems(Workspace workspace, List<RunEvidence> runs) {
        this.workspace = workspace;
        List<JsonNode> specs = runs.stream().map(run -> Differences.parse(run.specJson())).toList();
        List<JsonNode> all = withAncestors(specs);
        Stream<DatasetVersionId> of = runs.stream().map(run -> run.summary().dataset());
        this.learned = rows(
                Stream.concat(of, all.stream().flatMap(spec -> Differences.version(spec.path("dataset")).stream())));
        this.watched = rows(all.stream().flatMap(spec -> Differences.version(spec.path("evaluation")).stream()));
        this.judged = runs.stream().flatMap(run -> run.last().stream())
                .flatMap(last -> last.rightByRow().keySet().stream()).map(Graded.Key::prompt)
                .collect(Collectors.toSet());
    }

    /** What of these problems was seen. */
    Seen of(List<LateEvaluation> asked) {
        String sha256 = asked.getFirst().dataset().sha256();
        Set<String> problems = asked.stream().flatMap(one -> one.answers().stream()).map(answer -> answer.prompt())
                .collect(Collectors.toSet());
        Predicate<String> watching = holding(watched, sha256);
        boolean proved = Stream.of(learned, watched).flatMap(rows -> rows.elsewhere().stream())
                .allMatch(version -> inLine(version, sha256));
        return new Seen(problems, kept(problems, holding(learned, sha256)),
                kept(problems, prompt -> judged.contains(prompt) || watching.test(prompt)), proved);
    }

    private static Set<String> kept(Set<String> problems, Predicate<String> wanted) {
        return problems.stream().filter(wanted).collect(Collectors.toSet());
    }

    private Predicate<String> holding(Rows rows, String sha256) {
        boolean whole = rows.elsewhere().stream().anyMatch(version -> inLine(version, sha256));
        return prompt -> whole || rows.here().stream().anyMatch(one -> one.holds(prompt));
    }

    private boolean inLine(DatasetVersionId version, String sha256) {
        if (lineage.isEmpty()) {
            lineage = Optional.of(DatasetLineage.of(workspace));
        }
        return lineage.get().line(version).contains(sha256);
    }

    private Rows rows(Stream<DatasetVersionId> versions) {
        Set<DatasetVersionId> distinct = versions.collect(Collectors.toCollection(LinkedHashSet::new));
        distinct.forEach(version -> keys.computeIfAbsent(version, one -> PromptIndex.of(workspace, one)));
        return new Rows(distinct.stream().flatMap(version -> keys.get(version).stream()).toList(),
                distinct.stream().filter(version -> keys.get(version).isEmpty()).toList());
    }

    /** A model that is another run's checkpoint has learned what that run learned; a reference passes it on as well. */
    private List<JsonNode> withAncestors(List<JsonNode> specs) {
        Set<Integer> known = new HashSet<>();
        Deque<JsonNode> open = new ArrayDeque<>(specs);
        List<JsonNode> all = new ArrayList<>();
        while (!open.isEmpty()) {
            JsonNode spec = open.removeFirst();
            all.add(spec);
            for (String model : List.of(spec.path("model").asText(), spec.path("reference").asText())) {
                Matcher run = RUN.matcher(model);
                if (run.matches() && known.add(Integer.valueOf(run.group(1)))) {
                    open.add(spec(Integer.parseInt(run.group(1))));
                }
            }
        }
        return all;
    }

    private JsonNode spec(int run) {
        try {
            return Differences.parse(workspace.runs().specJson(run));
        } catch (ProjectException e) { // its rows are as unknown as those of a run of another program
            return Differences.parse("{\"dataset\":{\"dataset\":\"" + ImportedRun.UNKNOWN_DATA.dataset() + "\"}}");
        }
    }
}
