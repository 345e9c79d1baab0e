package preflab.app.data;

import java.util.ArrayList;
import java.util.List;
import preflab.datasets.importer.Problem;

/** Rejected rows as comma-separated values (RFC 4180). */
final class ProblemTable {

    private ProblemTable() {
    }

    static List<String> csv(List<Problem> problems) {
        List<String> lines = new ArrayList<>();
        lines.add("row,field,problem");
        for (Problem problem : problems) {
            lines.add(problem.row() + "," + quoted(problem.field()) + "," + quoted(problem.problem()));
        }
        return lines;
    }

    private static String quoted(String text) {
        return "\"" + text.replace("\"", "\"\"") + "\"";
    }
}
