package io.provision.plan.acl;

import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * What commands need of a key pattern: {@code %R~}, {@code %W~}, both ({@code ~}), or only that it is there. A server
 * decides by each of a command's keys ({@code COMMAND INFO}, key specifications); what is not in this table is decided
 * by its category, and rather takes too much for possible.
 */
final class KeyNeeds {

    /** What one of a command's keys needs of a pattern. */
    enum Need { MATCH, READ, WRITE, BOTH }

    private static final Map<String, Set<Need>> KNOWN = table("""
            MATCH: exists hexists hlen hstrlen llen memory|usage object|encoding object|freq object|idletime
              object|refcount scard sismember strlen touch type xlen zcard watch
            READ: eval_ro evalsha_ro fcall_ro pfdebug xreadgroup
            READ WRITE: copy bitop geosearchstore sdiffstore sinterstore sunionstore zdiffstore zinterstore
              zrangestore zunionstore sort georadius georadiusbymember
            READ WRITE BOTH: bitfield
            READ BOTH: pfmerge
            WRITE: append del expire expireat geoadd hdel hmset hset hsetnx linsert lpush lpushx lrem lset ltrim mset
              msetnx persist pexpire pexpireat pfadd psetex restore restore-asking rpush rpushx sadd setex setnx
              setrange srem unlink xack xadd xautoclaim xclaim xdel xgroup|create xgroup|createconsumer
              xgroup|delconsumer xgroup|destroy xgroup|setid xsetid xtrim zadd zrem zremrangebylex zremrangebyrank
              zremrangebyscore
            WRITE BOTH: set blmove brpoplpush lmove rename renamenx rpoplpush smove
            BOTH: eval evalsha fcall blmpop blpop brpop bzmpop bzpopmax bzpopmin decr decrby getdel getex getset
              hincrby hincrbyfloat incr incrby incrbyfloat lmpop lpop move rpop setbit spop zincrby zmpop zpopmax
              zpopmin migrate
            :  dbsize keys lolwut randomkey scan flushall flushdb swapdb function|delete function|flush function|load
              function|restore
            """);

    private KeyNeeds() {}

    private static Map<String, Set<Need>> table(String text) {
        Map<String, Set<Need>> table = new HashMap<>();
        Set<Need> needs = Set.of();
        for (String line : text.lines().toList()) {
            int colon = line.indexOf(':');
            if (colon >= 0) {
                needs = EnumSet.noneOf(Need.class);
                for (String word : line.substring(0, colon).strip().split(" ")) {
                    if (!word.isEmpty()) {
                        needs.add(Need.valueOf(word));
                    }
                }
            }
            for (String command : line.substring(colon + 1).strip().split("\\s+")) {
                table.put(command, needs);
            }
        }
        return Map.copyOf(table);
    }

    /**
     * @param command also one for one first argument, such as {@code get|k}, which needs what the command does
     * @return none of a command that has no keys
     */
    static Set<Need> of(String command, CommandCatalog catalog) {
        Set<Need> known = KNOWN.get(command);
        if (known != null) {
            return known;
        }
        if (catalog.isIn("write", command)) {
            return EnumSet.of(Need.READ, Need.WRITE, Need.BOTH);
        }
        if (catalog.isIn("read", command)) {
            return EnumSet.of(Need.READ);
        }
        boolean ofOneArgument = command.contains("|") && !catalog.commands().contains(command);
        return ofOneArgument ? of(CommandCatalog.container(command), catalog) : Set.of();
    }

    /** All that any of them needs. */
    static Set<Need> of(Collection<String> commands, CommandCatalog catalog) {
        Set<Need> needs = EnumSet.noneOf(Need.class);
        commands.forEach(command -> needs.addAll(of(command, catalog)));
        return needs;
    }
}
