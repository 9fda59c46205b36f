package io.provision.apply;

/** Is told how far a run is; from several threads. */
public interface Progress {

    /** Told of nothing. */
    Progress SILENT = new Progress() {
        @Override
        public void begins(int instances) {}

        @Override
        public void instanceEnded(String instance, boolean done) {}

        @Override
        public void waitsFor(String what) {}
    };

    void begins(int instances);

    void instanceEnded(String instance, boolean done);

    /** @param what as "provision init (pid 4711, user ci, for 12 s)" */
    void waitsFor(String what);
}
