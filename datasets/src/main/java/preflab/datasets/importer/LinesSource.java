package preflab.datasets.importer;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.io.InputStream;

import com.fasterxml.jackson.databind.JsonNode;

/** JSON Lines: one object a line, blank lines left out. A broken line loses only itself. */
final class LinesSource implements RowSource {

    private final LineReader lines;
    private final MeteredInputStream metered;
    private JsonNode node;
    private Problem problem;

    LinesSource(InputStream in, MeteredInputStream metered) {
        this.lines = new LineReader(in);
        this.metered = metered;
    }

    @Override
    public boolean next() throws IOException {
        node = null;
        problem = null;
        while (lines.next()) {
            if (!lines.isBlank()) {
                parse();
                return true;
            }
        }
        return false;
    }

    @Override
    public long number() {
        return lines.number();
    }

    @Override
    public JsonNode node() {
        return node;
    }

    @Override
    public Problem problem() {
        return problem;
    }

    @Override
    public String text() {
        return lines.tooLong()
                ? ""
                : new String(lines.buffer(), lines.start(), lines.length(), StandardCharsets.UTF_8);
    }

    @Override
    public long bytes() {
        return metered.bytes();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    private void parse() {
        try {
            if (lines.tooLong()) {
                throw new BadRow(BadRow.WHOLE, "is longer than " + (LineReader.LONGEST_LINE >> 20) + " MiB");
            }
            node = Json.object(lines.buffer(), lines.start(), lines.length());
        } catch (BadRow e) {
            problem = e.at(lines.number());
        }
    }
}
