package preflab.projects.score;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import preflab.engine.eval.StepReading;
import preflab.engine.train.RunSpec;
import preflab.engine.train.SideReading;
import preflab.engine.train.TokenReading;
import preflab.projects.run.Suggesting;

/**
 * What a run thinks of one step of an answer; see {@link preflab.engine.eval.RowJudge}. NaN where the run cannot say.
 *
 * @param step
 *            from 0
 * @param from
 *            where it begins in the answer's text
 * @param to
 *            where it ends
 * @param logProb
 *            of its tokens together, in nats
 * @param reward
 *            β Σ_t r_t over its tokens
 * @param value
 *            the value head's g at its last token, in [0, 1]
 * @param posterior
 *            PIPA's probability that it is right, in [0, 1]
 */
public record StepValue(int step, int from, int to, double logProb, double reward, double value, double posterior) {

    /** The steps of an answer in order, one for an answer without steps. */
    public static List<StepValue> of(SideReading side, RunSpec spec) {
        List<TokenReading> tokens = side.tokens();
        if (tokens.isEmpty()) {
            return List.of();
        }
        double beta = Suggesting.beta(spec);
        double[] values = tokens.stream().mapToDouble(TokenReading::valueLogit).toArray();
        double[] ratios = tokens.stream().mapToDouble(t -> (double) t.logProb() - t.reference()).toArray();
        double[] rewards = scores(StepReading.MARGIN, tokens, values,
                IntStream.range(0, ratios.length).mapToDouble(i -> beta * ratios[i]).toArray());
        double[] ends = scores(StepReading.VALUE, tokens, values, ratios);
        StepReading reading = Suggesting.posterior(spec);
        double[] posteriors = scores(reading, tokens, values, ratios);
        List<StepValue> steps = new ArrayList<>();
        for (int step = 0; step < rewards.length - 1; step++) {
            int number = step;
            List<TokenReading> own = tokens.stream().filter(token -> token.step() == number).toList();
            if (!own.isEmpty()) {
                steps.add(new StepValue(step, own.getFirst().from(), own.getLast().to(),
                        own.stream().mapToDouble(TokenReading::logProb).sum(), rewards[step],
                        StepReading.VALUE.probability(ends[step]), reading.probability(posteriors[step])));
            }
        }
        return steps;
    }

    private static double[] scores(StepReading reading, List<TokenReading> tokens, double[] values,
            double[] ratios) {
        return reading.scores(token -> tokens.get(token).step(), values, ratios);
    }
}
