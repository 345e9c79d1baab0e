package preflab.datasets.importer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

import com.fasterxml.jackson.databind.JsonNode;

import preflab.datasets.example.Content;
import preflab.datasets.example.Kind;
import preflab.datasets.example.Step;
import preflab.datasets.example.Stepwise;

/**
 * MATH-APS, flat: {@code reasoning_steps} lists prefixes of many rollouts, question included, each with its success
 * rate {@code mc_value}. The parent of a prefix is the longest other one it begins with, and its step is the rest;
 * prefixes listed twice count once, with the mean of their rates. Every prefix that no other goes on from becomes one
 * example: its steps with Q = 2 × rate − 1 and no labels. Rates are never made labels here. The question's own rate
 * stays with the rows. Rejected: a prefix that does not begin with the question, rates outside [0, 1].
 */
record MathApsImporter() implements Importer {

    private static final Field PREFIXES = Field.named("reasoning_steps", Set.of(Shape.LIST), "reasoning_steps");

    /** A prefix on the way to the one at hand. */
    private record Prefix(String text, double rate) {
    }

    @Override
    public String id() {
        return "stepwise-rollouts";
    }

    @Override
    public Kind kind() {
        return Kind.STEPWISE;
    }

    @Override
    public String summary() {
        return "question, reasoning_steps (list of {solution_prefix, mc_value}; MATH-APS)";
    }

    @Override
    public List<Field> fields() {
        return List.of(Field.PROMPT, PREFIXES);
    }

    @Override
    public Optional<String> recognise(Layout layout) {
        return Importer.when(
                layout.has(Field.PROMPT)
                        && layout.anyCell(PREFIXES, cell -> cell.path(0).path("solution_prefix").isTextual()),
                "prefixes of rollouts with success rates v (MATH-APS); Q = 2v - 1, one example per complete rollout");
    }

    @Override
    public List<Stepwise> readAll(Row row) {
        String question = Prompts.of(row).text();
        List<Stepwise> examples = new ArrayList<>();
        Deque<Prefix> path = new ArrayDeque<>();
        List<Map.Entry<String, Double>> prefixes = List.copyOf(rates(row, question).entrySet());
        for (int i = 0; i < prefixes.size(); i++) {
            String text = prefixes.get(i).getKey();
            while (!path.isEmpty() && !text.startsWith(path.getLast().text())) {
                path.removeLast();
            }
            path.addLast(new Prefix(text, prefixes.get(i).getValue()));
            boolean goesOn = i + 1 < prefixes.size() && prefixes.get(i + 1).getKey().startsWith(text);
            if (!goesOn && text.length() > question.length()) {
                examples.add(new Stepwise(row.id(), Content.of(question), steps(path, question.length()),
                        Optional.empty(), row.source()));
            }
        }
        if (examples.isEmpty()) {
            throw new BadRow(row.column(PREFIXES), "holds the question alone, without one step");
        }
        return examples;
    }

    /** In the order of text, in which what begins with a prefix follows it at once. */
    private static TreeMap<String, Double> rates(Row row, String question) {
        String column = row.column(PREFIXES);
        TreeMap<String, List<Double>> all = new TreeMap<>();
        for (JsonNode entry : row.requiredList(PREFIXES)) {
            String text = StepTexts.of(entry.path("solution_prefix"), column);
            if (!text.startsWith(question)) {
                throw new BadRow(column,
                        "holds a prefix that does not begin with the question: '" + Clip.text(text, 30) + "'");
            }
            all.computeIfAbsent(text, _ -> new ArrayList<>()).add(SuccessRates.of(entry.path("mc_value"), column));
        }
        TreeMap<String, Double> means = new TreeMap<>();
        all.forEach((text, rates) -> means.put(text,
                rates.stream().mapToDouble(Double::doubleValue).average().orElseThrow()));
        return means;
    }

    private static List<Step> steps(Deque<Prefix> path, int questionLength) {
        List<Step> steps = new ArrayList<>(path.size());
        int from = questionLength;
        for (Prefix prefix : path) {
            if (prefix.text().length() > questionLength) {
                steps.add(Step.valued(prefix.text().substring(from), SuccessRates.toQ(prefix.rate())));
                from = prefix.text().length();
            }
        }
        return steps;
    }
}
