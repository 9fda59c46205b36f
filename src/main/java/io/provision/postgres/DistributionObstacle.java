package io.provision.postgres;

/** Why a schema with this in it is not distributed. {@code %1$s} is what is in the way, {@code %2$s} tells it. */
enum DistributionObstacle {
    EXTENSION_SCHEMA("it is the schema of the extension %2$s", "move the extension, or name another schema"),
    EXTENSION_MEMBER("%1$s belongs to the extension %2$s", "take it out of the extension, or leave it where it is"),
    COMPAT_VIEW(
            "%1$s, which `views: compat` leaves, could not be written to over a distributed table",
            "write `views: none`, and drop the view where it stands"),
    FOREIGN_TABLE("%1$s is a foreign table, which cannot be distributed", "move it to another schema"),
    IDENTITY(
            "%1$s has the identity column %2$s: Citus could distribute it, and never take that back",
            "make it a column with a sequence: ALTER TABLE %1$s ALTER COLUMN %2$s DROP IDENTITY, CREATE SEQUENCE …"
                    + " OWNED BY it, and SET DEFAULT nextval(…)"),
    INHERITANCE("%1$s inherits from, or is inherited by, %2$s", "use partitions, or NO INHERIT"),
    PARTITION(
            "%1$s and %2$s are partition and parent in different schemas", "let both stand in the same schema"),
    FOREIGN_KEY(
            "a foreign key ties %1$s to a table of another schema (%2$s)",
            "move that table, too, make it a reference table where it is referenced, or drop the key"),
    TRIGGER(
            "%1$s has the trigger %2$s, which Citus does not take",
            "drop it, or set citus.enable_unsafe_triggers for the login if you know what that means"),
    DISTRIBUTED_TABLE("%1$s is a distributed table by itself", "undistribute_table it first"),
    OWNER(
            "the login cannot act for %2$s, who owns %1$s",
            "let somebody who may grant that role to the login, or change the owner");

    private final String why;
    private final String remedy;

    DistributionObstacle(String why, String remedy) {
        this.why = why;
        this.remedy = remedy;
    }

    String why(String object, String detail) {
        return why.formatted(object, detail);
    }

    String remedy(String object, String detail) {
        return remedy.formatted(object, detail);
    }
}
