package preflab.engine.batch;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import preflab.engine.objective.Group;

/**
 * How many sequences and active tokens each group has over a whole optimizer step: the denominators of a loss, known
 * from the data before any of it is scored.
 */
public final class GroupSizes {

    /** Sequences and active tokens of one group. */
    public record Size(long sequences, long tokens) {
        static final Size NONE = new Size(0, 0);

        Size plus(Size other) {
            return new Size(sequences + other.sequences, tokens + other.tokens);
        }
    }

    private final Map<Group, Size> sizes;
    private final long lists;

    private GroupSizes(Map<Group, Size> sizes, long lists) {
        this.sizes = sizes;
        this.lists = lists;
    }

    public static GroupSizes of(List<Item> items) {
        Map<Group, Size> sizes = new EnumMap<>(Group.class);
        for (Item item : items) {
            for (Sequence sequence : item.sequences()) {
                Size one = new Size(1, sequence.activeTokens());
                sizes.merge(sequence.group(), one, Size::plus);
                if (sequence.group() != Group.MISMATCHED) {
                    sizes.merge(Group.KL, one, Size::plus); // the KL is taken over all prefixes
                }
            }
        }
        return new GroupSizes(sizes, items.stream().flatMap(item -> item.sequences().stream())
                .filter(sequence -> sequence.head().isPresent()).count());
    }

    /** Lists of candidates. */
    public long lists() {
        return lists;
    }

    /** Zero for an absent group. {@link Group#KL} counts all sequences. */
    public Size of(Group group) {
        return sizes.getOrDefault(group, Size.NONE);
    }
}
