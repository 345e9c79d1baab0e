package preflab.datasets.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The {@code tokenizer.json} of a character-level vocabulary: {@code <unk>}, {@code <s>}, {@code </s>}, the line break
 * and the printable ASCII characters, 99 entries in all. Texts are preceded by {@code <s>}.
 */
public final class CharTokenizer {

    public static final int UNKNOWN = 0;
    public static final int BOS = 1;
    public static final int EOS = 2;

    private static final List<String> VOCABULARY = vocabulary();

    private CharTokenizer() {
    }

    public static int vocabularySize() {
        return VOCABULARY.size();
    }

    private static List<String> vocabulary() {
        List<String> entries = new ArrayList<>(List.of("<unk>", "<s>", "</s>", "\n"));
        for (char c = ' '; c <= '~'; c++) {
            entries.add(String.valueOf(c));
        }
        return List.copyOf(entries);
    }

    /** The file's content, in the layout of the Hugging Face tokenizers library. */
    public static String json() {
        StringBuilder vocabulary = new StringBuilder();
        for (int id = 0; id < VOCABULARY.size(); id++) {
            vocabulary.append(id == 0 ? "" : ",\n      ").append(quoted(VOCABULARY.get(id))).append(": ").append(id);
        }
        return String.format(Locale.ROOT,
                """
                        {
                          "version": "1.0",
                          "truncation": null,
                          "padding": null,
                          "added_tokens": [
                            %s,
                            %s,
                            %s
                          ],
                          "normalizer": null,
                          "pre_tokenizer": {"type": "Split", "pattern": {"Regex": "[\\\\s\\\\S]"}, "behavior": "Isolated", "invert": false},
                          "post_processor": {
                            "type": "TemplateProcessing",
                            "single": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}],
                            "pair": [{"SpecialToken": {"id": "<s>", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 0}}],
                            "special_tokens": {"<s>": {"id": "<s>", "ids": [1], "tokens": ["<s>"]}}
                          },
                          "decoder": {"type": "Fuse"},
                          "model": {"type": "WordLevel", "unk_token": "<unk>", "vocab": {
                              %s
                          }}
                        }
                        """,
                special(UNKNOWN), special(BOS), special(EOS), vocabulary);
    }

    private static String special(int id) {
        return "{\"id\": " + id + ", \"content\": \"" + VOCABULARY.get(id) + "\", \"single_word\": false,"
                + " \"lstrip\": false, \"rstrip\": false, \"normalized\": false, \"special\": true}";
    }

    private static String quoted(String entry) {
        return "\"" + entry.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n") + "\"";
    }
}
