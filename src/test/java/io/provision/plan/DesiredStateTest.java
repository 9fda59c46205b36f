package io.provision.plan;

import static io.provision.plan.InstanceBuilder.instance;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.provision.manifest.Instance;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an instance gets. */
class DesiredStateTest {

    private static final Login SUPERUSER = new Login("postgres", true, "trading");
    private static final Login CREATEROLE = new Login("provisioner", false, "trading");

    private static Desired desired(Login login, InstanceBuilder... builders) {
        return desired(EnumSet.allOf(Store.class), login, Map.of(), builders);
    }

    private static Desired desired(
            Set<Store> stores, Login login, Map<Path, List<SqlScript>> scripts, InstanceBuilder... builders) {
        List<Instance> instances = Stream.of(builders).map(InstanceBuilder::build).toList();
        return DesiredState.of(InstanceBuilder.manifest(instances), instances, stores, login, scripts, List.of());
    }

    private static SqlScript script(String file) {
        return new SqlScript(SqlScript.Name.parse(file).orElseThrow(), "checksum of " + file, "");
    }

    @Test
    void anInstanceOwnsItsSchema() {
        Desired desired = desired(SUPERUSER, instance("exchange-OKX", "exchange_okx").namespace("exchange:OKX"));

        assertEquals(
                """
                exchange-OKX | on SEQUENCES in exchange_okx to exchange_okx: SELECT UPDATE USAGE
                exchange-OKX | on TABLES in exchange_okx to exchange_okx: \
                SELECT INSERT UPDATE DELETE TRUNCATE REFERENCES TRIGGER
                exchange-OKX | role exchange_okx, made for exchange-OKX
                exchange-OKX | schema exchange_okx of exchange_okx, made for exchange-OKX
                exchange-OKX | on exchange_okx to public: nothing
                exchange-OKX | search path of exchange_okx in trading: exchange_okx, public
                exchange-OKX | namespace exchange:OKX
                """,
                DesiredText.of(desired));
    }

    @Test
    void aLoginThatIsNoSuperuserJoinsTheRolesThatItActsFor() {
        Desired desired = desired(
                CREATEROLE, instance("risk-monitor-LH", "risk_monitor_lh"), instance("provisioner", "provisioner"));

        assertEquals(
                """
                risk-monitor-LH | provisioner in risk_monitor_lh, inherit true, set true
                """,
                DesiredText.of(desired, ResourceKind.MEMBERSHIP));
    }

    @Test
    void whereTheAdminOwnsTheSchemaTheRoleGetsEverythingInIt() {
        Desired desired = desired(
                Set.of(Store.POSTGRES), CREATEROLE, Map.of(),
                instance("audit-correlator", "audit").owner(Instance.Owner.ADMIN));

        assertEquals(
                """
                audit-correlator | default for FUNCTIONS by provisioner in audit to audit: EXECUTE
                audit-correlator | default for SEQUENCES by provisioner in audit to audit: SELECT UPDATE USAGE
                audit-correlator | default for TABLES by provisioner in audit to audit: \
                SELECT INSERT UPDATE DELETE TRUNCATE REFERENCES TRIGGER
                audit-correlator | provisioner in audit, inherit true, set true
                audit-correlator | on FUNCTIONS in audit to audit: EXECUTE
                audit-correlator | on SEQUENCES in audit to audit: SELECT UPDATE USAGE
                audit-correlator | on TABLES in audit to audit: \
                SELECT INSERT UPDATE DELETE TRUNCATE REFERENCES TRIGGER
                audit-correlator | role audit, made for audit-correlator
                audit-correlator | schema audit of provisioner if made, made for audit-correlator
                audit-correlator | on audit to audit: CREATE USAGE
                audit-correlator | on audit to public: nothing
                audit-correlator | search path of audit in trading: audit, public
                """,
                DesiredText.of(desired));
    }

    @Test
    void aReaderSeesWhatTheRoleAndTheAdminMakeNowAndLater() {
        Desired desired = desired(SUPERUSER, instance("test-coordinator", "test_coordination").reader("monitor_user"));

        assertEquals(
                """
                test-coordinator | default for SEQUENCES by postgres in test_coordination to monitor_user: SELECT
                test-coordinator | default for SEQUENCES by test_coordination in test_coordination \
                to monitor_user: SELECT
                test-coordinator | default for TABLES by postgres in test_coordination to monitor_user: SELECT
                test-coordinator | default for TABLES by test_coordination in test_coordination \
                to monitor_user: SELECT
                test-coordinator | on SEQUENCES in test_coordination to monitor_user: SELECT
                test-coordinator | on SEQUENCES in test_coordination to test_coordination: SELECT UPDATE USAGE
                test-coordinator | on TABLES in test_coordination to monitor_user: SELECT
                test-coordinator | on TABLES in test_coordination to test_coordination: \
                SELECT INSERT UPDATE DELETE TRUNCATE REFERENCES TRIGGER
                * | role monitor_user, made for *
                test-coordinator | role test_coordination, made for test-coordinator
                test-coordinator | on test_coordination to monitor_user: USAGE
                test-coordinator | on test_coordination to public: nothing
                """,
                DesiredText.of(
                        desired,
                        ResourceKind.DEFAULT_PRIVILEGES,
                        ResourceKind.OBJECT_GRANTS,
                        ResourceKind.ROLE,
                        ResourceKind.SCHEMA_GRANT));
    }

    @Test
    void aRoleOfOneInstanceMayReadAnother() {
        Desired desired = desired(
                SUPERUSER,
                instance("audit-correlator", "audit"),
                instance("risk-monitor-LH", "risk_monitor_lh").reader("audit"));

        assertEquals(
                """
                * | role audit, made for *
                risk-monitor-LH | role risk_monitor_lh, made for risk-monitor-LH
                audit-correlator | on audit to public: nothing
                risk-monitor-LH | on risk_monitor_lh to audit: USAGE
                risk-monitor-LH | on risk_monitor_lh to public: nothing
                """,
                DesiredText.of(desired, ResourceKind.ROLE, ResourceKind.SCHEMA_GRANT));
    }

    @Test
    void aRoleThatIsToReadItsOwnSchemaGetsNothingMore() {
        Desired plain = desired(SUPERUSER, instance("audit-correlator", "audit"));
        Desired reading = desired(SUPERUSER, instance("audit-correlator", "audit").reader("audit"));

        assertEquals(
                DesiredText.of(plain, ResourceKind.SCHEMA_GRANT, ResourceKind.OBJECT_GRANTS),
                DesiredText.of(reading, ResourceKind.SCHEMA_GRANT, ResourceKind.OBJECT_GRANTS));
    }

    @Test
    void aLegacySchemaIsAsTheSchemaAndComesAfterItInTheSearchPath() {
        Desired desired = desired(
                Set.of(Store.POSTGRES),
                SUPERUSER,
                Map.of(Path.of("/sql/audit"), List.of(script("V1__tables.sql"), script("R__views.sql"))),
                instance("audit-correlator", "audit").legacySchema("audit_correlator").sql("/sql/audit"));

        assertEquals(
                """
                audit-correlator | schema audit of audit, made for audit-correlator
                audit-correlator | schema audit_correlator of audit, made for audit-correlator
                audit-correlator | on audit to public: nothing
                audit-correlator | on audit_correlator to public: nothing
                audit-correlator | search path of audit in trading: audit, audit_correlator, public
                audit-correlator | sql file R__views.sql in audit
                audit-correlator | sql file R__views.sql in audit_correlator
                audit-correlator | sql file V1__tables.sql in audit
                audit-correlator | sql file V1__tables.sql in audit_correlator
                """,
                DesiredText.of(
                        desired,
                        ResourceKind.SCHEMA,
                        ResourceKind.SCHEMA_GRANT,
                        ResourceKind.SEARCH_PATH,
                        ResourceKind.SQL_FILE));
    }

    @Test
    void twoInstancesMayShareARoleOnPurpose() {
        Desired desired = desired(
                Set.of(Store.POSTGRES), CREATEROLE, Map.of(),
                instance("trading-system-LH", "trading_system_lh").role("trading").legacySchema("old"),
                instance("trading-system-AX", "trading_system_ax").role("trading").legacySchema("old"));

        assertEquals(
                """
                * | provisioner in trading, inherit true, set true
                * | role trading, made for *
                * | schema old of trading, made for *
                trading-system-AX | schema trading_system_ax of trading, made for trading-system-AX
                trading-system-LH | schema trading_system_lh of trading, made for trading-system-LH
                * | search path of trading in trading: trading_system_ax, old, trading_system_lh, public
                """,
                DesiredText.of(
                        desired,
                        ResourceKind.MEMBERSHIP,
                        ResourceKind.ROLE,
                        ResourceKind.SCHEMA,
                        ResourceKind.SEARCH_PATH));
    }

    @Test
    void thePublicSchemaIsUsedAndNeverTouched() {
        Desired desired = desired(
                Set.of(Store.POSTGRES),
                SUPERUSER,
                Map.of(Path.of("/sql/market"), List.of(script("V1__prices.sql"))),
                instance("market-data-Coinmetrics", "public")
                        .role("market_data")
                        .owner(Instance.Owner.ADMIN)
                        .reader("monitor_user")
                        .sql("/sql/market"));

        assertEquals(
                """
                market-data-Coinmetrics | default for SEQUENCES by market_data in public to monitor_user: SELECT
                market-data-Coinmetrics | default for TABLES by market_data in public to monitor_user: SELECT
                market-data-Coinmetrics | role market_data, made for market-data-Coinmetrics
                * | role monitor_user, made for *
                market-data-Coinmetrics | search path of market_data in trading: public
                market-data-Coinmetrics | sql file V1__prices.sql in public
                """,
                DesiredText.of(desired));
    }

    @ParameterizedTest
    @CsvSource({"POSTGRES, 6", "REDIS, 1", "VOLUME, 4"})
    void onlyTheStoresThatTheRunIsAboutAreConcerned(Store store, int resources) {
        Desired desired = desired(
                Set.of(store),
                SUPERUSER,
                Map.of(),
                instance("exchange-OKX", "exchange_okx").volume("/srv/volumes", "exchange-OKX/data", 0750));

        assertEquals(resources, desired.state().resources().size());
        assertEquals(Set.of(store), storesOf(desired));
    }

    private static Set<Store> storesOf(Desired desired) {
        EnumSet<Store> stores = EnumSet.noneOf(Store.class);
        desired.state().resources().keySet().forEach(id -> stores.add(id.store()));
        return stores;
    }

    @Test
    void whatTwoInstancesWantDifferentlyIsNoState() {
        IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, () -> desired(
                SUPERUSER,
                instance("exchange-OKX", "exchange").role("okx"),
                instance("exchange-Binance", "exchange").role("binance")));

        assertEquals(
                "two instances want a different ResourceId[store=POSTGRES, kind=schema, target=exchange]",
                refused.getMessage());
    }
}
