package preflab.datasets.importer;

import java.util.List;

import preflab.datasets.example.Content;
import preflab.datasets.example.Message;
import preflab.datasets.example.Paired;

/**
 * Two whole conversations as a pair: their common first turns are the prompt, cut back until both sides go on with a
 * turn of the model. A pair whose sides part before the last turn is taken, with a note.
 */
final class Conversations {

    private Conversations() {
    }

    static Paired pair(Row row, Side better, Side worse) {
        List<Message> chosen = better.messages();
        List<Message> rejected = worse.messages();
        Pairs.refuseEqual(better, worse, chosen.equals(rejected));
        int common = common(chosen, rejected);
        if (common == 0) {
            throw new BadRow(better.column(),
                    "and " + worse.column() + " share no first turns that could be the prompt");
        }
        List<Message> chosenTurns = chosen.subList(common, chosen.size());
        List<Message> rejectedTurns = rejected.subList(common, rejected.size());
        if (chosenTurns.size() > 1 || rejectedTurns.size() > 1) {
            row.note(better.column(), "the two sides part before their last turn: the answers have "
                    + chosenTurns.size() + " and " + rejectedTurns.size() + " turns");
        }
        return Pairs.of(row, Content.of(chosen.subList(0, common)), new Side(better.column(), Content.of(chosenTurns)),
                new Side(worse.column(), Content.of(rejectedTurns)));
    }

    /** How many first turns both conversations share, cut back to where both go on with the model. */
    private static int common(List<Message> chosen, List<Message> rejected) {
        int turns = Math.min(chosen.size(), rejected.size());
        int common = 0;
        while (common < turns && chosen.get(common).equals(rejected.get(common))) {
            common++;
        }
        common = Math.min(common, turns - 1);
        while (common > 0 && !(Contents.isModel(chosen.get(common)) && Contents.isModel(rejected.get(common)))) {
            common--;
        }
        return common;
    }
}
