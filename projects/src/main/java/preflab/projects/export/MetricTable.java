package preflab.projects.export;

import java.util.Optional;
import preflab.projects.chart.Numbers;
import preflab.projects.compare.Comparison;
import preflab.projects.compare.Estimate;
import preflab.projects.compare.MetricRow;

/** The report's table of every metric's last value. */
final class MetricTable {

    private final Comparison comparison;
    private final Html html;

    MetricTable(Comparison comparison, Html html) {
        this.comparison = comparison;
        this.html = html;
    }

    void write() {
        if (comparison.metrics().isEmpty()) {
            return;
        }
        html.element("h2", "", "Last values");
        html.raw("<div class=\"scroll\"><table><thead><tr><th>metric</th>");
        comparison.names().forEach(name -> html.element("th", "number", name));
        html.raw("</tr></thead><tbody>\n");
        for (MetricRow row : comparison.metrics()) {
            html.raw("<tr>").element("td", "keep", row.key());
            row.estimates().forEach(this::cell);
            html.raw("</tr>\n");
        }
        html.raw("</tbody></table></div>\n");
    }

    private void cell(Optional<Estimate> estimate) {
        html.element("td", "number", estimate.map(e -> Numbers.brief(e.value())).orElse("–"));
    }
}
