package preflab.engine.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Something with a value. */
@FunctionalInterface
interface Expression {

    Object value(Scope scope);

    default boolean holds(Scope scope) {
        return Values.truth(value(scope));
    }

    /** A name; also what {@code set} and {@code for} can give a value to. */
    record Name(String name, Place at) implements Expression {
        @Override
        public Object value(Scope scope) {
            scope.progress().reach(at);
            return scope.get(name);
        }
    }

    record Constant(Object constant) implements Expression {
        @Override
        public Object value(Scope scope) {
            return constant;
        }
    }

    record ListOf(List<Expression> items) implements Expression {
        @Override
        public Object value(Scope scope) {
            return values(items, scope);
        }
    }

    record TupleOf(List<Expression> items) implements Expression {
        @Override
        public Object value(Scope scope) {
            return new Tuple(values(items, scope));
        }
    }

    private static List<Object> values(List<Expression> items, Scope scope) {
        List<Object> values = new ArrayList<>();
        items.forEach(item -> values.add(item.value(scope)));
        return values;
    }

    record DictOf(List<Expression> keys, List<Expression> values, Place at) implements Expression {
        @Override
        public Object value(Scope scope) {
            Map<Object, Object> dict = new LinkedHashMap<>();
            for (int i = 0; i < keys.size(); i++) {
                Object key = keys.get(i).value(scope);
                scope.progress().reach(at);
                if (!(key instanceof String)) {
                    throw Fault.unsupported("a dict with a key that is no string");
                }
                dict.put(key, values.get(i).value(scope));
            }
            return dict;
        }
    }

    /** Arithmetic; {@code ~} joins texts. */
    record Computed(String operator, Expression left, Expression right, Place at) implements Expression {
        @Override
        public Object value(Scope scope) {
            Object a = left.value(scope);
            Object b = right.value(scope);
            scope.progress().reach(at);
            return operator.equals("~") ? Values.text(a) + Values.text(b) : Numbers.compute(operator, a, b);
        }
    }

    record Signed(boolean negative, Expression of, Place at) implements Expression {
        @Override
        public Object value(Scope scope) {
            Object value = of.value(scope);
            scope.progress().reach(at);
            Object negated = Numbers.negative(value);
            return negative ? negated : Numbers.negative(negated);
        }
    }

    record Not(Expression of) implements Expression {
        @Override
        public Object value(Scope scope) {
            return !of.holds(scope);
        }
    }

    /** As in Python, the value is the one of the side that decides. */
    record And(Expression left, Expression right) implements Expression {
        @Override
        public Object value(Scope scope) {
            Object first = left.value(scope);
            return Values.truth(first) ? right.value(scope) : first;
        }
    }

    record Or(Expression left, Expression right) implements Expression {
        @Override
        public Object value(Scope scope) {
            Object first = left.value(scope);
            return Values.truth(first) ? first : right.value(scope);
        }
    }

    /** {@code a < b <= c}: each neighbouring pair must hold. */
    record Compared(Expression first, List<String> operators, List<Expression> others, Place at)
            implements
                Expression {
        @Override
        public Object value(Scope scope) {
            Object left = first.value(scope);
            for (int i = 0; i < operators.size(); i++) {
                Object right = others.get(i).value(scope);
                scope.progress().reach(at);
                if (!Comparison.holds(operators.get(i), left, right)) {
                    return false;
                }
                left = right;
            }
            return true;
        }
    }

    /** {@code a if condition else b}; without {@code else} undefined. */
    record Choice(Expression condition, Expression yes, Expression no) implements Expression {
        @Override
        public Object value(Scope scope) {
            return condition.holds(scope) ? yes.value(scope) : no.value(scope);
        }
    }

    record Attribute(Expression of, String name, Place at) implements Expression {
        @Override
        public Object value(Scope scope) {
            Object owner = of.value(scope);
            scope.progress().reach(at);
            return Members.attribute(owner, name);
        }
    }

    record Item(Expression of, Expression key, Place at) implements Expression {
        @Override
        public Object value(Scope scope) {
            Object owner = of.value(scope);
            Object itemKey = key.value(scope);
            scope.progress().reach(at);
            return Members.item(owner, itemKey);
        }
    }

    /** {@code x[from:to:step]}; each {@link Nothing} where left out. */
    record Slice(Expression of, Expression from, Expression to, Expression step, Place at) implements Expression {
        @Override
        public Object value(Scope scope) {
            Object owner = of.value(scope);
            Object a = from.value(scope);
            Object b = to.value(scope);
            Object c = step.value(scope);
            scope.progress().reach(at);
            return Members.slice(owner, a, b, c);
        }
    }

    record Call(Expression function, ArgumentList arguments, Place at) implements Expression {
        @Override
        public Object value(Scope scope) {
            Object called = function.value(scope);
            Arguments values = arguments.values(scope);
            scope.progress().reach(at);
            return switch (called) {
                case Callable callable -> callable.call(values);
                case Undefined u -> throw u.fault();
                default -> throw new Fault("a " + Values.typeName(called) + " cannot be called");
            };
        }
    }

    record Filtered(Expression of, Filter filter, ArgumentList arguments, Place at) implements Expression {
        @Override
        public Object value(Scope scope) {
            Object value = of.value(scope);
            Arguments values = arguments.values(scope);
            scope.progress().reach(at);
            return filter.apply(value, values);
        }
    }

    record Tested(Expression of, Test test, ArgumentList arguments, Place at) implements Expression {
        @Override
        public Object value(Scope scope) {
            Object value = of.value(scope);
            Arguments values = arguments.values(scope);
            scope.progress().reach(at);
            return test.holds(value, values);
        }
    }

    /** The arguments as they stand in the template. */
    record ArgumentList(List<Expression> positional, Map<String, Expression> named) {

        static final ArgumentList NONE = new ArgumentList(List.of(), Map.of());

        Arguments values(Scope scope) {
            Map<String, Object> byName = new LinkedHashMap<>();
            named.forEach((name, expression) -> byName.put(name, expression.value(scope)));
            return new Arguments(Expression.values(positional, scope), byName);
        }
    }
}
