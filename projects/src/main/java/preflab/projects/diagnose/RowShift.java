package preflab.projects.diagnose;

/**
 * How far training moved the answers of a row.
 *
 * @param row
 *            counted from 0
 * @param chosen
 *            change of log π of its chosen or accepted completion since the reference, nats; NaN where it has none
 * @param rejected
 *            the same of its rejected completion
 * @param similarity
 *            of the two sides: 2·(longest common subsequence of their tokens) ÷ (tokens of both), in [0, 1]; NaN where
 *            there are not two
 */
record RowShift(int row, double chosen, double rejected, double similarity) {

    boolean isPair() {
        return !Double.isNaN(chosen) && !Double.isNaN(rejected);
    }
}
