package io.provision.status;

import java.util.List;

/**
 * What discovery holds beside the instances' own entries.
 *
 * @param orphans entries that no instance of the manifest accounts for, by key; of very many, some
 * @param moreOrphans how many others there are
 * @param complete whether all keys of the server were looked at
 */
public record Discovery(List<Registration> orphans, long moreOrphans, boolean complete) {

    public Discovery {
        orphans = List.copyOf(orphans);
    }
}
