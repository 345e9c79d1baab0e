package preflab.engine.eval;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import preflab.engine.batch.GroupSizes;
import preflab.engine.batch.ListHead;
import preflab.engine.batch.Sequence;
import preflab.engine.objective.CandidateLists;
import preflab.engine.objective.Group;
import preflab.engine.objective.McPo;
import preflab.engine.objective.PairNumber;
import preflab.engine.objective.Scores;
import preflab.engine.objective.SequenceScores;
import preflab.engine.objective.SideInputs;
import preflab.engine.tensor.Kernels;

/**
 * Lays the K values of a batch's active tokens out as an objective wants them: per group, [n, longest completion], with
 * a mask. Prompts take no place. Recorded on the graph, so that gradients arrive at the K values themselves.
 */
public final class ScoresAssembly {

    private final List<Sequence> sequences;
    private final GroupSizes sizes;
    private final TokenOutputs outputs;
    private final NDManager manager;

    /**
     * For one batch or several one after another.
     *
     * @param sequences
     *            in the order of the outputs
     * @param sizes
     *            of the whole optimizer step
     */
    public ScoresAssembly(List<Sequence> sequences, GroupSizes sizes, TokenOutputs outputs) {
        this.sequences = sequences;
        this.sizes = sizes;
        this.outputs = outputs;
        this.manager = outputs.logProbs().getManager();
    }

    public <S extends Scores> S as(Class<S> type) {
        Map<Group, SequenceScores> groups = new EnumMap<>(Group.class);
        for (Group group : Group.values()) {
            // also a group that has rows only in other parts of the step: its size may be a denominator here
            if (group != Group.KL && sizes.of(group).sequences() > 0) {
                groups.put(group, scores(group));
            }
        }
        if (outputs.vocabularyKl().isPresent()) {
            groups.put(Group.KL, scores(Group.KL));
        }
        return Scores.assemble(type, groups, scores(Group.MISMATCHED),
                new SideInputs(pairNumbers(), lists()));
    }

    /** The number of every pair, under every name: the objective asks for the one that was collated. */
    private Map<PairNumber, NDArray> pairNumbers() {
        double[] numbers = sequences.stream().filter(s -> s.group() == Group.CHOSEN).mapToDouble(Sequence::number)
                .toArray();
        if (Arrays.stream(numbers).anyMatch(Double::isNaN)) {
            return Map.of();
        }
        NDArray array = manager.create(numbers).toType(outputs.logProbs().getDataType(), false);
        Map<PairNumber, NDArray> named = new EnumMap<>(PairNumber.class);
        for (PairNumber number : PairNumber.values()) {
            named.put(number, array);
        }
        return named;
    }

    private CandidateLists lists() {
        List<ListHead> heads = sequences.stream().flatMap(s -> s.head().stream()).toList();
        CandidateLists plain = CandidateLists.of(heads.stream().map(ListHead::candidates).toList());
        double[] rewards = sequences.stream().filter(s -> s.group() == Group.CANDIDATES)
                .mapToDouble(Sequence::number).toArray();
        List<int[]> selected = heads.stream().filter(ListHead::selected).map(ScoresAssembly::selected).toList();
        List<double[]> uniforms = heads.stream().filter(head -> !head.uniforms().isEmpty())
                .map(head -> head.uniforms().stream().mapToDouble(Double::doubleValue).toArray()).toList();
        return new CandidateLists(plain.counts(), rewards.length == 0 ? List.of() : plain.split(rewards), selected,
                uniforms, sizes.lists());
    }

    /** All that are left after a selection. */
    private static int[] selected(ListHead head) {
        return IntStream.range(head.preferredSelected() ? McPo.PREFERRED : 0, head.candidates()).toArray();
    }

    /** One group; an absent one has no rows but every kind of value. */
    private SequenceScores scores(Group group) {
        Layout layout = new Layout(sequences, group);
        NDArray index = manager.create(layout.index, new Shape(layout.index.length));
        SequenceScores.Builder builder = SequenceScores.builder(spread(outputs.logProbs(), index, layout),
                booleans(layout.mask, layout));
        outputs.references().forEach((role, values) -> builder.reference(role, spread(values, index, layout)));
        outputs.valueLogits().ifPresent(values -> builder.valueLogits(spread(values, index, layout)));
        outputs.vocabularyKl().ifPresent(values -> builder.vocabularyKl(spread(values, index, layout)));
        GroupSizes.Size size = sizes.of(group);
        return builder.labels(booleans(layout.labels, layout))
                .steps(manager.create(layout.steps, layout.shape()))
                .answerLabels(booleans(layout.answers, new Shape(layout.rows)))
                .group(size.sequences(), (double) size.tokens()).build();
    }

    private static NDArray spread(NDArray values, NDArray index, Layout layout) {
        return Kernels.indexSelect(values, index).reshape(layout.shape());
    }

    private NDArray booleans(byte[] values, Layout layout) {
        return booleans(values, layout.shape());
    }

    private NDArray booleans(byte[] values, Shape shape) {
        return manager.create(ByteBuffer.wrap(values), shape, DataType.BOOLEAN);
    }

    /** The plain arithmetic of one group's layout. */
    private static final class Layout {
        final int rows;
        final int width;
        final long[] index; // into the K values; masked places point at 0
        final byte[] mask;
        final byte[] labels;
        final long[] steps;
        final byte[] answers;

        Layout(List<Sequence> all, Group group) {
            List<Sequence> members = all.stream().filter(s -> belongs(s, group)).toList();
            rows = members.size();
            width = members.stream().mapToInt(Sequence::activeTokens).max().orElse(1);
            index = new long[rows * width];
            mask = new byte[rows * width];
            labels = new byte[rows * width];
            steps = new long[rows * width];
            answers = new byte[rows];
            int row = 0;
            int start = 0;
            for (Sequence sequence : all) {
                if (belongs(sequence, group)) {
                    fill(row++, start, sequence);
                }
                start += sequence.activeTokens();
            }
        }

        private static boolean belongs(Sequence sequence, Group group) {
            return sequence.group() == group || (group == Group.KL && sequence.group() != Group.MISMATCHED);
        }

        private void fill(int row, int start, Sequence sequence) {
            answers[row] = bit(sequence.answerLabel());
            for (int token = 0; token < sequence.activeTokens(); token++) {
                int place = row * width + token;
                index[place] = (long) start + token;
                mask[place] = 1;
                labels[place] = bit(sequence.label(token));
                steps[place] = sequence.step(token);
            }
        }

        private static byte bit(boolean value) {
            return (byte) (value ? 1 : 0);
        }

        Shape shape() {
            return new Shape(rows, width);
        }
    }
}
