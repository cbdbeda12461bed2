package app.mailroom.ui.amazon;

import static org.assertj.core.api.Assertions.assertThat;

import app.mailroom.ui.common.Texts;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sesv2.SesV2Client;

class RegionsTest {
    private final Texts english = Texts.in(Locale.ENGLISH);
    private final Texts korean = Texts.in(Locale.KOREAN);

    @Test
    void everyRegionWithSesIsOffered() {
        List<String> offered = SesV2Client.serviceMetadata().regions().stream()
                .map(Region::id)
                .filter(id -> !id.startsWith("fips-"))
                .toList();
        assertThat(Regions.IDS).doesNotHaveDuplicates().containsAll(offered);
    }

    @Test
    void everyRegionHasAPlaceInBothLanguages() {
        for (Texts texts : List.of(english, korean)) {
            assertThat(Regions.IDS)
                    .allSatisfy(id -> assertThat(texts.code("region", id)).isNotEqualTo(id));
        }
    }

    @Test
    void anIdAPlaceOrBothAreUnderstood() {
        assertThat(Regions.read(english, " eu-central-1 ")).isEqualTo("eu-central-1");
        assertThat(Regions.read(english, "EU-Central-1")).isEqualTo("eu-central-1");
        assertThat(Regions.read(english, "frankfurt")).isEqualTo("eu-central-1");
        assertThat(Regions.read(korean, "서울")).isEqualTo("ap-northeast-2");
        for (String id : Regions.IDS) {
            assertThat(Regions.read(korean, Regions.shown(korean, id))).isEqualTo(id);
        }
    }

    @Test
    void aRegionThatNobodyHasHeardOfMayBeTyped() {
        assertThat(Regions.read(english, "mars-north-1")).isEqualTo("mars-north-1");
        assertThat(Regions.shown(english, "mars-north-1")).isEqualTo("mars-north-1");
    }
}
