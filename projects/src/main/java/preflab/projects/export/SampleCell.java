package preflab.projects.export;

import java.util.Optional;
import preflab.engine.train.Sample;

/** One generated answer in a table. */
final class SampleCell {

    private SampleCell() {
    }

    static void write(Html html, Optional<Sample> answer) {
        if (answer.isEmpty()) {
            html.raw("<td class=\"muted\">–</td>");
            return;
        }
        Sample sample = answer.get();
        html.raw("<td>");
        sample.correct().ifPresent(right -> html.raw("<span class=\"mark ").raw(right ? "good\">✓" : "bad\">✗")
                .raw("</span>"));
        html.element("span", "text", sample.completion()).raw("</td>");
    }
}
