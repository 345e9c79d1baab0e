package preflab.projects.diagnose;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import preflab.engine.metric.Metrics;
import preflab.engine.train.Sample;

/** What the answers themselves say. */
final class TextTrouble {

    private static final int LEAST_ANSWERS = 4;
    private static final double LONGER = 1.5;
    /** A displaced policy's perplexity grows severalfold, a broken one's by orders of magnitude. */
    private static final double LOST = 10;
    private static final int GRAM = 8;
    private static final int LEAST_LETTERS = 20;

    private TextTrouble() {
    }

    /**
     * Different prompts get the same answer, or none, or one that goes round in circles, or the policy finds text that it
     * used to expect unlikely.
     */
    static Optional<Finding> collapse(Trace trace) {
        List<String> signs = Stream.of(alike(trace), circling(trace), unlikely(trace)).flatMap(Optional::stream)
                .toList();
        return signs.isEmpty()
                ? Optional.empty()
                : Optional.of(Finding.warning("collapse", "The answers collapsed", String.join(" ", signs),
                        "The policy lost its language: lower the learning rate, hold it nearer the reference (beta, a"
                                + " KL term), or add accepted answers; losses that only push down (ga, pmpo with"
                                + " alpha = 0) end here unless their KL is strong.",
                        "eval/perplexity", "eval/entropy", "eval/accuracy"));
    }

    private static Optional<String> alike(Trace trace) {
        double now = 1 - distinct(trace.last());
        double before = 1 - distinct(trace.first());
        return trace.last().size() >= LEAST_ANSWERS && now > 0.5 && now > before + 0.3
                ? Optional.of(Diagnosis.percent(now) + " of the held-out answers repeat another prompt's answer ("
                        + Diagnosis.percent(before) + " before training).")
                : Optional.empty();
    }

    private static Optional<String> circling(Trace trace) {
        double now = circling(trace.last());
        double before = circling(trace.first());
        return trace.last().size() >= LEAST_ANSWERS && now > 0.5 && now > before + 0.3
                ? Optional.of(Diagnosis.percent(now) + " of the held-out answers go round in circles ("
                        + Diagnosis.percent(before) + " before training).")
                : Optional.empty();
    }

    private static Optional<String> unlikely(Trace trace) {
        return Drift.of(trace.of(Metrics.EVAL_PERPLEXITY)).filter(drift -> drift.to() > LOST * drift.from())
                .map(drift -> "Perplexity of preferred held-out answers: " + Diagnosis.figure(drift.from()) + " to "
                        + Diagnosis.figure(drift.to()) + " (eval/perplexity).");
    }

    /** Share of different answers; answers to one prompt alone always differ. */
    private static double distinct(List<Sample> samples) {
        return samples.isEmpty()
                ? 1
                : (double) samples.stream().map(sample -> sample.completion().strip()).distinct().count()
                        / samples.stream().map(Sample::prompt).distinct().count();
    }

    /** Share of answers of some length in which most runs of eight letters occurred before. */
    private static double circling(List<Sample> samples) {
        List<String> texts = samples.stream().map(Sample::completion).toList();
        return texts.isEmpty() ? 0 : (double) texts.stream().filter(TextTrouble::circles).count() / texts.size();
    }

    private static boolean circles(String text) {
        if (text.length() < LEAST_LETTERS) {
            return false;
        }
        Set<String> seen = new HashSet<>();
        int grams = text.length() - GRAM + 1;
        for (int i = 0; i < grams; i++) {
            seen.add(text.substring(i, i + GRAM));
        }
        return seen.size() < grams / 2;
    }

    static boolean seesAnswers(Trace trace) {
        return trace.first().size() >= LEAST_ANSWERS && trace.last().size() >= LEAST_ANSWERS;
    }

    /** Answers grew or shrank by half. */
    static Optional<Finding> lengthDrift(Trace trace) {
        if (!seesAnswers(trace)) {
            return Optional.empty();
        }
        double before = letters(trace.first());
        double after = letters(trace.last());
        boolean longer = after > LONGER * Math.max(1, before);
        if (!longer && after >= before / LONGER) {
            return Optional.empty();
        }
        return Optional.of(Finding.note("length-drift", longer ? "Answers grew longer" : "Answers grew shorter",
                "Held-out answers have " + Diagnosis.figure(after) + " characters on average, "
                        + Diagnosis.figure(before) + " before training.",
                longer
                        ? "Sums over tokens reward length: try simpo or ipo with length normalisation, or rdpo_length; check"
                                + " whether chosen answers are longer than rejected ones in the data."
                        : "Rejected answers may be the longer ones, or the end token became too likely: look at"
                                + " samples and at the lengths in the data.",
                "eval/accuracy"));
    }

    private static double letters(List<Sample> samples) {
        return samples.stream().mapToInt(sample -> sample.completion().length()).average().orElse(0);
    }
}
