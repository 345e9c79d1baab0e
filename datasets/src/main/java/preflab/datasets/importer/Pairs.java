package preflab.datasets.importer;

import preflab.datasets.example.Content;
import preflab.datasets.example.Paired;

/** What every pair must be: two different answers, each fit to be one, in the same form as the prompt. */
final class Pairs {

    private Pairs() {
    }

    static Paired of(Row row, Content prompt, Content chosen, Content rejected) {
        Contents.checkAnswer(chosen, row.column(Field.CHOSEN));
        Contents.checkAnswer(rejected, row.column(Field.REJECTED));
        boolean chat = Contents.isChat(prompt) || Contents.isChat(chosen) || Contents.isChat(rejected);
        Content better = Contents.alike(chosen, chat);
        Content worse = Contents.alike(rejected, chat);
        refuseEqual(row, better.equals(worse));
        Content question = chat ? Content.of(Contents.asMessages(prompt, Contents.USER)) : prompt;
        return new Paired(row.id(), question, better, worse, row.source());
    }

    static void refuseEqual(Row row, boolean equal) {
        if (equal) {
            throw new BadRow(row.column(Field.CHOSEN),
                    "and " + row.column(Field.REJECTED) + " are equal: such a pair says nothing");
        }
    }
}
