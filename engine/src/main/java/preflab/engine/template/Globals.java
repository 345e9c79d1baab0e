package preflab.engine.template;

import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.LongStream;

/** The functions every template can call. */
final class Globals {

    private static final long LONGEST_RANGE = 100_000; // as in Jinja's sandbox
    private static final Map<Character, String> DATE_PARTS = Map.ofEntries(Map.entry('Y', "yyyy"), Map.entry('m', "MM"),
            Map.entry('d', "dd"), Map.entry('B', "MMMM"), Map.entry('b', "MMM"), Map.entry('A', "EEEE"),
            Map.entry('a', "EEE"), Map.entry('H', "HH"), Map.entry('I', "hh"), Map.entry('M', "mm"),
            Map.entry('S', "ss"), Map.entry('y', "yy"), Map.entry('j', "DDD"), Map.entry('p', "a"));

    private Globals() {
    }

    static Map<String, Object> at(LocalDateTime now) {
        Map<String, Object> globals = new LinkedHashMap<>();
        globals.put("range", (Callable) Globals::range);
        globals.put("namespace", (Callable) arguments -> new Namespace(dict(arguments)));
        globals.put("dict", (Callable) Globals::copied);
        globals.put("raise_exception", (Callable) arguments -> {
            throw Fault.raised(Values.text(arguments.only("raise_exception", "message")));
        });
        globals.put("strftime_now", (Callable) arguments -> date(now,
                Values.text(arguments.only("strftime_now", "format"))));
        for (String name : List.of("lipsum", "cycler", "joiner")) {
            globals.put(name, (Callable) arguments -> {
                throw Fault.unsupported("the function " + name);
            });
        }
        return globals;
    }

    private static Map<String, Object> dict(Arguments arguments) {
        if (!arguments.positional().isEmpty()) {
            throw Fault.unsupported("namespace(…) of other than named values");
        }
        return arguments.named();
    }

    private static Object copied(Arguments arguments) {
        Map<Object, Object> dict = new LinkedHashMap<>();
        for (Object each : arguments.positional()) {
            if (!(each instanceof Map<?, ?> values)) {
                throw Fault.unsupported("dict(…) of other than dicts and named values");
            }
            dict.putAll(values);
        }
        dict.putAll(arguments.named());
        return dict;
    }

    private static Object range(Arguments arguments) {
        Object[] given = arguments.bind("range", 1, "start", "stop", "step");
        long from = given[1] == null ? 0 : Numbers.whole("start", given[0]);
        long to = Numbers.whole("stop", given[1] == null ? given[0] : given[1]);
        long step = given[2] == null ? 1 : Numbers.whole("step", given[2]);
        if (step == 0) {
            throw new Fault("the step of a range must not be 0");
        }
        double length = Math.ceil((to - (double) from) / step);
        if (length > LONGEST_RANGE) {
            throw new Fault("a range may have " + LONGEST_RANGE + " numbers at most");
        }
        return LongStream.range(0, Math.max(0, (long) length)).mapToObj(i -> (Object) (from + i * step)).toList();
    }

    private static String date(LocalDateTime now, String format) {
        StringBuilder date = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c != '%') {
                date.append(c);
                continue;
            }
            char part = ++i < format.length() ? format.charAt(i) : ' ';
            if (part == '%') {
                date.append('%');
            } else if (DATE_PARTS.containsKey(part)) {
                date.append(DateTimeFormatter.ofPattern(DATE_PARTS.get(part), Locale.US).format(now));
            } else {
                throw Fault.unsupported("%" + part + " in a date");
            }
        }
        return date.toString();
    }
}
