package preflab.app.models;

import java.util.List;

/**
 * A text with how likely its model finds it.
 *
 * @param model
 *            the title of the model
 * @param pieces
 *            what each token adds to the text
 * @param logProbs
 *            of each token, natural logarithm
 */
record Scored(String model, String text, List<String> pieces, List<Double> logProbs) {

    double sum() {
        return logProbs.stream().mapToDouble(Double::doubleValue).sum();
    }

    /** exp of the mean surprise; NaN without tokens. */
    double perplexity() {
        return Math.exp(-sum() / logProbs.size());
    }
}
