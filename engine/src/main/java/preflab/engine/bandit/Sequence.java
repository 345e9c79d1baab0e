package preflab.engine.bandit;

import java.util.List;

/** A response: the actions taken on the way through the nodes. */
public record Sequence(List<Token> tokens) {

    /**
     * One action at one node.
     *
     * @param right
     *            the token's label, for objectives on steps
     */
    public record Token(int node, int action, boolean right) {
    }

    public Sequence {
        tokens = List.copyOf(tokens);
    }

    /** A response of one token without a label. */
    public static Sequence of(int node, int action) {
        return new Sequence(List.of(new Token(node, action, false)));
    }
}
