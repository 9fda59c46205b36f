/** All Jedis code. Others see {@link io.provision.redis.RedisStore}, and the records that it takes and gives. */
package io.provision.redis;
