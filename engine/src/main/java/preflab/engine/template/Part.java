package preflab.engine.template;

import java.util.List;

/** A template in its three kinds of pieces, comments left out. */
sealed interface Part {

    /** What is put out as it stands. */
    record Text(String text) implements Part {
    }

    /** What stands between {@code {{} and {@code }}}. */
    record Output(List<Token> tokens) implements Part {
    }

    /** What stands between {@code {%} and {@code %}}; the first token is the tag's name. */
    record Tag(List<Token> tokens) implements Part {

        Token name() {
            return tokens.getFirst();
        }
    }
}
