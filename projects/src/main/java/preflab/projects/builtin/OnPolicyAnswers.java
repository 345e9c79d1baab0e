package preflab.projects.builtin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import preflab.datasets.sample.SumChecker;
import preflab.datasets.sample.SumProblem;
import preflab.datasets.sample.SumSolution;

/** Answers drawn from the base model, each checked, and the value of the steps of some of them. */
final class OnPolicyAnswers {

    /** All answers to one problem, in the order drawn. */
    record Answered(SumProblem problem, List<String> answers) {

        /** Different right answers, in the order drawn. */
        List<String> right() {
            return distinct(true);
        }

        /** Different wrong answers, in the order drawn. */
        List<String> wrong() {
            return distinct(false);
        }

        private List<String> distinct(boolean right) {
            return answers.stream().distinct().filter(a -> SumChecker.endsRight(problem, a) == right).toList();
        }
    }

    /** An answer with the value of each step: 2 × (share of roll-outs from there that end right) − 1. */
    record Valued(SumProblem problem, SumSolution answer, List<Double> q) {
    }

    private final BuiltinRecipe recipe;
    private final Answerer model;

    OnPolicyAnswers(BuiltinRecipe recipe, Answerer model) {
        this.recipe = recipe;
        this.model = model;
    }

    List<Answered> draw(List<SumProblem> problems) {
        List<List<String>> drawn = model.sampled(problems.stream().map(SumProblem::prompt).toList(), recipe.answers(),
                recipe.seed() + 2);
        List<Answered> answered = new ArrayList<>();
        for (int i = 0; i < problems.size(); i++) {
            answered.add(new Answered(problems.get(i), drawn.get(i)));
        }
        return answered;
    }

    /** Values the steps of up to one right and two wrong answers per problem. */
    List<Valued> value(List<Answered> answered) {
        Map<SumProblem, Set<String>> chosen = new LinkedHashMap<>();
        for (Answered a : answered) {
            Set<String> texts = new LinkedHashSet<>(a.right().stream().limit(1).toList());
            texts.addAll(a.wrong().stream().limit(2).toList());
            chosen.put(a.problem(), texts);
        }
        Map<String, Double> values = prefixValues(chosen);
        List<Valued> valued = new ArrayList<>();
        chosen.forEach((problem, texts) -> texts.forEach(text -> valued.add(valued(problem, text, values))));
        return valued;
    }

    private static Valued valued(SumProblem problem, String text, Map<String, Double> values) {
        SumSolution answer = SumSolution.split(text);
        List<Double> q = new ArrayList<>();
        StringBuilder prefix = new StringBuilder(problem.prompt());
        for (int step = 0; step < answer.steps().size(); step++) {
            prefix.append(answer.steps().get(step));
            boolean last = step == answer.steps().size() - 1;
            // a finished answer has one continuation, itself
            q.add(last ? (SumChecker.endsRight(problem, text) ? 1.0 : -1.0) : values.get(prefix.toString()));
        }
        return new Valued(problem, answer, List.copyOf(q));
    }

    private Map<String, Double> prefixValues(Map<SumProblem, Set<String>> chosen) {
        Map<String, SumProblem> prefixes = new LinkedHashMap<>();
        chosen.forEach((problem, texts) -> texts.forEach(text -> {
            StringBuilder prefix = new StringBuilder(problem.prompt());
            for (String step : SumSolution.split(text).steps()) {
                prefixes.put(prefix.append(step).toString(), problem);
            }
            prefixes.remove(problem.prompt() + text); // finished
        }));
        List<String> texts = List.copyOf(prefixes.keySet());
        List<List<String>> rollouts = model.sampled(texts, recipe.rollouts(), recipe.seed() + 3);
        Map<String, Double> values = new HashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            SumProblem problem = prefixes.get(texts.get(i));
            String soFar = texts.get(i).substring(problem.prompt().length());
            long right = rollouts.get(i).stream().filter(end -> SumChecker.endsRight(problem, soFar + end)).count();
            values.put(texts.get(i), 2.0 * right / recipe.rollouts() - 1);
        }
        return values;
    }
}
