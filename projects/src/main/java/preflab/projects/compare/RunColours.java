package preflab.projects.compare;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import preflab.projects.chart.Palette;

/**
 * Which colour a run has: the one of its number, the same in every window, chart and report; of runs that would share
 * one, those that come later take the first that is free.
 */
public final class RunColours {

    private static final int COLOURS = Palette.LIGHT.lines().size();

    private RunColours() {
    }

    /** Places in the palette, in the order of the runs. */
    public static List<Integer> of(List<Integer> runs) {
        Map<Integer, Integer> slots = of(runs, Map.of());
        return runs.stream().map(slots::get).toList();
    }

    /**
     * Places in the palette by run.
     *
     * @param runs
     *            numbers, each of which gets one
     * @param before
     *            what runs had; who had one keeps it, unless an earlier one had the same
     */
    public static Map<Integer, Integer> of(List<Integer> runs, Map<Integer, Integer> before) {
        Map<Integer, Integer> slots = new HashMap<>();
        BitSet taken = new BitSet();
        runs.stream().filter(before::containsKey).forEach(run -> give(run, before.get(run), taken, slots));
        runs.stream().filter(run -> !before.containsKey(run))
                .forEach(run -> give(run, Math.floorMod(run - 1, COLOURS), taken, slots));
        return slots;
    }

    private static void give(int run, int wished, BitSet taken, Map<Integer, Integer> slots) {
        int slot = taken.get(wished) ? taken.nextClearBit(0) : wished;
        taken.set(slot);
        slots.put(run, slot);
    }
}
