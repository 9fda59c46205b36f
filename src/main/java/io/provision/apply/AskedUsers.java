package io.provision.apply;

/**
 * What Redis is asked of users while PostgreSQL is looked at: ten thousand of them take it seconds. Nobody else asks it
 * until {@link #users} has ended.
 *
 * @param servers known soon
 * @param users known late
 */
record AskedUsers(BackgroundTask<UserServers> servers, BackgroundTask<LiveUsers> users) {

    /** @param looking whether it is enough that the login may look at users */
    static AskedUsers begin(Scope scope, Stores stores, boolean looking) {
        BackgroundTask<UserServers> servers = BackgroundTask.begin(() -> UserServers.find(scope, stores, looking));
        return new AskedUsers(servers, BackgroundTask.begin(() -> LiveUsers.on(servers.result(), scope)));
    }
}
