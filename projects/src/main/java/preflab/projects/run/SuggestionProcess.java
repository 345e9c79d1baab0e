package preflab.projects.run;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import preflab.datasets.example.DatasetVersionId;
import preflab.datasets.importer.Progress;
import preflab.datasets.label.SuggestionQuality;
import preflab.projects.run.Suggesting.Basis;
import preflab.projects.run.Suggesting.Suggested;
import preflab.projects.workspace.Workspace;

/**
 * {@link Suggesting#make} in a process of its own ({@code label suggest … --json}), so that a window never loads a model.
 *
 * @param launcher
 *            starts this program
 */
public record SuggestionProcess(SelfLauncher launcher) {

    /** With this program. */
    public static SuggestionProcess ofThisProgram() {
        return new SuggestionProcess(SelfLauncher.thisProgram());
    }

    /**
     * As {@link Suggesting#make}; blocks until the process has ended.
     *
     * @throws InterruptedException
     *             the process is ended then, and nothing changed
     */
    public Suggested make(Workspace workspace, int run, Optional<Basis> basis, DatasetVersionId version,
            Progress progress) throws InterruptedException {
        List<String> arguments = new ArrayList<>(
                List.of("label", "suggest", version.dataset() + "@" + version.version(),
                        "--project", workspace.folder().toString(), "--run", Integer.toString(run), "--json"));
        basis.ifPresent(by -> arguments.addAll(List.of("--by", by.id())));
        return suggested(new ChildCommand(launcher).run(workspace, arguments, "{\"event\":\"suggested\"",
                "making suggestions with run " + run, progress), run);
    }

    private static Suggested suggested(JsonNode event, int run) {
        JsonNode quality = event.path("quality");
        return new Suggested(run, Basis.of(event.path("by").asText()).orElseThrow(),
                event.path("suggestions").asInt(),
                new SuggestionQuality(quality.path("n").asInt(), number(quality, "accuracy"),
                        number(quality, "majority"), number(quality, "kappa"), number(quality, "auc")));
    }

    /** Numbers that are none come as texts. */
    private static double number(JsonNode quality, String name) {
        JsonNode value = quality.path(name);
        return value.isNumber() ? value.doubleValue() : Double.NaN;
    }
}
