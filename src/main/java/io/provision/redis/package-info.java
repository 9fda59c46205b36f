/** All Jedis code, behind one small face. */
package io.provision.redis;
