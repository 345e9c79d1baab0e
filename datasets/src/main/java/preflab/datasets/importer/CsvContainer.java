package preflab.datasets.importer;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvRecord;

/**
 * A table of separated values.
 *
 * @param separator
 *            between cells
 * @param header
 *            whether the first record names the columns; without one they are column1, column2 …
 */
record CsvContainer(char separator, boolean header) implements Container {

    private static final Map<Character, String> SEPARATORS = Map.of(',', "CSV", '\t', "tab-separated values", ';',
            "semicolon-separated values", '|', "bar-separated values");
    /** Records looked at to tell a table from prose. */
    private static final int RECORDS = 20;
    private static final int LONGEST_NAME = 64;
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_.-]*");
    /** Usual names of columns, in small letters. */
    private static final Set<String> KNOWN = Importers.ALL.stream().flatMap(importer -> importer.fields().stream())
            .flatMap(field -> field.names().stream()).map(name -> name.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());

    /** The table that a file with this beginning is; empty if it is none. */
    static Optional<CsvContainer> of(byte[] head) {
        return List.of(',', '\t', ';', '|').stream().map(separator -> of(head, separator)).flatMap(Optional::stream)
                .findFirst();
    }

    @Override
    public String words() {
        return SEPARATORS.get(separator) + (header ? "" : " without a header");
    }

    @Override
    public RowSource open(InputStream in, MeteredInputStream metered) {
        return new CsvSource(in, metered, this);
    }

    /** The names of so many columns, from the first record where that is a header; never two alike. */
    List<String> names(List<String> first) {
        List<String> names = new ArrayList<>(first.size());
        for (int i = 0; i < first.size(); i++) {
            String given = header ? first.get(i).strip() : "";
            String name = given.isEmpty() ? "column" + (i + 1) : given;
            names.add(names.contains(name) ? name + "_" + (i + 1) : name);
        }
        return names;
    }

    private static Optional<CsvContainer> of(byte[] head, char separator) {
        List<List<String>> records = records(head, separator);
        if (records.isEmpty()) {
            return Optional.empty();
        }
        List<String> first = records.getFirst();
        boolean known = first.stream().anyMatch(cell -> KNOWN.contains(cell.strip().toLowerCase(Locale.ROOT)));
        boolean regular = first.size() > 1 && records.size() > 1
                && records.stream().allMatch(cells -> cells.size() == first.size());
        if (known && (first.size() > 1 || !hasAnySeparator(first.getFirst()))) {
            return Optional.of(new CsvContainer(separator, true));
        }
        return regular
                ? Optional.of(new CsvContainer(separator, first.stream().allMatch(CsvContainer::mayBeName)))
                : Optional.empty();
    }

    /** The first records; the last one that the head holds may be cut and is left out where others are there. */
    private static List<List<String>> records(byte[] head, char separator) {
        List<List<String>> records = new ArrayList<>();
        try (var reader = CsvSource.reader(new ByteArrayInputStream(head), separator)) {
            for (CsvRecord record : reader) {
                if (records.size() == RECORDS) {
                    return records;
                }
                records.add(record.getFields());
            }
        } catch (CsvParseException | java.io.IOException | java.io.UncheckedIOException e) {
            return records; // what comes before broken quotes may tell enough
        }
        boolean whole = head.length < ContainerProbe.HEAD;
        return whole || records.size() < 2 ? records : records.subList(0, records.size() - 1);
    }

    private static boolean hasAnySeparator(String cell) {
        return SEPARATORS.keySet().stream().anyMatch(separator -> cell.indexOf(separator) >= 0);
    }

    private static boolean mayBeName(String cell) {
        return cell.length() <= LONGEST_NAME && NAME.matcher(cell.strip()).matches();
    }
}
