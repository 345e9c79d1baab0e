package preflab.projects.export;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import preflab.projects.chart.Chart;
import preflab.projects.chart.Numbers;
import preflab.projects.chart.SvgPainter;
import preflab.projects.compare.Claims;
import preflab.projects.compare.Comparison;
import preflab.projects.compare.Difference;
import preflab.projects.compare.SideBySide;
import preflab.projects.diagnose.Finding;
import preflab.projects.store.ProjectException;
import preflab.projects.store.RunSummary;

/** A comparison as one HTML file: no scripts, nothing loaded from anywhere, light and dark, fit for paper. */
public final class HtmlReport {

    private static final double CHART_WIDTH = 600;
    private static final double CHART_HEIGHT = 290;

    private final Comparison comparison;
    private final Html html = new Html();

    private HtmlReport(Comparison comparison) {
        this.comparison = comparison;
    }

    /** Writes the report (aside, then renamed). Makes missing folders. */
    public static void write(Comparison comparison, Path file) {
        TextFile.write(file, html(comparison));
    }

    /** The report's text. */
    public static String html(Comparison comparison) {
        return new HtmlReport(comparison).page();
    }

    private String page() {
        html.raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"/>"
                + "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/><title>").text(title())
                .raw("</title>\n<style>\n").raw(css()).raw("</style></head>\n<body><main>\n");
        html.element("h1", "", title());
        html.element("p", "muted", subtitle());
        claims();
        new RunTable(comparison, html).write();
        differences();
        charts();
        new MetricTable(comparison, html).write();
        diagnoses();
        samples();
        html.raw("<footer>Made by Preflab. Everything shown comes from the project’s own records; "
                + "this file loads nothing and runs no scripts.</footer>\n</main></body></html>\n");
        return html.toString();
    }

    private String title() {
        int n = comparison.runs().size();
        return n == 1 ? comparison.names().getFirst() : "Comparison of " + n + " runs";
    }

    private String subtitle() {
        List<String> data = comparison.runs().stream().map(run -> run.data()).distinct().toList();
        List<String> models = comparison.runs().stream().map(RunSummary::model).distinct().toList();
        return "from " + String.join(", ", models) + " on " + String.join(", ", data);
    }

    private void claims() {
        if (comparison.claims().isEmpty() && comparison.choice().isEmpty()) {
            return;
        }
        html.element("h2", "", "Is the difference real?");
        comparison.choice().ifPresent(choice -> html.element("p", "", choice.sentence()));
        comparison.claims().forEach(claim -> html.raw("<p>").text(claim.sentence() + " ")
                .element("span", "interval", claim.basis()).raw("</p>\n"));
        if (!comparison.claims().isEmpty()) {
            html.element("p", "muted", Claims.CAUTION);
        }
    }

    private void diagnoses() {
        boolean found = comparison.diagnoses().stream().anyMatch(one -> !one.findings().isEmpty());
        if (!found) {
            return;
        }
        html.element("h2", "", "What to know about these runs");
        for (int i = 0; i < comparison.runs().size(); i++) {
            String name = comparison.names().get(i);
            comparison.diagnoses().get(i).findings().forEach(finding -> finding(name, finding));
        }
    }

    private void finding(String name, Finding finding) {
        html.raw("<p><strong>").text(name + ": " + finding.title()).raw(".</strong> ").text(finding.evidence())
                .raw("</p>\n");
        if (!finding.rows().isEmpty()) {
            html.raw("<ul>");
            finding.rows().forEach(row -> html.element("li", "", "row " + (row.row() + 1) + ": " + row.words()));
            html.raw("</ul>\n");
        }
        remedies(finding.remedies());
        html.element("p", "muted", "What to try: " + finding.advice());
    }

    private void remedies(List<Finding.Remedy> remedies) {
        if (remedies.isEmpty()) {
            return;
        }
        html.element("p", "muted", Finding.SCOPE);
        html.raw("<div class=\"scroll\"><table><thead><tr><th>loss</th><th class=\"number\">chosen up</th>"
                + "<th class=\"number\">rejected down</th><th>effect</th></tr></thead><tbody>\n");
        for (Finding.Remedy remedy : remedies) {
            html.raw("<tr>").element("td", "keep", remedy.loss()).element("td", "number", Numbers.brief(remedy.up()))
                    .element("td", "number", Numbers.brief(remedy.down())).element("td", "", remedy.effect())
                    .raw("</tr>\n");
        }
        html.raw("</tbody></table></div>\n");
    }

    private void differences() {
        html.element("h2", "", "What differs");
        if (comparison.differences().isEmpty()) {
            html.element("p", "muted", comparison.runs().size() == 1
                    ? "One run alone differs from nothing."
                    : "These runs have equal settings, data and models.");
            return;
        }
        html.raw("<div class=\"scroll\"><table class=\"differs\"><thead><tr><th>setting</th>");
        comparison.names().forEach(name -> html.element("th", "", name));
        html.raw("</tr></thead><tbody>\n");
        for (Difference difference : comparison.differences()) {
            html.raw("<tr><td class=\"keep\">").text(difference.name()).raw(" ")
                    .element("span", "interval", difference.group()).raw("</td>");
            difference.values().forEach(value -> html.element("td", "", value));
            html.raw("</tr>\n");
        }
        html.raw("</tbody></table></div>\n");
    }

    private void charts() {
        if (comparison.charts().isEmpty()) {
            return;
        }
        html.element("h2", "", "Over the steps");
        html.raw("<div class=\"charts\">\n");
        for (Chart chart : comparison.charts()) {
            html.raw("<figure>").raw(SvgPainter.themedSvg(chart, CHART_WIDTH, CHART_HEIGHT)).raw("</figure>\n");
        }
        html.raw("</div>\n");
    }

    private void samples() {
        if (comparison.samples().isEmpty()) {
            return;
        }
        boolean before = comparison.samples().stream().anyMatch(row -> row.before().isPresent());
        html.element("h2", "", "The same prompts, answered");
        html.raw("<div class=\"scroll\"><table class=\"samples\"><thead><tr><th>prompt</th>");
        if (before) {
            html.raw("<th>before training</th>");
        }
        comparison.names().forEach(name -> html.element("th", "", name));
        html.raw("</tr></thead><tbody>\n");
        comparison.samples().forEach(row -> sample(row, before));
        html.raw("</tbody></table></div>\n");
    }

    private void sample(SideBySide row, boolean before) {
        html.raw("<tr><td>").element("div", "text", row.prompt());
        row.expected().ifPresent(expected -> html.element("div", "interval", "right: " + expected));
        html.raw("</td>");
        if (before) {
            SampleCell.write(html, row.before());
        }
        row.answers().forEach(answer -> SampleCell.write(html, answer));
        html.raw("</tr>\n");
    }

    /** A step count as people read it. */
    static String steps(RunSummary run) {
        return Numbers.step(run.lastStep()) + " / " + Numbers.step(run.totalSteps());
    }

    private static String css() {
        try (InputStream in = HtmlReport.class.getResourceAsStream("report.css")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new ProjectException(ProjectException.Code.SYSTEM, "cannot read the resource report.css", e);
        }
    }
}
