package preflab.projects.foreign;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Metrics in a CSV file with names in its first line. Three layouts: one column for the step and one for each metric;
 * {@code step,key,value} as we write it; and {@code Wall time,Step,Value} as TensorBoard's page saves one metric. A
 * column {@code run - metric}, as Weights &amp; Biases writes them, makes a run of its own of each {@code run}.
 */
final class MetricCsv {

    static final List<String> STEPS = List.of("step", "global_step", "_step", "train/global_step",
            "trainer/global_step", "iteration");
    private static final Pattern SAVED_BY_TENSORBOARD = Pattern.compile("run-(.+?)-tag-(.+)\\.csv");
    private static final String BETWEEN = " - ";

    private final Path file;
    private final String name;
    private final Map<String, Curves> runs = new LinkedHashMap<>();

    private MetricCsv(Path file) {
        this.file = file;
        String stem = file.getFileName().toString();
        this.name = stem.contains(".") ? stem.substring(0, stem.lastIndexOf('.')) : stem;
    }

    /** The runs of the file, in the order of their columns. */
    static List<Found> read(Path file, byte[] bytes) {
        MetricCsv csv = new MetricCsv(file);
        String text = new String(bytes, StandardCharsets.UTF_8);
        String first = text.lines().findFirst().orElse("");
        char separator = first.contains(",") ? ',' : first.contains(";") ? ';' : '\t';
        try (CsvReader<NamedCsvRecord> reader = CsvReader.builder().fieldSeparator(separator)
                .detectBomHeader(true).ofNamedCsvRecord(text)) {
            reader.forEach(csv::row);
        } catch (CsvParseException | java.io.IOException e) {
            throw ForeignImport.bad(file, "is no CSV: " + e.getMessage());
        }
        List<Found> found = new ArrayList<>();
        csv.runs.forEach((run, curves) -> found.add(Found.of(run, curves)));
        if (found.isEmpty()) {
            throw ForeignImport.bad(file, "no column of it holds numbers");
        }
        return found;
    }

    private void row(NamedCsvRecord row) {
        String stepColumn = row.getHeader().stream().filter(MetricCsv::isStep).findFirst()
                .orElseThrow(() -> ForeignImport.bad(file, "has no column for the step; one of "
                        + String.join(", ", STEPS) + " is needed, and has " + String.join(", ", row.getHeader())));
        double step = number(row.getField(stepColumn)).orElseThrow(() -> ForeignImport.bad(file, "line "
                + row.getStartingLineNumber() + ": the step \"" + row.getField(stepColumn) + "\" is no number"));
        if (row.getHeader().contains("key") && row.getHeader().contains("value")) {
            add(name, step, row.getField("key"), value(row, "value"));
        } else if (row.getHeader().contains("Wall time") && row.getHeader().contains("Value")) {
            Matcher saved = SAVED_BY_TENSORBOARD.matcher(file.getFileName().toString());
            boolean telling = saved.matches();
            add(telling ? saved.group(1) : name, step, telling ? saved.group(2) : name, value(row, "Value"));
        } else {
            row.getHeader().stream().filter(column -> !column.equals(stepColumn) && !isEnvelope(column))
                    .forEach(column -> column(row, column, step));
        }
    }

    private void column(NamedCsvRecord row, String column, double step) {
        int between = column.lastIndexOf(BETWEEN);
        String run = between > 0 ? column.substring(0, between) : name;
        String metric = between > 0 ? column.substring(between + BETWEEN.length()) : column;
        number(row.getField(column)).ifPresent(value -> add(run, step, metric, value));
    }

    private void add(String run, double step, String metric, double value) {
        runs.computeIfAbsent(run, key -> new Curves()).add(Math.round(step), metric, value);
    }

    private double value(NamedCsvRecord row, String column) {
        return number(row.getField(column)).orElseThrow(() -> ForeignImport.bad(file,
                "line " + row.getStartingLineNumber() + ": \"" + row.getField(column) + "\" is no number"));
    }

    private static boolean isStep(String column) {
        return STEPS.contains(column.strip().toLowerCase(Locale.ROOT));
    }

    /** The least and greatest of what was averaged away. */
    private static boolean isEnvelope(String column) {
        return column.endsWith("__MIN") || column.endsWith("__MAX");
    }

    /** Empty for an empty cell and for words. */
    private static OptionalDouble number(String cell) {
        String text = cell.strip();
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "" -> OptionalDouble.empty();
            case "nan" -> OptionalDouble.of(Double.NaN);
            case "inf", "infinity", "+inf" -> OptionalDouble.of(Double.POSITIVE_INFINITY);
            case "-inf", "-infinity" -> OptionalDouble.of(Double.NEGATIVE_INFINITY);
            default -> parsed(text);
        };
    }

    private static OptionalDouble parsed(String text) {
        try {
            return OptionalDouble.of(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return OptionalDouble.empty();
        }
    }
}
