package preflab.engine.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import preflab.engine.SharedFolder;

/**
 * The same templates and variables through this interpreter and through Python's Jinja2, set up as transformers sets it
 * up. More templates, as {@code *.jinja}, are read from the folder that {@code -Dpreflab.templates} names; those of
 * them that are refused although Jinja2 renders them are listed in {@code target/refused-templates.txt}.
 */
@Tag("slow")
class JinjaAgreementTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void everyTemplateAndConstructGivesTheTextThatJinja2Gives() throws IOException {
        List<String> wrong = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        int cases = 0;
        try (Reference reference = new Reference()) {
            for (Map.Entry<String, String> template : templates().entrySet()) {
                for (Map.Entry<String, Map<String, Object>> input : Conversations.all().entrySet()) {
                    String what = template.getKey() + " / " + input.getKey();
                    JsonNode expected = reference.render(template.getValue(), input.getValue());
                    compare(what, template.getValue(), input.getValue(), expected, wrong, refused);
                    cases++;
                    if (!wrong.isEmpty() && wrong.getLast().startsWith(what)) {
                        break; // one example of what a template has wrong will do
                    }
                }
            }
        }
        Files.write(Files.createDirectories(Path.of("target")).resolve("refused-templates.txt"), refused);
        assertThat(wrong).as("of " + cases + " cases").isEmpty();
        assertThat(refused.stream().filter(each -> !each.startsWith("extra "))).as("refused").isEmpty();
        assertThat(cases).isGreaterThan(300);
    }

    private static void compare(String what, String template, Map<String, Object> input, JsonNode expected,
            List<String> wrong, List<String> refused) {
        try {
            String ours = Template.parse(template).render(input, SharedTemplatesTest.NOW);
            if (!expected.has("rendered")) {
                wrong.add(what + ": rendered, but Jinja2 says " + expected.path("error").asText());
            } else if (!ours.equals(expected.path("rendered").asText())) {
                wrong.add(what + ":\n" + ours + "\ninstead of\n" + expected.path("rendered").asText());
            }
        } catch (TemplateException e) {
            if (expected.has("rendered")) {
                refused.add(what + ": " + e.getMessage());
            }
        }
    }

    private static Map<String, String> templates() throws IOException {
        Map<String, String> templates = new LinkedHashMap<>();
        SharedFolder.json("data/chat_templates/chat_templates.json").path("templates").properties()
                .forEach(e -> templates.put(e.getKey(), e.getValue().path("chat_template").asText()));
        templates.putAll(Constructs.all());
        String more = System.getProperty("preflab.templates");
        if (more != null) {
            try (Stream<Path> files = Files.list(Path.of(more))) {
                for (Path file : files.filter(f -> f.toString().endsWith(".jinja")).sorted().toList()) {
                    templates.put("extra " + file.getFileName(), Files.readString(file));
                }
            }
        }
        return templates;
    }

    /** A Python process that answers a line for a line. */
    private static final class Reference implements AutoCloseable {

        private final Process process;
        private final BufferedWriter to;
        private final BufferedReader from;

        Reference() throws IOException {
            Path script = Files.createTempFile("reference", ".py");
            try (InputStream in = JinjaAgreementTest.class.getResourceAsStream("reference.py")) {
                Files.write(script, in.readAllBytes());
            }
            assumeTrue(hasJinja(), "skipped: no python3 with jinja2 (Debian: python3-jinja2)");
            process = new ProcessBuilder("python3", script.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD).start();
            to = process.outputWriter(StandardCharsets.UTF_8);
            from = process.inputReader(StandardCharsets.UTF_8);
        }

        private static boolean hasJinja() {
            try {
                return new ProcessBuilder("python3", "-c", "import jinja2")
                        .redirectError(ProcessBuilder.Redirect.DISCARD).start().waitFor() == 0;
            } catch (IOException e) {
                return false;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }

        JsonNode render(String template, Map<String, Object> variables) {
            try {
                to.write(JSON.writeValueAsString(Map.of("template", template, "variables", variables)));
                to.newLine();
                to.flush();
                return JSON.readTree(from.readLine());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void close() {
            process.destroy();
        }
    }
}
