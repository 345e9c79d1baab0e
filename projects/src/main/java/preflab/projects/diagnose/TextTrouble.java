package preflab.projects.diagnose;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import preflab.engine.train.Sample;

/** What the answers themselves say. */
final class TextTrouble {

    private static final int LEAST_ANSWERS = 4;
    private static final double LONGER = 1.5;
    private static final int GRAM = 8;
    private static final int LEAST_LETTERS = 40;

    private TextTrouble() {
    }

    /** Different prompts get the same answer, or none, or one that goes round in circles. */
    static Optional<Finding> collapse(Trace trace) {
        if (trace.last().size() < LEAST_ANSWERS) {
            return Optional.empty();
        }
        double same = 1 - distinct(trace.last());
        double sameBefore = 1 - distinct(trace.first());
        double circles = circling(trace.last());
        double circlesBefore = circling(trace.first());
        boolean alike = same > 0.5 && same > sameBefore + 0.3;
        boolean circling = circles > 0.5 && circles > circlesBefore + 0.3;
        if (!alike && !circling) {
            return Optional.empty();
        }
        String evidence = alike
                ? Diagnosis.percent(same) + " of the held-out answers repeat another prompt's answer ("
                        + Diagnosis.percent(sameBefore) + " before training)."
                : Diagnosis.percent(circles) + " of the held-out answers go round in circles ("
                        + Diagnosis.percent(circlesBefore) + " before training).";
        return Optional.of(Finding.warning("collapse", "The answers collapsed", evidence,
                "The policy lost its language: lower the learning rate, hold it nearer the reference (beta, a KL term),"
                        + " or add accepted answers; losses that only push down (ga, pmpo with alpha = 0) end here"
                        + " unless their KL is strong."));
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

    /** Answers grew or shrank by half. */
    static Optional<Finding> lengthDrift(Trace trace) {
        if (trace.first().size() < LEAST_ANSWERS || trace.last().size() < LEAST_ANSWERS) {
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
                                + " samples and at the lengths in the data."));
    }

    private static double letters(List<Sample> samples) {
        return samples.stream().mapToInt(sample -> sample.completion().length()).average().orElse(0);
    }
}
