package io.provision.apply;

import io.provision.plan.Change;
import io.provision.postgres.Session;
import java.util.List;

/** Where a run goes, and so what a fresh look is held against. All in the transaction that stands open. */
interface Direction {

    /** Whether roles, and what several instances share, come before the instances, which need them; or else after. */
    boolean sharedFirst();

    /** What is to be done for an instance now, in place of what was planned before. */
    List<Change> again(Session session, String instance, List<Change> planned);

    /** The same of changes that belong to several instances. */
    List<Change> sharedAgain(Session session, List<Change> planned);

    /** What should be so after an instance's changes and is not, in words; GRANT may only warn, and do nothing. */
    List<String> missing(Session session, String instance, List<Change> done);
}
