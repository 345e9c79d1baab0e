package preflab.app.catalogue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import preflab.engine.bandit.BanditProblem;

/**
 * A small world and the objectives that are let loose on it.
 *
 * @param lesson
 *            what to look at
 * @param rate
 *            learning rate of gradient descent
 * @param penalty
 *            α of an extra α Σ π²; 0 for none
 * @param beta
 *            where given, the exact optimum of RLHF with this β and the penalty is shown too
 */
record BanditPreset(String name, String lesson, BanditProblem problem, List<Contestant> contestants, double rate,
        double penalty, Optional<Double> beta) {

    /** One objective with its hyper-parameters. */
    record Contestant(String name, String objective, Map<String, String> hyper) {
    }

    static final List<BanditPreset> ALL = List.of(
            of("Interpolation", "Labels follow π*. With small λ only TYPO ends at π*; the others give all to the best"
                    + " response. With large λ all stay at π_ref.",
                    problem(new double[]{.6, .3, .1}, new double[]{.4, .4, .2}), family("0.1"), 0.5),
            of("Preservation: the reference is right",
                    "π_ref is π* already. TYPO leaves it alone at every λ; the others"
                            + " move away and lose.",
                    problem(new double[]{.6, .3, .1}, new double[]{.6, .3, .1}), family("1"),
                    0.5),
            of("Preservation: the reference is wrong", "π* wants a and c alike. DPO, IPO and f-DPO keep the reference's"
                    + " ratio of a to c, so they never improve.",
                    problem(new double[]{.4, .2, .4}, new double[]{.6, .2, .2}), family("1"), 0.5),
            new BanditPreset("A constraint apart: α Σ π²", "DPO is RLHF only while nothing else is asked for. With a"
                    + " penalty on Σ π² the two part; the exact optimum of RLHF is drawn beside it.",
                    problem(new double[]{.6, .3, .1}, new double[]{.4, .4, .2}),
                    List.of(one("DPO", "dpo", "beta", "0.5"), one("TYPO", "typo", "lambda", "0.5")), 0.5, 0.1,
                    Optional.of(0.5)),
            of("Deterministic labels", "The better response always wins. DPO and f-DPO forget π_ref at every λ; IPO and"
                    + " TYPO do not.",
                    problem(new double[]{.6, .3, .1}, new double[]{.4, .4, .2}).withDeterministicLabels(),
                    family("0.3"), 0.5),
            of("PMPO's thresholds",
                    "From rejected answers alone: below β = 1 everything collapses to one response, from"
                            + " β = 2 on it is stable. Accepted answers alone are stable at any β.",
                    problem(new double[]{.02, .03, .1, .3, .55}, new double[]{.30, .25, .20, .15, .10})
                            .withJudged(new double[]{0, 0, .1, .3, .6}, new double[]{.6, .3, .1, 0, 0}),
                    List.of(pmpo("accepted only, β 0.5", "1", "0.5"), pmpo("both, β 1.2", "0.5", "1.2"),
                            pmpo("rejected only, β 0.5", "0", "0.5"), pmpo("rejected only, β 1.5", "0", "1.5"),
                            pmpo("rejected only, β 2.5", "0", "2.5")),
                    0.5),
            of("NPO against gradient ascent", "Response a is to be forgotten. GA diverges linearly with the steps, NPO"
                    + " logarithmically: the larger β, the slower.",
                    problem(new double[]{.02, .28, .30, .20, .20}, new double[]{.30, .25, .20, .15, .10}),
                    List.of(new Contestant("GA", "ga", Map.of()), one("NPO, β 0.1", "npo", "beta", "0.1"),
                            one("NPO, β 0.5", "npo", "beta", "0.5"), one("NPO, β 1", "npo", "beta", "1")),
                    0.1),
            of("MC-PO's samplers", "One preferred response, six candidates. The harder the negative, the larger the"
                    + " gradient and the margin over the hardest: max, mc, random, min.",
                    problem(new double[]{.40, .10, .12, .08, .08, .12, .10},
                            new double[]{.26, .14, .21, .10, .06, .17, .06}),
                    List.of(mcpo("max"), mcpo("mc"), mcpo("random"), mcpo("min")), 0.5),
            of("Six side by side", "Half a dozen objectives on the same labels: who follows π*, who gives all to the"
                    + " best, and how fast.", problem(new double[]{.6, .3, .1}, new double[]{.4, .4, .2}),
                    List.of(one("DPO", "dpo", "beta", "0.3"), one("IPO", "ipo", "beta", "0.3"),
                            one("Hinge", "hinge", "beta", "0.3"), one("NCA (pairs)", "nca_pair", "beta", "0.3"),
                            one("TYPO", "typo", "lambda", "0.3"), new Contestant("SFT", "sft", Map.of())),
                    0.5));

    private static BanditPreset of(String name, String lesson, BanditProblem problem, List<Contestant> contestants,
            double rate) {
        return new BanditPreset(name, lesson, problem, contestants, rate, 0, Optional.empty());
    }

    private static BanditProblem problem(double[] truth, double[] reference) {
        return BanditProblem.of(truth, reference);
    }

    /** The four of TYPO's tests at one λ, which the others call β. */
    private static List<Contestant> family(String lambda) {
        return List.of(one("DPO", "dpo", "beta", lambda), one("IPO", "ipo", "beta", lambda),
                new Contestant("f-DPO (JS)", "fdpo", Map.of("beta", lambda, "divergence", "js")),
                one("TYPO", "typo", "lambda", lambda));
    }

    private static Contestant one(String name, String objective, String param, String value) {
        return new Contestant(name, objective, Map.of(param, value));
    }

    private static Contestant pmpo(String name, String alpha, String beta) {
        return new Contestant(name, "pmpo", Map.of("alpha", alpha, "beta", beta));
    }

    private static Contestant mcpo(String sampler) {
        return new Contestant("MC-PO, " + sampler, "mcpo", Map.of("sampler", sampler, "beta", "1"));
    }

    @Override
    public String toString() {
        return name;
    }
}
