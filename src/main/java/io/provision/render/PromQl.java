package io.provision.render;

/** Text in PromQL's double quotes. */
final class PromQl {

    private PromQl() {}

    static String escaped(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
