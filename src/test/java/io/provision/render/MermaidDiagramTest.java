package io.provision.render;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MermaidDiagramTest {

    @TempDir
    private Path folder;

    /** As Mermaid 11 itself takes it: an {@code @} outside of quotes it refuses, and what looks like HTML is HTML. */
    @Test
    void namesWithSignsOfMermaidsOwnStandInQuotes() throws IOException {
        String diagram = new MermaidDiagram(Rendered.manifest(folder, """
                ecosystem: test
                redis: {url: embedded}
                services: {cache-service: {}}
                instances:
                  cache-A: {redis_user: "team:a@eu", namespace: 'a<b>#', shares_namespace_with: [cache-B]}
                  cache-B: {namespace: 'a<b>#:B', legacy_schemas: [old]}
                """)).text();

        assertEquals("""
                flowchart LR
                  subgraph service1["cache-service"]
                    i1["cache-A"]
                    i2["cache-B"]
                  end
                  s1[("cache_a")]
                  i1 -->|"cache_a_adapter"| s1
                  k1[/"a#lt;b#gt;#35;:*"/]
                  i1 -->|"team:a@eu"| k1
                  s2[("cache_b")]
                  i2 -->|"cache_b_adapter"| s2
                  s3[("old")]
                  i2 -->|"cache_b_adapter"| s3
                  k2[/"a#lt;b#gt;#35;:B:*"/]
                  i2 -->|"cache-b-adapter"| k2
                  i1 -.->|may own too| k2
                """, diagram);
    }
}
