package io.provision.plan;

import static io.provision.plan.InstanceBuilder.instance;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.provision.manifest.Instance;
import io.provision.plan.VolumeResource.Folder;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What instances get on the disk, and what stands on the way there. */
class DesiredFoldersTest {

    private static Desired desired(InstanceBuilder... builders) {
        List<Instance> instances = Stream.of(builders).map(InstanceBuilder::build).toList();
        return DesiredState.of(
                InstanceBuilder.manifest(instances),
                instances,
                Set.of(Store.VOLUME),
                new Login("postgres", true, "trading"),
                Map.of(),
                List.of());
    }

    @Test
    void foldersOnTheWayKeepTheirModeAndBelongToAllThatPass() {
        Desired desired = desired(
                instance("exchange-OKX", "exchange_okx")
                        .volume("/srv/volumes", "exchange-OKX/data", 0750, Optional.of("1000:1000"))
                        .volume("/srv/volumes", "exchange-OKX/logs", 0777),
                instance("custodian-Komainu", "custodian_komainu")
                        .volume("/srv/volumes", "custodian-Komainu/data", 0700));

        assertEquals(
                """
                * | folder /srv 0711 if made
                * | folder /srv/volumes 0711 if made
                custodian-Komainu | folder /srv/volumes/custodian-Komainu 0700 if made
                custodian-Komainu | folder /srv/volumes/custodian-Komainu/data 0700
                exchange-OKX | folder /srv/volumes/exchange-OKX 0751 if made
                exchange-OKX | folder /srv/volumes/exchange-OKX/data 0750 of 1000:1000
                exchange-OKX | folder /srv/volumes/exchange-OKX/logs 0777
                """,
                DesiredText.of(desired));
    }

    @Test
    void aVolumeOnTheWayToAnotherIsAVolumeAllTheSame() {
        Desired desired = desired(
                instance("outer", "outer").volume("/srv", "outer", 0750),
                instance("inner", "inner").volume("/srv/outer/inner", "data", 0777));

        assertEquals(
                """
                * | folder /srv 0751 if made
                * | folder /srv/outer 0750
                * | folder /srv/outer/inner 0755 if made
                inner | folder /srv/outer/inner/data 0777
                """,
                DesiredText.of(desired));
    }

    @Test
    void rootsBesideEachOtherShareTheFoldersAboveThem() {
        Desired desired = desired(
                instance("exchange-OKX", "exchange_okx")
                        .volume("/srv/data", "okx", 0750)
                        .volume("/srv/logs", "okx", 0750));

        assertEquals(
                Optional.of(new Folder(Path.of("/srv"), Path.of("/srv"), 0750, true, Optional.empty())),
                desired.state().find(new ResourceId(Store.VOLUME, "folder", "/srv")));
    }
}
