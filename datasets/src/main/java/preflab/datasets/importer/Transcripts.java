package preflab.datasets.importer;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import preflab.datasets.example.Message;

/** HH-RLHF transcripts: turns in one string, each begun by a blank line and who speaks. */
final class Transcripts {

    private static final String HUMAN = "\n\nHuman:";
    private static final String ASSISTANT = "\n\nAssistant:";
    private static final Pattern SPEAKER = Pattern.compile("\n\n(Human|Assistant):");

    private Transcripts() {
    }

    static boolean looksLikeOne(String text) {
        return text.startsWith(HUMAN) || text.startsWith(ASSISTANT);
    }

    /** The turns; what follows the colon stays as it is, its leading space included. */
    static List<Message> turns(String transcript, String column) {
        if (!looksLikeOne(transcript)) {
            throw new BadRow(column, "does not begin with a blank line and 'Human:' or 'Assistant:'");
        }
        List<Message> turns = new ArrayList<>();
        Matcher speaker = SPEAKER.matcher(transcript);
        boolean more = speaker.find();
        while (more) {
            String role = speaker.group(1).equals("Human") ? Contents.USER : Contents.ASSISTANT;
            int start = speaker.end();
            more = speaker.find();
            turns.add(new Message(role, transcript.substring(start, more ? speaker.start() : transcript.length())));
        }
        return turns;
    }
}
