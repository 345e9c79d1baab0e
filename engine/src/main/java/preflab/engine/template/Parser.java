package preflab.engine.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tags to statements. */
final class Parser {

    private static final int DEEPEST = 100;
    private static final Expression ALWAYS = new Expression.Constant(true);
    private static final Statement.Block NOTHING = new Statement.Block(List.of());

    private final List<Part> parts;
    private int at;
    private int depth;
    private int loops; // around the place being read

    Parser(List<Part> parts) {
        this.parts = parts;
    }

    Statement.Block template() {
        return block("the template", Set.of());
    }

    /** Up to one of the tags, which is left unread; without any, to the end. */
    private Statement.Block block(String what, Set<String> ends) {
        if (++depth > DEEPEST) {
            throw new Fault("blocks more than " + DEEPEST + " deep are not supported");
        }
        List<Statement> statements = new ArrayList<>();
        while (at < parts.size()) {
            Part part = parts.get(at);
            if (part instanceof Part.Tag tag && ends.contains(tag.name().text())) {
                depth--;
                return new Statement.Block(statements);
            }
            at++;
            switch (part) {
                case Part.Text text -> statements.add(new Statement.Literal(text.text()));
                case Part.Output output -> statements.add(put(output));
                case Part.Tag tag -> statements.add(statement(tag));
            }
        }
        if (!ends.isEmpty()) {
            throw new Fault(what + " has no end");
        }
        depth--;
        return new Statement.Block(statements);
    }

    private static Statement put(Part.Output output) {
        TokenReader in = new TokenReader(output.tokens());
        Expression expression = new ExpressionParser(in).tuple();
        in.expectEnd();
        return new Statement.Put(expression, output.tokens().getFirst().at());
    }

    private Statement statement(Part.Tag tag) {
        Token name = tag.name();
        TokenReader in = new TokenReader(tag.tokens());
        in.next();
        try {
            return switch (name.text()) {
                case "if" -> conditional(in);
                case "for" -> loop(in, name.at());
                case "set" -> set(in, name.at());
                case "macro" -> macro(in, name.at());
                case "filter" -> filtered(in, name.at());
                case "with" -> with(in);
                case "generation" -> enclosed(in, "generation");
                case "break" -> jump(in, name, Statement.Flow.BREAK);
                case "continue" -> jump(in, name, Statement.Flow.CONTINUE);
                default -> throw new Fault("the tag " + name.text() + " is "
                        + (name.text().startsWith("end") || name.text().startsWith("el")
                                ? "not expected here"
                                : "not supported in chat templates"));
            };
        } catch (Fault fault) {
            throw fault.at(name.at());
        }
    }

    private TokenReader close() {
        TokenReader in = new TokenReader(((Part.Tag) parts.get(at++)).tokens());
        in.next();
        return in;
    }

    private Statement.Block closed(String what) {
        Statement.Block body = block("'" + what + "'", Set.of("end" + what));
        close().expectEnd();
        return body;
    }

    /** Marks what the assistant said; it changes nothing in the text. */
    private Statement enclosed(TokenReader in, String what) {
        in.expectEnd();
        return closed(what);
    }

    private Statement conditional(TokenReader first) {
        List<Expression> conditions = new ArrayList<>();
        List<Statement.Block> blocks = new ArrayList<>();
        TokenReader in = first;
        boolean more = true;
        while (more) {
            conditions.add(new ExpressionParser(in).tuple());
            in.expectEnd();
            blocks.add(block("'if'", Set.of("elif", "else", "endif")));
            more = ((Part.Tag) parts.get(at)).name().isName("elif");
            in = more ? close() : in;
        }
        TokenReader last = close();
        if (((Part.Tag) parts.get(at - 1)).name().isName("else")) {
            last.expectEnd();
            conditions.add(ALWAYS);
            blocks.add(block("'else'", Set.of("endif")));
            last = close();
        }
        last.expectEnd();
        return new Statement.If(conditions, blocks);
    }

    private Statement loop(TokenReader in, Place place) {
        List<String> targets = targets(in);
        in.expectName("in");
        ExpressionParser parser = new ExpressionParser(in);
        Expression items = parser.withoutCondition();
        Expression condition = in.skipName("if") ? parser.choice() : ALWAYS;
        if (in.peek().isName("recursive")) {
            throw new Fault("a recursive loop is not supported in chat templates");
        }
        in.expectEnd();
        loops++;
        Statement.Block body = block("'for'", Set.of("else", "endfor"));
        loops--;
        Statement.Block otherwise = NOTHING;
        if (((Part.Tag) parts.get(at)).name().isName("else")) {
            close().expectEnd();
            otherwise = block("'else'", Set.of("endfor"));
        }
        close().expectEnd();
        return new Statement.For(targets, items, condition, body, otherwise, place);
    }

    private static List<String> targets(TokenReader in) {
        boolean bracketed = in.skip("(");
        List<String> targets = new ArrayList<>(List.of(target(in)));
        while (in.skip(",")) {
            targets.add(target(in));
        }
        if (bracketed) {
            in.expect(")");
        }
        return targets;
    }

    private static String target(TokenReader in) {
        if (Set.of("true", "false", "none", "True", "False", "None").contains(in.peek().text())) {
            throw in.unexpected("a name to set");
        }
        return in.name();
    }

    private Statement set(TokenReader in, Place place) {
        List<String> targets = targets(in);
        if (in.skip(".")) {
            String member = in.name();
            in.expect("=");
            Expression value = whole(in);
            return new Statement.SetMember(targets.getFirst(), member, value, place);
        }
        if (in.skip("=")) {
            return new Statement.Set(targets, whole(in), place);
        }
        if (targets.size() > 1) {
            throw in.unexpected("'='");
        }
        return captured(in, targets.getFirst(), "set", place);
    }

    private static Expression whole(TokenReader in) {
        Expression value = new ExpressionParser(in).tuple();
        in.expectEnd();
        return value;
    }

    /** A block whose text goes through filters that stand in the opening tag. */
    private Statement captured(TokenReader in, String name, String tag, Place place) {
        Expression.Name hole = new Expression.Name(" captured", place);
        Expression filters = new ExpressionParser(in).filters(hole);
        in.expectEnd();
        int outside = loops;
        loops = 0; // a jump cannot leave the block
        Statement.Block body = closed(tag);
        loops = outside;
        return new Statement.Captured(name, body, text -> scope -> {
            Scope inner = scope.inner();
            inner.set(hole.name(), text.value(scope));
            return filters.value(inner);
        }, place);
    }

    private Statement filtered(TokenReader in, Place place) {
        List<Token> tokens = new ArrayList<>();
        tokens.add(new Token(Token.Kind.OPERATOR, "|", place));
        while (!in.atEnd()) {
            tokens.add(in.next());
        }
        tokens.add(in.peek());
        return captured(new TokenReader(tokens), "", "filter", place);
    }

    private Statement macro(TokenReader in, Place place) {
        String name = in.name();
        List<String> parameters = new ArrayList<>();
        Map<String, Expression> defaults = new LinkedHashMap<>();
        in.expect("(");
        while (!in.skip(")")) {
            String parameter = target(in);
            parameters.add(parameter);
            if (in.skip("=")) {
                defaults.put(parameter, new ExpressionParser(in).choice());
            }
            if (!in.peek().is(")")) {
                in.expect(",");
            }
        }
        in.expectEnd();
        int outside = loops;
        loops = 0;
        Statement.Block body = closed("macro");
        loops = outside;
        return new Statement.Macro(name, parameters, defaults, body, place);
    }

    private Statement with(TokenReader in) {
        List<String> names = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        while (!in.atEnd()) {
            names.add(target(in));
            in.expect("=");
            values.add(new ExpressionParser(in).choice());
            if (!in.atEnd()) {
                in.expect(",");
            }
        }
        return new Statement.With(names, values, closed("with"));
    }

    private Statement jump(TokenReader in, Token name, Statement.Flow flow) {
        in.expectEnd();
        if (loops == 0) {
            throw new Fault("the tag " + name.text() + " stands in no loop");
        }
        return new Statement.Jump(flow);
    }
}
