package preflab.projects.builtin;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import preflab.datasets.sample.SumChecker;
import preflab.datasets.sample.SumProblem;
import preflab.projects.builtin.OnPolicyAnswers.Answered;
import preflab.projects.builtin.OnPolicyAnswers.Valued;

/** Writes the built-in data as gzipped JSON Lines in the columns of the field. */
final class BuiltinFiles {

    /** Which steps are right, as the checker says: a side column of imported rows. */
    static final String TRUE_STEPS = "checked_steps";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;

    BuiltinFiles(Path folder) {
        this.folder = folder;
    }

    void write(BuiltinRecipe.Problems problems, List<Answered> answered, List<Valued> valued) {
        write("sums-pairs", pairs(answered));
        write("sums-answers", answers(answered));
        write("sums-accepted", accepted(answered));
        write("sums-ranked", ranked(answered));
        write("sums-steps", steps(valued));
        write("sums-validation", solutions(problems.validation()));
        write("sums-test", solutions(problems.test()));
    }

    /** One right and one wrong answer to each problem that got both. */
    private static List<ObjectNode> pairs(List<Answered> answered) {
        List<ObjectNode> rows = new ArrayList<>();
        for (Answered a : answered) {
            if (!a.right().isEmpty() && !a.wrong().isEmpty()) {
                rows.add(row(a.problem()).put("chosen", a.right().getFirst()).put("rejected", a.wrong().getFirst()));
            }
        }
        return rows;
    }

    /** Every answer drawn, with its label. */
    private static List<ObjectNode> answers(List<Answered> answered) {
        List<ObjectNode> rows = new ArrayList<>();
        for (Answered a : answered) {
            a.answers().forEach(text -> rows.add(row(a.problem()).put("completion", text).put("label",
                    SumChecker.endsRight(a.problem(), text))));
        }
        return rows;
    }

    /** The different right answers. */
    private static List<ObjectNode> accepted(List<Answered> answered) {
        List<ObjectNode> rows = new ArrayList<>();
        for (Answered a : answered) {
            a.right().forEach(text -> rows.add(row(a.problem()).put("completion", text)));
        }
        return rows;
    }

    /** The different answers to a problem, scored by how many steps from the start are right; ties alone are left out. */
    private static List<ObjectNode> ranked(List<Answered> answered) {
        List<ObjectNode> rows = new ArrayList<>();
        for (Answered a : answered) {
            List<String> texts = a.answers().stream().distinct().toList();
            List<Long> scores = texts.stream().map(text -> rightSteps(a.problem(), text)).toList();
            if (scores.stream().distinct().count() > 1) {
                ObjectNode row = row(a.problem());
                ArrayNode completions = row.putArray("completions");
                texts.forEach(completions::add);
                ArrayNode values = row.putArray("scores");
                scores.forEach(values::add);
                rows.add(row);
            }
        }
        return rows;
    }

    private static long rightSteps(SumProblem problem, String text) {
        return SumChecker.verdicts(problem, text).stream().filter(right -> right).count();
    }

    /**
     * Steps with the values found by roll-outs. The checker's verdicts are kept beside them, under a name that no importer
     * takes for labels: as labels they would outrank the values, and the step threshold would decide nothing.
     */
    private static List<ObjectNode> steps(List<Valued> valued) {
        List<ObjectNode> rows = new ArrayList<>();
        for (Valued v : valued) {
            ObjectNode row = row(v.problem());
            ArrayNode completions = row.putArray("completions");
            v.answer().steps().forEach(completions::add);
            ArrayNode labels = row.putArray(TRUE_STEPS);
            SumChecker.verdicts(v.problem(), v.answer().text()).forEach(labels::add);
            ArrayNode q = row.putArray("q_values");
            v.q().forEach(q::add);
            row.put("answer_correct", SumChecker.endsRight(v.problem(), v.answer().text()));
            rows.add(row);
        }
        return rows;
    }

    private static List<ObjectNode> solutions(List<SumProblem> problems) {
        return problems.stream().map(problem -> row(problem).put("completion", problem.solution().text())).toList();
    }

    private static ObjectNode row(SumProblem problem) {
        return JSON.createObjectNode().put("prompt", problem.prompt());
    }

    private void write(String name, List<ObjectNode> rows) {
        Path file = folder.resolve(name + ".jsonl.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            for (ObjectNode row : rows) {
                out.write((JSON.writeValueAsString(row) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
