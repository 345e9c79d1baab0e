package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import preflab.datasets.example.Kind;
import preflab.engine.objective.formula.FormulaException;
import preflab.engine.objective.formula.LossFormula;
import preflab.engine.param.Param;
import preflab.engine.param.ParamValues;
import preflab.engine.param.Params;
import preflab.engine.tensor.Kernels;

/** A loss per pair as somebody typed it; the mean over pairs is minimised. */
public record Expression(LossFormula formula, Map<String, Double> numbers) implements Objective<Scores.Pairs> {

    private static final Set<String> OF_THE_REFERENCE = Set.of("h_w", "h_l", "R_w", "R_l");
    private static final Set<String> ARRAYS = Set.of("h_w", "h_l", "S_w", "S_l", "R_w", "R_l", "A_w", "A_l", "n_w",
            "n_l");

    static final Param.OfDouble BETA = Params.positive("beta", "β", "beta", 0.1, "Stands for beta in the formula.");
    static final Param.OfDouble ALPHA = number("alpha", "α", 1);
    static final Param.OfDouble GAMMA = number("gamma", "γ", 0);
    static final Param.OfDouble LAMBDA = number("lambda", "λ", 0);
    static final Param.OfDouble TAU = Params.positive("tau", "τ", "tau", 1, "Stands for tau in the formula.");
    private static final List<Param.OfDouble> NUMBERS = List.of(BETA, ALPHA, GAMMA, LAMBDA, TAU);
    private static final Set<String> NAMES = Stream
            .concat(ARRAYS.stream(), NUMBERS.stream().map(Param.OfDouble::id)).collect(Collectors.toSet());

    static final Param.OfText FORMULA = Params.text("formula", "Loss of a pair", "-ls(beta*h_w - beta*h_l)",
            "h_w, h_l: log-ratios to the reference; S: log-probability; R: the reference's; A: per token; n: tokens.",
            Expression::problem);

    public static final ObjectiveType<Scores.Pairs> TYPE = ObjectiveType
            .named("expression", "Expression", Scores.Pairs.class).aliases("formula")
            .summary("A loss that you type: a formula of log-ratios, log-probabilities and lengths of a pair.")
            .use("You want to try a loss that is not in the catalogue: it is checked, differentiated, drawn in the Lab "
                    + "and trained like any other.",
                    "The loss is not a sum over pairs, or needs more than sequence log-probabilities: write it in Java.")
            .citation("", "Typed by whoever made the run", "", 2026, "", "")
            .formula("\\frac1n\\sum_i f(h_w,h_l,S_w,S_l,A_w,A_l,n_w,n_l;\\;\\alpha,\\beta,\\gamma,\\lambda,\\tau)",
                    "mean over pairs of the formula; functions: ls, sigmoid, softplus, exp, log, tanh, abs, square, "
                            + "relu, sg, min, max")
            .needs(Expression::needs).params(FORMULA, BETA, ALPHA, GAMMA, LAMBDA, TAU)
            .reward("β h(y), or β S(y) where the formula uses no reference.")
            .make(values -> new Expression(LossFormula.read(values.get(FORMULA), NAMES), numbers(values)));

    public Expression {
        numbers = Map.copyOf(numbers);
    }

    private static Param.OfDouble number(String id, String symbol, double value) {
        return Params.between(id, symbol, id, value, -10, 10, "Stands for " + id + " in the formula.");
    }

    private static Optional<String> problem(String text) {
        try {
            LossFormula formula = LossFormula.read(text, NAMES);
            return formula.names().stream().anyMatch(ARRAYS::contains)
                    ? Optional.empty()
                    : Optional.of("it must use at least one of " + ARRAYS.stream().sorted().toList());
        } catch (FormulaException e) {
            return Optional.of(e.getMessage());
        }
    }

    private static Needs needs(ParamValues values) {
        return usesReference(LossFormula.read(values.get(FORMULA), NAMES))
                ? Needs.withReference(Kind.PAIRED, Kind.RANKED)
                : Needs.policyOnly(Kind.PAIRED, Kind.RANKED);
    }

    private static boolean usesReference(LossFormula formula) {
        return formula.names().stream().anyMatch(OF_THE_REFERENCE::contains);
    }

    private static Map<String, Double> numbers(ParamValues values) {
        return NUMBERS.stream().collect(Collectors.toMap(Param.OfDouble::id, values::get));
    }

    @Override
    public LossTerms loss(Scores.Pairs pairs, State state) {
        Map<String, NDArray> arrays = new HashMap<>(); // [n] each
        side(pairs.chosen(), "w", arrays);
        side(pairs.rejected(), "l", arrays);
        NDArray perPair = formula.compute(arrays, numbers, arrays.get("S_w")); // [n]
        return Common.overPairs(pairs, perPair, reward(arrays, "w"), reward(arrays, "l"));
    }

    private void side(SequenceScores scores, String name, Map<String, NDArray> arrays) {
        arrays.put("S_" + name, scores.sum());
        arrays.put("A_" + name, scores.average());
        arrays.put("n_" + name, scores.lengths());
        if (usesReference(formula)) {
            arrays.put("h_" + name, scores.logRatio());
            arrays.put("R_" + name, scores.referenceSum(Role.REFERENCE));
        }
    }

    private NDArray reward(Map<String, NDArray> arrays, String name) {
        return Kernels.times(arrays.getOrDefault("h_" + name, arrays.get("S_" + name)), numbers.get(BETA.id()));
    }
}
