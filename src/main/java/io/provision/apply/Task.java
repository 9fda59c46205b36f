package io.provision.apply;

import io.provision.journal.ChangeEntry;
import io.provision.journal.Recovered;
import io.provision.plan.Plan;
import java.util.List;
import java.util.Map;

/**
 * What a run is to do.
 *
 * @param journalStands whether the journal's tables are there
 * @param left what was found out of killed runs
 * @param settled what is journaled without being done: another hand has done it
 * @param protections which instances are protected from rollback from now on, and which are not any more
 */
record Task(
        Plan plan,
        boolean journalStands,
        List<Recovered> left,
        List<ChangeEntry> settled,
        Map<String, Boolean> protections) {

    static Task of(Survey survey) {
        return new Task(survey.plan(), survey.journalStands(), survey.left(), List.of(), survey.protections());
    }
}
