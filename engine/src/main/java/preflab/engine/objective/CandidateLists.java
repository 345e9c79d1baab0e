package preflab.engine.objective;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import preflab.engine.tensor.Kernels;

/**
 * Which of M sequences are the candidates of which of N prompts, and what is known about them. Lists may differ in
 * length; K is the longest. The sequences stand in the order of the lists.
 *
 * @param counts
 *            candidates of each prompt
 * @param rewards
 *            [N][K_i], a reward of each candidate; empty if there are none
 * @param selected
 *            [N][M_i], candidates already chosen as negatives, in order; empty if nobody chose
 * @param uniforms
 *            [N][1 + K_i], numbers in (0, 1) for a sampler to use, the first for the preferred completion; empty if none
 *            were drawn. Drawn by the caller, so that the same step always samples the same
 * @param groupSize
 *            prompts in the whole optimizer step
 */
public record CandidateLists(List<Integer> counts, List<double[]> rewards, List<int[]> selected,
        List<double[]> uniforms, long groupSize) {

    public CandidateLists {
        counts = List.copyOf(counts);
        rewards = List.copyOf(rewards);
        selected = List.copyOf(selected);
        uniforms = List.copyOf(uniforms);
    }

    /** No prompts at all. */
    public static final CandidateLists NONE = of(List.of());

    /** Candidates of which nothing more is known. */
    public static CandidateLists of(List<Integer> counts) {
        return new CandidateLists(counts, List.of(), List.of(), List.of(), counts.size());
    }

    /** One list as a part of these. */
    public CandidateLists only(int i) {
        return new CandidateLists(counts.subList(i, i + 1), of(rewards, i), of(selected, i), of(uniforms, i),
                groupSize);
    }

    private static <T> List<T> of(List<T> all, int i) {
        return all.isEmpty() ? List.of() : all.subList(i, i + 1);
    }

    /** N. */
    public int size() {
        return counts.size();
    }

    /** K, at least 1. */
    public int longest() {
        return Math.max(1, counts.stream().mapToInt(Integer::intValue).max().orElse(1));
    }

    /** The list's mean of per-prompt values [N], a scalar; 0 without prompts. */
    NDArray mean(NDArray perPrompt) {
        return size() == 0 ? perPrompt.sum() : Kernels.dividedBy(perPrompt.sum(), (double) groupSize);
    }

    /** Values of the sequences [M] as lists [N,K], with this filler where a list is shorter. */
    NDArray lists(NDArray perSequence, double filler) {
        if (perSequence.isEmpty()) {
            return perSequence.getManager().zeros(new Shape(size(), longest()), perSequence.getDataType()).add(filler);
        }
        NDManager manager = perSequence.getManager();
        NDArray index = manager.create(index(), new Shape((long) size() * longest()));
        NDArray values = Kernels.indexSelect(perSequence, index).reshape(size(), longest());
        return Kernels.select(present(manager), values, Kernels.times(values.onesLike(), filler));
    }

    /** Where the lists [N,K] have candidates; boolean. */
    NDArray present(NDManager manager) {
        boolean[] present = new boolean[size() * longest()];
        for (int i = 0; i < size(); i++) {
            Arrays.fill(present, i * longest(), i * longest() + counts.get(i), true);
        }
        return manager.create(present, new Shape(size(), longest()));
    }

    /** Given numbers [N][K_i] as an array [N,K], 0 where a list is shorter. */
    NDArray padded(List<double[]> lists, NDManager manager, DataType type) {
        double[] values = new double[size() * longest()];
        for (int i = 0; i < size(); i++) {
            System.arraycopy(lists.get(i), 0, values, i * longest(), counts.get(i));
        }
        return manager.create(values, new Shape(size(), longest())).toType(type, false);
    }

    /** Sequence numbers [N·K]; 0 where a list is shorter. */
    private long[] index() {
        long[] index = new long[size() * longest()];
        int next = 0;
        for (int i = 0; i < size(); i++) {
            for (int k = 0; k < counts.get(i); k++) {
                index[i * longest() + k] = next++;
            }
        }
        return index;
    }

    /** Per-sequence values [M] of the host as lists [N][K_i]. */
    public List<double[]> split(double[] perSequence) {
        double[][] lists = new double[size()][];
        int start = 0;
        for (int i = 0; i < size(); i++) {
            lists[i] = Arrays.copyOfRange(perSequence, start, start + counts.get(i));
            start += counts.get(i);
        }
        return List.of(lists);
    }

    /** The rewards, if every list has them. */
    Optional<List<double[]>> optionalRewards() {
        return rewards.isEmpty() && size() > 0 ? Optional.empty() : Optional.of(rewards);
    }
}
