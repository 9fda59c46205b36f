package io.provision.render;

/** Text in PromQL's double quotes. */
final class PromQl {

    private PromQl() {}

    /** A dollar as an escape: Grafana would fill in what it begins. */
    static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("$", "\\x24");
    }
}
