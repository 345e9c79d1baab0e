package preflab.datasets.importer;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import com.fasterxml.jackson.databind.node.ObjectNode;

import preflab.datasets.example.DatasetException;
import preflab.datasets.example.DatasetException.Code;

/** Writes rejected rows as JSON Lines, aside until they are all there. */
final class RejectedRows implements AutoCloseable {

    /** Why a row was not taken; no field is ever read from this column. */
    static final String REASON = "_rejected_because";

    private final Path target;
    private final Path aside;
    private final BufferedWriter out;
    private long written;

    private RejectedRows(Path target, Path aside, BufferedWriter out) {
        this.target = target;
        this.aside = aside;
        this.out = out;
    }

    static RejectedRows to(Path target) {
        try {
            Path folder = target.toAbsolutePath().getParent();
            Path aside = Files.createTempFile(folder, "rejected", ".new");
            return new RejectedRows(target, aside, Files.newBufferedWriter(aside, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw storage(target, e);
        }
    }

    /** The row the source stands at. */
    void add(RowSource rows, Problem problem) {
        try {
            if (rows.node() instanceof ObjectNode row) {
                ObjectNode marked = row.deepCopy();
                marked.put(REASON, "row " + problem.row() + ", " + problem.field() + ": " + problem.problem());
                out.write(Json.mapper().writeValueAsString(marked));
            } else {
                out.write(rows.text());
            }
            out.write('\n');
            written++;
        } catch (IOException e) {
            throw storage(target, e);
        }
    }

    /** Puts the file in its place. */
    long finish() {
        try {
            out.close();
            Files.move(aside, target, StandardCopyOption.REPLACE_EXISTING);
            return written;
        } catch (IOException e) {
            throw storage(target, e);
        }
    }

    @Override
    public void close() {
        try {
            out.close();
            Files.deleteIfExists(aside);
        } catch (IOException e) {
            throw storage(target, e);
        }
    }

    private static DatasetException storage(Path target, IOException cause) {
        return new DatasetException(Code.STORAGE, target + " cannot be written: " + cause.getMessage(), cause);
    }
}
