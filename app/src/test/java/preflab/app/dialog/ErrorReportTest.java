package preflab.app.dialog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;
import preflab.engine.param.ParamException;
import preflab.projects.store.ProjectException;

class ErrorReportTest {

    @Test
    void aModulesOwnMessageIsKeptAndGetsTheModulesCode() {
        ErrorReport report = ErrorReport.of("Opening", new ProjectException(ProjectException.Code.NOT_A_PROJECT, "no"));
        assertThat(report.code()).isEqualTo(ErrorCode.PROJECT);
        assertThat(report.message()).isEqualTo("no");
        assertThat(ErrorReport.of("Starting", new ParamException("beta")).code()).isEqualTo(ErrorCode.SETTING);
    }

    @Test
    void aMissingFileIsNamed() {
        ErrorReport report = ErrorReport.of("Reading", new UncheckedIOException(new NoSuchFileException("/a/b")));
        assertThat(report.code()).isEqualTo(ErrorCode.FILE);
        assertThat(report.message()).isEqualTo("there is no file /a/b");
    }

    @Test
    void aMistakeOfTheProgramSaysSoEvenWithoutAMessage() {
        ErrorReport report = ErrorReport.of("Drawing", new NullPointerException());
        assertThat(report.code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(report.message()).isEqualTo("null pointer exception");
        assertThat(report.asText()).contains("PF-900", "Drawing", "ErrorReportTest");
    }

    @Test
    void theSameFailureAgainOnlyCountsUp() {
        ErrorModel model = new ErrorModel();
        for (int i = 0; i < 3; i++) {
            model.show(ErrorReport.of("Reading", new IllegalStateException("gone")));
        }
        assertThat(model.repeatsProperty().get()).isEqualTo(3);
        model.show(ErrorReport.of("Reading", new IllegalStateException("other")));
        assertThat(model.repeatsProperty().get()).isEqualTo(1);
        model.dismiss();
        assertThat(model.reportProperty().get()).isNull();
    }
}
