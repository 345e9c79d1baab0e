package preflab.engine.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import preflab.engine.template.Expression.ArgumentList;

/**
 * Jinja's expressions, by precedence from the loosest: {@code if else}, {@code or}, {@code and}, {@code not},
 * comparisons, {@code + -}, {@code ~}, {@code * / // %}, {@code **}, signs; filters and tests bind tightest.
 */
final class ExpressionParser {

    private static final int DEEPEST = 150;
    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
    private static final Expression NONE = new Expression.Constant(Nothing.NONE);

    private final TokenReader in;
    private int depth;

    ExpressionParser(TokenReader in) {
        this.in = in;
    }

    /** An expression; several separated by commas are a tuple. */
    Expression tuple() {
        Expression first = choice();
        if (!in.peek().is(",")) {
            return first;
        }
        List<Expression> items = new ArrayList<>(List.of(first));
        while (in.skip(",")) {
            if (in.atEnd() || in.peek().is(")") || in.peek().is("=")) {
                break;
            }
            items.add(choice());
        }
        return new Expression.TupleOf(items);
    }

    Expression choice() {
        return choice(true);
    }

    private Expression choice(boolean conditional) {
        if (++depth > DEEPEST) {
            throw TemplateException.at(in.peek().at(), "expressions more than " + DEEPEST + " deep are not supported");
        }
        Expression value = or();
        while (conditional && in.skipName("if")) {
            Expression condition = or();
            Expression no = in.skipName("else")
                    ? choice()
                    : new Expression.Constant(new Undefined("an 'if' without 'else' gave nothing"));
            value = new Expression.Choice(condition, value, no);
        }
        depth--;
        return value;
    }

    /** What a loop goes through, whose {@code if} is the loop's. */
    Expression withoutCondition() {
        Expression first = choice(false);
        if (in.peek().is(",")) {
            throw TemplateException.at(in.peek().at(), "a loop through several values is not supported; use a list");
        }
        return first;
    }

    private Expression or() {
        Expression left = and();
        while (in.skipName("or")) {
            left = new Expression.Or(left, and());
        }
        return left;
    }

    private Expression and() {
        Expression left = not();
        while (in.skipName("and")) {
            left = new Expression.And(left, not());
        }
        return left;
    }

    private Expression not() {
        int negations = 0;
        while (in.skipName("not")) {
            negations++;
        }
        Expression value = comparison();
        for (int i = 0; i < negations; i++) {
            value = new Expression.Not(value);
        }
        return value;
    }

    private Expression comparison() {
        Place at = in.peek().at();
        Expression first = sum();
        List<String> operators = new ArrayList<>();
        List<Expression> others = new ArrayList<>();
        while (true) {
            if (in.peek().kind() == Token.Kind.OPERATOR && COMPARISONS.contains(in.peek().text())) {
                operators.add(in.next().text());
            } else if (in.skipName("in")) {
                operators.add("in");
            } else if (in.peek().isName("not") && in.peekNext().isName("in")) {
                in.next();
                in.next();
                operators.add("not in");
            } else {
                return operators.isEmpty() ? first : new Expression.Compared(first, operators, others, at);
            }
            others.add(sum());
        }
    }

    private Expression sum() {
        Expression left = joined();
        while (in.peek().is("+") || in.peek().is("-")) {
            Token operator = in.next();
            left = new Expression.Computed(operator.text(), left, joined(), operator.at());
        }
        return left;
    }

    private Expression joined() {
        Expression left = product();
        while (in.peek().is("~")) {
            Token operator = in.next();
            left = new Expression.Computed("~", left, product(), operator.at());
        }
        return left;
    }

    private Expression product() {
        Expression left = power();
        while (in.peek().is("*") || in.peek().is("/") || in.peek().is("//") || in.peek().is("%")) {
            Token operator = in.next();
            left = new Expression.Computed(operator.text(), left, power(), operator.at());
        }
        return left;
    }

    private Expression power() {
        Expression left = signed(true);
        while (in.peek().is("**")) {
            Token operator = in.next();
            left = new Expression.Computed("**", left, signed(true), operator.at());
        }
        return left;
    }

    private Expression signed(boolean filtered) {
        Token first = in.peek();
        Expression value;
        if (in.skip("-") || in.skip("+")) {
            depth++;
            value = new Expression.Signed(first.is("-"), signed(false), first.at());
            depth--;
        } else {
            value = postfix(primary());
        }
        return filtered ? filters(value) : value;
    }

    private Expression postfix(Expression of) {
        Expression value = of;
        while (true) {
            Place at = in.peek().at();
            if (in.skip(".")) {
                value = in.peek().kind() == Token.Kind.INTEGER
                        ? new Expression.Item(value, new Expression.Constant(whole(in.next())), at)
                        : new Expression.Attribute(value, in.name(), at);
            } else if (in.skip("[")) {
                value = item(value, at);
            } else if (in.peek().is("(")) {
                value = new Expression.Call(value, arguments(), at);
            } else {
                return value;
            }
        }
    }

    private Expression item(Expression of, Place at) {
        Expression from = in.peek().is(":") ? NONE : choice();
        if (in.skip("]")) {
            return new Expression.Item(of, from, at);
        }
        in.expect(":");
        Expression to = in.peek().is(":") || in.peek().is("]") ? NONE : choice();
        Expression step = in.skip(":") && !in.peek().is("]") ? choice() : NONE;
        in.expect("]");
        return new Expression.Slice(of, from, to, step, at);
    }

    /** Filters, tests and calls behind a value. */
    Expression filters(Expression of) {
        Expression value = of;
        while (true) {
            Place at = in.peek().at();
            if (in.skip("|")) {
                value = filter(value, at);
            } else if (in.skipName("is")) {
                value = test(value, at);
            } else if (in.peek().is("(")) {
                value = new Expression.Call(value, arguments(), at);
            } else {
                return value;
            }
        }
    }

    private Expression filter(Expression of, Place at) {
        String name = in.name();
        if (name.equals("safe") && in.atEnd()) {
            return of; // nothing is escaped here, so it matters only to what would follow
        }
        Filter filter = Filters.byName(name)
                .orElseThrow(() -> TemplateException.at(at, "the filter " + name + " is not supported"));
        return new Expression.Filtered(of, filter, in.peek().is("(") ? arguments() : ArgumentList.NONE, at);
    }

    private Expression test(Expression of, Place at) {
        boolean negated = in.skipName("not");
        String name = in.name();
        Test test = Tests.byName(name)
                .orElseThrow(() -> TemplateException.at(at, "the test " + name + " is not supported"));
        Expression tested = new Expression.Tested(of, test, testArguments(), at);
        return negated ? new Expression.Not(tested) : tested;
    }

    private ArgumentList testArguments() {
        Token next = in.peek();
        if (next.is("(")) {
            return arguments();
        }
        boolean operand = switch (next.kind()) {
            case STRING, INTEGER, FLOAT -> true;
            case NAME -> !Set.of("else", "or", "and").contains(next.text());
            case OPERATOR -> next.is("[") || next.is("{");
            case END -> false;
        };
        if (next.isName("is")) {
            throw TemplateException.at(next.at(), "tests cannot be chained by 'is'");
        }
        if (next.isName("if") || next.isName("in") || next.isName("not")) {
            throw TemplateException.at(next.at(), "'" + next.text() + "' behind a test needs brackets around the test");
        }
        return operand ? new ArgumentList(List.of(postfix(primary())), Map.of()) : ArgumentList.NONE;
    }

    private ArgumentList arguments() {
        in.expect("(");
        List<Expression> positional = new ArrayList<>();
        Map<String, Expression> named = new LinkedHashMap<>();
        while (!in.skip(")")) {
            if (in.peek().is("*") || in.peek().is("**")) {
                throw TemplateException.at(in.peek().at(), "arguments from a list or dict are not supported");
            }
            if (in.peek().kind() == Token.Kind.NAME && in.peekNext().is("=")) {
                String name = in.name();
                in.next();
                named.put(name, choice());
            } else if (named.isEmpty()) {
                positional.add(choice());
            } else {
                throw TemplateException.at(in.peek().at(), "named arguments come last");
            }
            if (!in.peek().is(")")) {
                in.expect(",");
            }
        }
        return new ArgumentList(positional, named);
    }

    private Expression primary() {
        Token token = in.next();
        return switch (token.kind()) {
            case NAME -> named(token);
            case STRING -> string(token);
            case INTEGER -> new Expression.Constant(whole(token));
            case FLOAT -> new Expression.Constant(Double.parseDouble(token.text().replace("_", "")));
            case OPERATOR -> bracketed(token);
            case END -> throw TemplateException.at(token.at(), "a value was expected, not " + token);
        };
    }

    private static Expression named(Token token) {
        return switch (token.text()) {
            case "true", "True" -> new Expression.Constant(true);
            case "false", "False" -> new Expression.Constant(false);
            case "none", "None" -> NONE;
            default -> new Expression.Name(token.text(), token.at());
        };
    }

    /** Strings side by side are one. */
    private Expression string(Token first) {
        StringBuilder text = new StringBuilder(first.text());
        while (in.peek().kind() == Token.Kind.STRING) {
            text.append(in.next().text());
        }
        return new Expression.Constant(text.toString());
    }

    private static Long whole(Token token) {
        try {
            return Long.valueOf(token.text().replace("_", ""));
        } catch (NumberFormatException e) {
            throw TemplateException.at(token.at(), "the number " + token + " is too large");
        }
    }

    private Expression bracketed(Token open) {
        if (open.is("(")) {
            if (in.skip(")")) {
                return new Expression.TupleOf(List.of());
            }
            Expression inner = tuple();
            in.expect(")");
            return inner;
        }
        if (open.is("[")) {
            List<Expression> items = new ArrayList<>();
            while (!in.skip("]")) {
                items.add(choice());
                if (!in.peek().is("]")) {
                    in.expect(",");
                }
            }
            return new Expression.ListOf(items);
        }
        if (open.is("{")) {
            return dict(open.at());
        }
        throw TemplateException.at(open.at(), "a value was expected, not " + open);
    }

    private Expression dict(Place at) {
        List<Expression> keys = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (!in.skip("}")) {
            keys.add(choice());
            in.expect(":");
            values.add(choice());
            if (!in.peek().is("}")) {
                in.expect(",");
            }
        }
        return new Expression.DictOf(keys, values, at);
    }
}
