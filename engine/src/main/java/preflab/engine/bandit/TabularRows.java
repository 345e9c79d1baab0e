package preflab.engine.bandit;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import preflab.engine.objective.Group;
import preflab.engine.objective.Role;
import preflab.engine.objective.SequenceScores;
import preflab.engine.tensor.Autograd;

/** The rows of one group as arrays, and the way back from their gradient to the table's. */
final class TabularRows {

    private final Group group;
    private final List<Sequence.Token> tokens; // [N·T] by rows
    private final int length; // T
    private final Shape shape; // [N,T]
    private final double[][] logReference; // [nodes][actions]
    private final NDManager manager;
    private final NDArray reference; // [N,T]
    private final NDArray mask; // [N,T]
    private final NDArray labels; // [N,T]
    private final NDArray steps; // [N,T], all tokens are of one step
    private final NDArray answerLabels; // [N]

    TabularRows(Group group, List<Sequence> rows, double[][] logReference, NDManager manager) {
        this.group = group;
        this.tokens = rows.stream().flatMap(row -> row.tokens().stream()).toList();
        this.length = rows.getFirst().tokens().size();
        this.shape = new Shape(rows.size(), length);
        this.logReference = Tables.copy(logReference);
        this.manager = manager;
        this.reference = manager.create(perToken(logReference), shape);
        this.mask = manager.ones(shape).gt(0);
        boolean[] right = new boolean[tokens.size()];
        for (int i = 0; i < right.length; i++) {
            right[i] = tokens.get(i).right();
        }
        this.labels = manager.create(right, shape);
        this.steps = manager.zeros(shape, DataType.INT64);
        boolean[] answers = new boolean[rows.size()];
        for (int i = 0; i < answers.length; i++) {
            answers[i] = rows.get(i).tokens().stream().allMatch(Sequence.Token::right);
        }
        this.answerLabels = manager.create(answers);
    }

    private double[] perToken(double[][] table) {
        return tokens.stream().mapToDouble(token -> table[token.node()][token.action()]).toArray();
    }

    /** The rows at a policy, with leaves; belongs to the scope around this call. */
    Scored score(double[][] logPolicy, double[] valueLogits) {
        NDArray logProbs = manager.create(perToken(logPolicy), shape);
        SequenceScores.Builder builder = SequenceScores.builder(logProbs, mask).reference(Role.REFERENCE, reference)
                .reference(Role.PREVIOUS, reference).reference(Role.NEGATIVE, reference).labels(labels).steps(steps)
                .answerLabels(answerLabels);
        if (group == Group.KL) {
            double[] kl = tokens.stream()
                    .mapToDouble(token -> Tables.kl(logReference[token.node()], logPolicy[token.node()])).toArray();
            NDArray leaf = leaf(kl);
            return new Scored(builder.vocabularyKl(leaf).build(), leaf, Optional.empty());
        }
        logProbs.setRequiresGradient(true);
        if (group != Group.SEQUENCES) {
            return new Scored(builder.build(), logProbs, Optional.empty());
        }
        NDArray values = leaf(tokens.stream().mapToDouble(token -> valueLogits[token.node()]).toArray());
        return new Scored(builder.valueLogits(values).build(), logProbs, Optional.of(values));
    }

    private NDArray leaf(double[] perToken) {
        return Autograd.leaf(manager.create(perToken, shape));
    }

    /** Scores and their leaves. */
    final class Scored {
        private final SequenceScores scores;
        private final NDArray leaf;
        private final Optional<NDArray> values;

        private Scored(SequenceScores scores, NDArray leaf, Optional<NDArray> values) {
            this.scores = scores;
            this.leaf = leaf;
            this.values = values;
        }

        SequenceScores scores() {
            return scores;
        }

        /** Adds each row's gradient, times n·w, where its tokens stand in the table. */
        void addGradient(Map<Group, double[]> shares, double[][] byLogProbs, double[] byValues) {
            double[] share = shares.get(group);
            double[] gradient = gradient(leaf);
            for (int i = 0; i < gradient.length; i++) {
                addTo(byLogProbs, tokens.get(i), gradient[i] * share[i / length] * share.length);
            }
            if (values.isPresent()) {
                double[] byLogits = gradient(values.get());
                for (int i = 0; i < byLogits.length; i++) {
                    byValues[tokens.get(i).node()] += byLogits[i] * share[i / length] * share.length;
                }
            }
        }

        /** Of a leaf that the loss does not see, zeros of another type. */
        private static double[] gradient(NDArray ofLeaf) {
            return ofLeaf.getGradient().toType(DataType.FLOAT64, false).toDoubleArray();
        }

        private void addTo(double[][] byLogProbs, Sequence.Token token, double gradient) {
            if (group != Group.KL) {
                byLogProbs[token.node()][token.action()] += gradient;
                return;
            }
            double[] reference = logReference[token.node()]; // d KL(ref‖π) / d log π = −ref
            for (int a = 0; a < reference.length; a++) {
                byLogProbs[token.node()][a] -= gradient * Math.exp(reference[a]);
            }
        }
    }
}
