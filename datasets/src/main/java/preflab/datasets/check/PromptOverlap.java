package preflab.datasets.check;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import preflab.datasets.example.ExampleView;

/**
 * Rows of a held-out view whose prompt also stands in the training view: what is measured on them is no generalisation.
 * Prompts count as equal when their words are, whatever their capitals and white space.
 *
 * @param rows
 *            positions in the held-out view, rising
 * @param heldOut
 *            how many rows the held-out view has
 */
public record PromptOverlap(List<Integer> rows, int heldOut) {

    public PromptOverlap {
        rows = List.copyOf(rows);
    }

    /** Looks up every prompt of the held-out view in the training view. */
    public static PromptOverlap between(ExampleView training, ExampleView heldOut) {
        Set<Fingerprint> known = new HashSet<>();
        for (int i = 0; i < training.size(); i++) {
            known.add(Fingerprint.ofPrompt(training.get(i)));
        }
        List<Integer> rows = new ArrayList<>();
        for (int i = 0; i < heldOut.size(); i++) {
            if (known.contains(Fingerprint.ofPrompt(heldOut.get(i)))) {
                rows.add(i);
            }
        }
        return new PromptOverlap(rows, heldOut.size());
    }

    /** Leaked part of the held-out rows, in [0, 1]. */
    public double share() {
        return heldOut == 0 ? 0 : (double) rows.size() / heldOut;
    }
}
