package io.provision.it;

import io.provision.testing.TestPostgres;
import io.provision.testing.TestRedis;

/** Servers that stand outside of the command: a database of the test's own, and an empty Redis. */
record Servers(String postgresUrl, String redisUrl) {

    static Servers fresh() {
        TestPostgres postgres = TestPostgres.shared();
        return new Servers(postgres.superuserUrl(postgres.createDatabase()), TestRedis.shared().url());
    }

    /** The same for another login. */
    Servers as(String user, String password) {
        TestPostgres postgres = TestPostgres.shared();
        return new Servers(postgres.url(user, password, databaseName()), redisUrl);
    }

    String databaseName() {
        return postgresUrl.substring(postgresUrl.lastIndexOf('/') + 1);
    }

    Database database() {
        return Database.at(postgresUrl);
    }

    PackagedCommand command(Project project) {
        return project.command().with("POSTGRES_URL", postgresUrl).with("REDIS_URL", redisUrl);
    }
}
