package preflab.engine.objective.formula;

import ai.djl.ndarray.NDArray;
import java.util.Map;
import java.util.Set;
import preflab.engine.tensor.Kernels;

/**
 * A formula that was read. It computes with numbers as long as only numbers are met, and with arrays [n] from there on,
 * so that {@code beta*h_w} is one product with a number, as in the objectives written in Java.
 */
public final class LossFormula {

    private final String text;
    private final Node root;
    private final Set<String> names;

    private LossFormula(String text, Node root, Set<String> names) {
        this.text = text;
        this.root = root;
        this.names = names;
    }

    /**
     * Reads a formula.
     *
     * @param known
     *            names it may use
     * @throws FormulaException
     *             where it is none, with the place
     */
    public static LossFormula read(String text, Set<String> known) {
        Parser parser = new Parser(text, known);
        Node root = parser.whole();
        return new LossFormula(text, root, Set.copyOf(parser.used()));
    }

    /** The names that stand in it. */
    public Set<String> names() {
        return names;
    }

    /**
     * The values [n].
     *
     * @param like
     *            gives shape and type where the formula is a mere number
     */
    public NDArray compute(Map<String, NDArray> arrays, Map<String, Double> numbers, NDArray like) {
        return switch (new Computation(arrays, numbers).of(root)) {
            case Value.Many many -> many.array();
            case Value.One one -> like.zerosLike().add(one.number());
        };
    }

    @Override
    public String toString() {
        return text;
    }

    /** A number or an array. */
    private sealed interface Value {
        record One(double number) implements Value {
        }

        record Many(NDArray array) implements Value {
        }
    }

    private record Computation(Map<String, NDArray> arrays, Map<String, Double> numbers) {

        Value of(Node node) {
            return switch (node) {
                case Node.Constant constant -> new Value.One(constant.value());
                case Node.Name name -> arrays.containsKey(name.name())
                        ? new Value.Many(arrays.get(name.name()))
                        : new Value.One(numbers.get(name.name()));
                case Node.Minus minus -> minus(of(minus.of()));
                case Node.Binary binary -> binary(binary.operator(), of(binary.left()), of(binary.right()));
                case Node.Call call -> call(call);
            };
        }

        private static Value minus(Value value) {
            return switch (value) {
                case Value.One one -> new Value.One(-one.number());
                case Value.Many many -> new Value.Many(many.array().neg());
            };
        }

        private static Value binary(char operator, Value left, Value right) {
            return switch (left) {
                case Value.One a when right instanceof Value.One b -> new Value.One(
                        numbers(operator, a.number(), b.number()));
                case Value.One a -> new Value.Many(numberFirst(operator, a.number(), array(right)));
                case Value.Many a when right instanceof Value.One b -> new Value.Many(
                        numberLast(operator, a.array(), b.number()));
                case Value.Many a -> new Value.Many(arrays(operator, a.array(), array(right)));
            };
        }

        private static NDArray array(Value value) {
            return ((Value.Many) value).array();
        }

        private static double numbers(char operator, double a, double b) {
            return switch (operator) {
                case '+' -> a + b;
                case '-' -> a - b;
                case '*' -> a * b;
                case '/' -> a / b;
                default -> Math.pow(a, b);
            };
        }

        private static NDArray numberFirst(char operator, double a, NDArray b) {
            return switch (operator) {
                case '+' -> b.add(a);
                case '-' -> b.neg().add(a);
                case '*' -> Kernels.times(b, a);
                case '/' -> Kernels.times(Kernels.power(b, -1), a);
                default -> Kernels.times(b, Math.log(a)).exp();
            };
        }

        private static NDArray numberLast(char operator, NDArray a, double b) {
            return switch (operator) {
                case '+' -> a.add(b);
                case '-' -> a.sub(b);
                case '*' -> Kernels.times(a, b);
                case '/' -> Kernels.dividedBy(a, b);
                default -> Kernels.power(a, b);
            };
        }

        private static NDArray arrays(char operator, NDArray a, NDArray b) {
            return switch (operator) {
                case '+' -> a.add(b);
                case '-' -> a.sub(b);
                case '*' -> a.mul(b);
                case '/' -> a.div(b);
                default -> a.log().mul(b).exp();
            };
        }

        private Value call(Node.Call call) {
            Value first = of(call.arguments().getFirst());
            if (call.function().arguments() == 2) {
                return larger(call.function() == Function.MAX, first, of(call.arguments().getLast()));
            }
            return switch (first) {
                case Value.One one -> new Value.One(number(call.function(), one.number()));
                case Value.Many many -> new Value.Many(array(call.function(), many.array()));
            };
        }

        private static double number(Function function, double x) {
            return switch (function) {
                case LS -> -softplus(-x);
                case SIGMOID -> 1 / (1 + Math.exp(-x));
                case SOFTPLUS -> softplus(x);
                case EXP -> Math.exp(x);
                case LOG -> Math.log(x);
                case TANH -> Math.tanh(x);
                case ABS -> Math.abs(x);
                case SQUARE -> x * x;
                case RELU -> Math.max(0, x);
                case SG, MIN, MAX -> x;
            };
        }

        private static double softplus(double x) {
            return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
        }

        private static NDArray array(Function function, NDArray x) {
            return switch (function) {
                case LS -> Kernels.logSigmoid(x);
                case SIGMOID -> Kernels.sigmoid(x);
                case SOFTPLUS -> Kernels.logSigmoid(x.neg()).neg();
                case EXP -> x.exp();
                case LOG -> x.log();
                case TANH -> x.tanh();
                case ABS -> x.abs();
                case SQUARE -> x.mul(x);
                case RELU -> Kernels.select(x.gt(0), x, x.zerosLike());
                case SG -> x.stopGradient();
                case MIN, MAX -> x;
            };
        }

        private static Value larger(boolean max, Value a, Value b) {
            if (a instanceof Value.One one && b instanceof Value.One other) {
                return new Value.One(
                        max ? Math.max(one.number(), other.number()) : Math.min(one.number(), other.number()));
            }
            NDArray left = spread(a, b);
            NDArray right = spread(b, a);
            return new Value.Many(Kernels.select(max ? left.gt(right) : left.lt(right), left, right));
        }

        private static NDArray spread(Value value, Value other) {
            return switch (value) {
                case Value.Many many -> many.array();
                case Value.One one -> array(other).zerosLike().add(one.number());
            };
        }
    }
}
