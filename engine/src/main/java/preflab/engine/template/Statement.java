package preflab.engine.template;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Something that puts out text or changes names. */
interface Statement {

    /** What comes after a statement: the next one, or the end or next turn of the loop around it. */
    enum Flow {
        GO_ON, BREAK, CONTINUE
    }

    Flow render(Scope scope, Output out);

    /** Text as it stands. */
    record Literal(String text) implements Statement {
        @Override
        public Flow render(Scope scope, Output out) {
            out.add(text);
            return Flow.GO_ON;
        }
    }

    record Put(Expression expression, Place at) implements Statement {
        @Override
        public Flow render(Scope scope, Output out) {
            Object value = expression.value(scope);
            scope.progress().reach(at);
            out.add(Values.text(value));
            return Flow.GO_ON;
        }
    }

    record Block(List<Statement> statements) implements Statement {
        @Override
        public Flow render(Scope scope, Output out) {
            for (Statement statement : statements) {
                Flow flow = statement.render(scope, out);
                if (flow != Flow.GO_ON) {
                    return flow;
                }
            }
            return Flow.GO_ON;
        }
    }

    /** Conditions in order, each with its block; an {@code else} is a condition that always holds. */
    record If(List<Expression> conditions, List<Block> blocks) implements Statement {
        @Override
        public Flow render(Scope scope, Output out) {
            for (int i = 0; i < conditions.size(); i++) {
                if (conditions.get(i).holds(scope)) {
                    return blocks.get(i).render(scope, out);
                }
            }
            return Flow.GO_ON;
        }
    }

    /** Leaves a loop, or its turn. */
    record Jump(Flow flow) implements Statement {
        @Override
        public Flow render(Scope scope, Output out) {
            return flow;
        }
    }

    /**
     * A loop.
     *
     * @param targets
     *            names that each item is given to; several unpack it
     */
    record For(List<String> targets, Expression items, Expression condition, Block body, Block otherwise, Place at)
            implements
                Statement {
        @Override
        public Flow render(Scope scope, Output out) {
            Object all = items.value(scope);
            scope.progress().reach(at);
            List<Object> kept = new ArrayList<>();
            for (Object item : new ArrayList<>(Values.list(all))) {
                Scope inner = scope.inner();
                assign(inner, targets, item);
                if (condition.holds(inner)) {
                    kept.add(item);
                }
            }
            if (kept.isEmpty()) {
                return otherwise.render(scope.inner(), out);
            }
            turns(scope, kept, out);
            return Flow.GO_ON;
        }

        private void turns(Scope scope, List<Object> kept, Output out) {
            LoopState loop = new LoopState(kept);
            for (int i = 0; i < kept.size(); i++) {
                scope.progress().reach(at);
                loop.turn(i);
                Scope turn = scope.inner();
                turn.set("loop", loop);
                assign(turn, targets, kept.get(i));
                if (body.render(turn, out) == Flow.BREAK) {
                    return;
                }
            }
        }
    }

    /** Gives a value to one name, or its items to several. */
    static void assign(Scope scope, List<String> targets, Object value) {
        if (targets.size() == 1) {
            scope.set(targets.getFirst(), value);
            return;
        }
        List<Object> items = Values.list(value);
        if (items.size() != targets.size()) {
            throw new Fault(items.size() + " values for " + targets.size() + " names");
        }
        for (int i = 0; i < items.size(); i++) {
            scope.set(targets.get(i), items.get(i));
        }
    }

    record Set(List<String> targets, Expression value, Place at) implements Statement {
        @Override
        public Flow render(Scope scope, Output out) {
            Object given = value.value(scope);
            scope.progress().reach(at);
            assign(scope, targets, given);
            return Flow.GO_ON;
        }
    }

    /** {@code set namespace.name = value}. */
    record SetMember(String namespace, String name, Expression value, Place at) implements Statement {
        @Override
        public Flow render(Scope scope, Output out) {
            Object given = value.value(scope);
            scope.progress().reach(at);
            if (!(scope.get(namespace) instanceof Namespace owner)) {
                throw new Fault(namespace + " is no namespace, only those have members that can be set");
            }
            owner.values().put(name, given);
            return Flow.GO_ON;
        }
    }

    /** {@code set name} … {@code endset}; also a block under filters, which is put out, without a name. */
    record Captured(String name, Block body, java.util.function.UnaryOperator<Expression> filters, Place at)
            implements
                Statement {
        @Override
        public Flow render(Scope scope, Output out) {
            Output captured = new Output();
            body.render(scope.inner(), captured);
            scope.progress().reach(at);
            Object value = filters.apply(new Expression.Constant(captured.text())).value(scope);
            if (name.isEmpty()) {
                out.add(Values.text(value));
            } else {
                scope.set(name, value);
            }
            return Flow.GO_ON;
        }
    }

    /** A function in the language itself; it sees the names around its definition. */
    record Macro(String name, List<String> parameters, Map<String, Expression> defaults, Block body, Place at)
            implements
                Statement {
        @Override
        public Flow render(Scope scope, Output out) {
            scope.set(name, (Callable) arguments -> call(scope, arguments));
            return Flow.GO_ON;
        }

        private Object call(Scope around, Arguments arguments) {
            around.progress().enter();
            Object[] given = arguments.bind("the macro " + name, 0, parameters.toArray(String[]::new));
            Scope inner = around.inner();
            for (int i = 0; i < given.length; i++) {
                String parameter = parameters.get(i);
                Expression otherwise = defaults.get(parameter);
                inner.set(parameter, given[i] != null
                        ? given[i]
                        : otherwise != null ? otherwise.value(inner) : Undefined.name(parameter));
            }
            Output out = new Output();
            body.render(inner, out);
            around.progress().leave();
            return out.text();
        }
    }

    /** Names of its own for a block: {@code with}. */
    record With(List<String> names, List<Expression> values, Block body) implements Statement {
        @Override
        public Flow render(Scope scope, Output out) {
            Object[] given = values.stream().map(value -> value.value(scope)).toArray();
            Scope inner = scope.inner();
            for (int i = 0; i < given.length; i++) {
                inner.set(names.get(i), given[i]);
            }
            return body.render(inner, out);
        }

        @Override
        public String toString() {
            return "with " + names + Arrays.toString(values.toArray());
        }
    }
}
