package io.provision.testing;

/**
 * What somebody set up by hand for the instances exchange-okxNN and exchange-binanceNN, readerNN and otherNN: each has
 * some of what the tool would make, and some of what it would not.
 */
public final class HandMadeDatabase {

    private static final String SQL = """
            CREATE ROLE exchange_okxNN_adapter LOGIN CONNECTION LIMIT 7 VALID UNTIL '2099-01-01' PASSWORD 'by hand';
            CREATE ROLE exchange_binanceNN_adapter LOGIN;
            CREATE ROLE readerNN LOGIN;
            CREATE ROLE otherNN LOGIN IN ROLE readerNN;
            COMMENT ON ROLE readerNN IS 'reads for Grafana';
            ALTER ROLE exchange_okxNN_adapter SET statement_timeout = '5s';

            CREATE SCHEMA exchange_okxNN;
            COMMENT ON SCHEMA exchange_okxNN IS 'made by hand';
            GRANT USAGE, CREATE ON SCHEMA exchange_okxNN TO exchange_okxNN_adapter, otherNN WITH GRANT OPTION;
            GRANT USAGE ON SCHEMA exchange_okxNN TO readerNN;

            CREATE SCHEMA exchange_binanceNN AUTHORIZATION exchange_binanceNN_adapter;
            GRANT USAGE, CREATE ON SCHEMA exchange_binanceNN TO PUBLIC;
            GRANT CREATE ON SCHEMA exchange_binanceNN TO readerNN;
            SET ROLE exchange_binanceNN_adapter;
            CREATE TABLE exchange_binanceNN.seen (id serial);
            CREATE TABLE exchange_binanceNN.unseen (id integer);
            GRANT SELECT, UPDATE ON exchange_binanceNN.seen TO readerNN, otherNN;
            GRANT SELECT ON exchange_binanceNN.seen_id_seq TO readerNN;
            ALTER DEFAULT PRIVILEGES IN SCHEMA exchange_binanceNN GRANT SELECT, DELETE ON TABLES TO readerNN;
            ALTER DEFAULT PRIVILEGES IN SCHEMA exchange_binanceNN GRANT SELECT ON SEQUENCES TO readerNN, otherNN;
            RESET ROLE;
            ALTER DEFAULT PRIVILEGES IN SCHEMA exchange_binanceNN GRANT SELECT ON TABLES TO readerNN;
            ALTER ROLE exchange_binanceNN_adapter IN DATABASE %s SET search_path = public, "$user"
            """;

    private HandMadeDatabase() {}

    public static void in(TestEcosystem ecosystem) {
        ecosystem.execute(SQL.formatted(ecosystem.database()));
    }
}
