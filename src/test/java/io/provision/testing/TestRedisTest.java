package io.provision.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisDataException;

class TestRedisTest {

    @Test
    void startsEachTestEmpty() {
        try (Jedis jedis = TestRedis.shared().connect()) {
            jedis.set("left", "over");
            jedis.aclSetUser("left-over");
        }
        try (Jedis jedis = TestRedis.shared().connect()) {
            assertNull(jedis.get("left"));
            assertEquals(List.of("default"), jedis.aclUsers());
        }
    }

    @Test
    void asksForAPassword() {
        try (Jedis stranger = new Jedis("127.0.0.1", TestRedis.shared().port())) {
            assertThrows(JedisDataException.class, stranger::ping);
        }
    }

    @Test
    void asksForNoneWhereThatIsWanted() {
        try (Jedis stranger = new Jedis("127.0.0.1", TestRedis.sharedWithoutPassword().port())) {
            assertEquals("PONG", stranger.ping());
        }
    }
}
