package io.provision.manifest;

import io.provision.problem.Problem;
import java.util.List;

/** What came of reading a manifest. */
public sealed interface Reading {

    /** It has no errors; its warnings are the manifest's. */
    record Read(Manifest manifest, Effective effective) implements Reading {}

    /** @param problems errors and warnings, in the order of the files and their lines */
    record Faulty(List<Problem> problems) implements Reading {

        public Faulty {
            problems = List.copyOf(problems);
        }
    }
}
