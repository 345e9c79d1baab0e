package preflab.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SelfTestTest {

    @Test
    void everyPieceOfAWorkingEnginePasses() {
        assertThat(SelfTest.run()).hasSizeGreaterThan(8).allSatisfy(check -> {
            assertThat(check.detail()).isNotBlank();
            assertThat(check.ok() || check.name().equals("memory")).as(check.toString()).isTrue();
        });
    }
}
