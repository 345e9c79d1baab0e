package preflab.datasets.label;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** The order of rows, with the repeated ones between them. A pure function of spec, size and suggestions. */
final class LabelQueue {

    /** A repeated row comes at least so many places after its first showing, or at the end. */
    private static final int REPEAT_AFTER = 20;

    private LabelQueue() {
    }

    static List<Item> of(SessionSpec spec, int rows, Map<Integer, Double> uncertainty) {
        List<Integer> order = new ArrayList<>(rows);
        for (int row = 0; row < rows; row++) {
            order.add(row);
        }
        switch (spec.order()) {
            case AS_STORED -> {
                // as it is
            }
            case SHUFFLED -> Collections.shuffle(order, new Random(spec.seed()));
            case UNCERTAIN_FIRST -> order
                    .sort(Comparator.comparingDouble(row -> -uncertainty.getOrDefault(row, -1.0)));
        }
        return withRepeats(spec, order);
    }

    private static List<Item> withRepeats(SessionSpec spec, List<Integer> order) {
        List<Item> queue = new ArrayList<>(order.size());
        TreeMap<Integer, List<Item>> due = new TreeMap<>();
        for (int i = 0; i < order.size(); i++) {
            int row = order.get(i);
            queue.add(Item.of(row));
            SplittableRandom dice = dice(spec, row, "repeat");
            if (dice.nextDouble() < spec.repeatedShare()) {
                due.computeIfAbsent(i + REPEAT_AFTER + dice.nextInt(REPEAT_AFTER), _ -> new ArrayList<>())
                        .add(new Item(row, 1));
            }
            List<Item> now = due.remove(i);
            if (now != null) {
                queue.addAll(now);
            }
        }
        due.values().forEach(queue::addAll);
        return List.copyOf(queue);
    }

    /** Whether the second answer of the data is shown as A; a coin for each annotator and item. */
    static boolean swapped(SessionSpec spec, Item item) {
        return spec.task() == LabelTask.PAIRS && dice(spec, item.row(), "side" + item.pass()).nextBoolean();
    }

    private static SplittableRandom dice(SessionSpec spec, int row, String purpose) {
        long mixed = spec.seed() * 0x9E3779B97F4A7C15L + spec.author().name().hashCode();
        return new SplittableRandom((mixed * 31 + purpose.hashCode()) * 0xBF58476D1CE4E5B9L + row).split();
    }
}
