package preflab.engine.objective.formula;

import java.util.List;

/** A part of a formula. */
sealed interface Node {

    /** A written number. */
    record Constant(double value) implements Node {
    }

    /** A name that stands for numbers or for one number. */
    record Name(String name) implements Node {
    }

    /** −x. */
    record Minus(Node of) implements Node {
    }

    /** Two parts joined by one of {@code + - * / ^}. */
    record Binary(char operator, Node left, Node right) implements Node {
    }

    /** A function of one or two parts. */
    record Call(Function function, List<Node> arguments) implements Node {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }
}
