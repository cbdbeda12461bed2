package app.mailroom.plan;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.model.Attachment;
import app.mailroom.plan.PlanFinding.Code;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttachmentCheckTest {
    @Test
    void anOrdinaryFileIsFine() {
        assertThat(AttachmentCheck.of(List.of(file("offer.pdf", 200_000)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"setup.exe", "SETUP.EXE", "report.pdf.js", "macro.vbs", "run.bat"})
    void whatMailServicesRefuseBlocks(String name) {
        assertThat(AttachmentCheck.of(List.of(file(name, 10)))).singleElement().satisfies(finding -> {
            assertThat(finding.blocks()).isTrue();
            assertThat(finding.code()).isEqualTo(Code.ATTACHMENT_REFUSED);
            assertThat(finding.detail()).contains(name);
        });
    }

    @Test
    void sizesAreAddedUp() {
        assertThat(AttachmentCheck.of(List.of(file("a.pdf", 4_000_000), file("b.pdf", 4_000_000))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.blocks()).isFalse();
                    assertThat(finding.code()).isEqualTo(Code.ATTACHMENT_LARGE);
                });
        assertThat(AttachmentCheck.of(List.of(file("a.pdf", 20_000_000), file("b.pdf", 9_000_000))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.blocks()).isTrue();
                    assertThat(finding.code()).isEqualTo(Code.ATTACHMENT_TOO_LARGE);
                });
    }

    private static Attachment file(String name, int bytes) {
        return new Attachment(name, "application/octet-stream", new byte[bytes]);
    }
}
