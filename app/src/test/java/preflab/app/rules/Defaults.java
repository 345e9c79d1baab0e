package preflab.app.rules;

import java.util.Set;

/** Methods and constructors of the JDK that ask the machine for its charset, locale or time zone. */
final class Defaults {

    static final Set<String> RELYING = Set.of("java.lang.String.getBytes()", "java.lang.String.<init>([B)",
            "java.lang.String.toLowerCase()", "java.lang.String.toUpperCase()",
            "java.lang.String.format(java.lang.String, [Ljava.lang.Object;)",
            "java.lang.String.formatted([Ljava.lang.Object;)", "java.io.FileReader.<init>(java.lang.String)",
            "java.io.FileReader.<init>(java.io.File)", "java.io.FileWriter.<init>(java.lang.String)",
            "java.io.FileWriter.<init>(java.io.File)", "java.io.InputStreamReader.<init>(java.io.InputStream)",
            "java.io.OutputStreamWriter.<init>(java.io.OutputStream)", "java.io.PrintWriter.<init>(java.io.File)",
            "java.nio.charset.Charset.defaultCharset()", "java.util.Locale.getDefault()",
            "java.util.Scanner.<init>(java.io.InputStream)", "java.text.NumberFormat.getInstance()",
            "java.text.DecimalFormat.<init>(java.lang.String)", "java.text.SimpleDateFormat.<init>(java.lang.String)",
            "java.time.format.DateTimeFormatter.ofPattern(java.lang.String)", "java.time.LocalDate.now()",
            "java.time.LocalDateTime.now()", "java.time.ZonedDateTime.now()");

    private Defaults() {
    }
}
