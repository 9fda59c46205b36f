package io.provision.apply;

import io.provision.journal.ChangeEntry;
import io.provision.journal.OpenIntent;
import io.provision.plan.Plan;
import java.util.List;

/**
 * What a run is to do.
 *
 * @param journalStands whether the journal's tables are there
 * @param openIntents what killed runs left open
 * @param settled what is journaled without being done: another hand has done it
 */
record Task(Plan plan, boolean journalStands, List<OpenIntent> openIntents, List<ChangeEntry> settled) {

    static Task of(Survey survey) {
        return new Task(survey.plan(), survey.journalStands(), survey.openIntents(), List.of());
    }
}
