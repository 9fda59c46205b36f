package io.provision.report;

import io.provision.manifest.AddedInstance;
import io.provision.naming.Names;

/** What {@code add} wrote, and what the instance will be called everywhere. */
public record AddedReport(AddedInstance added) {

    public String text() {
        Names names = added.instance().names();
        return """
                %s:%s: %s
                schema %s, namespace %s, role %s; `provision init %s` makes it
                """.formatted(added.file(), added.line(), added.entry(),
                names.schema(), names.namespace(), names.role(), added.instance().name());
    }

    public Document document() {
        return new Document()
                .put("instance", added.instance().name())
                .put("service", added.instance().identity().service())
                .put("file", added.file().toString())
                .put("line", added.line());
    }
}
