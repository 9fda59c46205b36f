package io.provision.redis;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterMemberTest {

    private static final String ID = "07c37dfeb235213a872192d90877d0cd55635b91";

    @ParameterizedTest
    @CsvSource({
        "true, a master with slots, master - 0 1426238317239 4 connected 0-5460",
        "true, with a single one, master - 0 1426238317239 4 connected 77",
        "true, the one that was asked, 'myself,master - 0 0 1 connected 5461-10922'",
        "true, one that failed and has no replica, 'master,fail - 1426238317239 1426238316232 4 disconnected 0-5460'",
        "false, one whose place a replica has taken, 'master,fail - 1426238317239 1426238316232 4 disconnected'",
        "false, a replica that the node asked has not heard of as one yet, master - 0 1426238317239 4 connected",
        "false, a master that joined a moment ago, master - 0 1426238317239 0 connected",
        "false, a replica, slave " + ID + " 0 1426238317239 4 connected",
    })
    void onlyWhoHasSlotsHasKeysOfItsOwn(boolean expected, String who, String rest) {
        String line = ID + " 127.0.0.1:30001@31001,hostname1 " + rest;

        assertEquals(expected, ClusterMember.all(line).get(0).hasKeys(), who);
    }

    @Test
    void slotsOnTheirWayAreOfTheNodeThatStillHasThem() {
        String line = ID + " 127.0.0.1:30001@31001 myself,master - 0 0 1 connected 0-2 9 [10-<-" + ID + "]";

        assertEquals(
                List.of(new ClusterMember.Slots(0, 2), new ClusterMember.Slots(9, 9)),
                ClusterMember.all(line).get(0).slots());
    }
}
