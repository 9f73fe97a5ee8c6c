import { makeBadge, revokeBadge } from "./badges.ts";
import { addPerson, changePerson, setPersonActive } from "./changing-people.ts";
import { saveAccess, saveRights } from "./changing-rights.ts";
import { lockScreen, touch } from "./lock.ts";
import { readPeoplePage } from "./people-page.ts";

/** People and rights, a manager's; the lock, everybody's. */
export const peopleIntents = {
  "people-page": { needs: "signed-in", run: readPeoplePage },
  "add-person": { needs: "signed-in", run: addPerson },
  "change-person": { needs: "signed-in", run: changePerson },
  "set-person-active": { needs: "signed-in", run: setPersonActive },
  "make-badge": { needs: "signed-in", run: makeBadge },
  "revoke-badge": { needs: "signed-in", run: revokeBadge },
  "save-rights": { needs: "signed-in", run: saveRights },
  "save-access": { needs: "signed-in", run: saveAccess },
  "lock-screen": { needs: "signed-in", run: lockScreen },
  touch: { needs: "signed-in", run: touch },
} as const;
