package preflab.datasets.importer;

import preflab.datasets.example.Content;
import preflab.datasets.example.Paired;

/** What every pair must be: two different answers, each fit to be one, in the same form as the prompt. */
final class Pairs {

    private Pairs() {
    }

    static Paired of(Row row, Content prompt, Side better, Side worse) {
        Contents.checkAnswer(better.content(), better.column());
        Contents.checkAnswer(worse.content(), worse.column());
        boolean chat = Contents.isChat(prompt) || Contents.isChat(better.content()) || Contents.isChat(worse.content());
        Content chosen = Contents.alike(better.content(), chat);
        Content rejected = Contents.alike(worse.content(), chat);
        refuseEqual(better, worse, chosen.equals(rejected));
        Content question = chat ? Content.of(Contents.asMessages(prompt, Contents.USER)) : prompt;
        return new Paired(row.id(), question, chosen, rejected, row.source());
    }

    static void refuseEqual(Side better, Side worse, boolean equal) {
        if (equal) {
            throw new BadRow(better.column(), "and " + worse.column() + " are equal: such a pair says nothing");
        }
    }
}
