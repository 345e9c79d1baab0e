package preflab.datasets.importer;

import java.util.List;

import preflab.datasets.example.Content;
import preflab.datasets.example.Message;
import preflab.datasets.example.Paired;

/**
 * Two whole conversations as a pair: their common first turns are the prompt, cut back until both sides go on with a
 * turn of the model.
 */
final class Conversations {

    private Conversations() {
    }

    /** How many first turns both conversations share, cut back to where both go on with the model. */
    static int common(List<Message> chosen, List<Message> rejected) {
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

    static Paired pair(Row row, List<Message> chosen, List<Message> rejected) {
        Pairs.refuseEqual(row, chosen.equals(rejected));
        int common = common(chosen, rejected);
        if (common == 0) {
            throw new BadRow(row.column(Field.CHOSEN),
                    "and " + row.column(Field.REJECTED) + " share no first turns that could be the prompt");
        }
        List<Message> better = chosen.subList(common, chosen.size());
        List<Message> worse = rejected.subList(common, rejected.size());
        if (better.size() > 1 || worse.size() > 1) {
            row.note(Field.CHOSEN, "the two sides part before their last turn: the answers have " + better.size()
                    + " and " + worse.size() + " turns");
        }
        return Pairs.of(row, Content.of(chosen.subList(0, common)), Content.of(better), Content.of(worse));
    }
}
