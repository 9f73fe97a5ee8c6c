import { enrolMember, findMembers, printMemberCard } from "./enrolling.ts";
import { changeMember, deleteMember, readMemberPoints, readMembers, savePointRates } from "./members-page.ts";
import { setMember, spendPoints } from "./putting-members.ts";

/** A member on a sale is the cashier's; the list of them, and what points are worth, a manager's. */
export const memberIntents = {
  "find-members": { needs: "signed-in", run: findMembers },
  "enrol-member": { needs: "signed-in", run: enrolMember },
  "set-member": { needs: "signed-in", run: setMember },
  "spend-points": { needs: "signed-in", run: spendPoints },
  "print-member-card": { needs: "signed-in", run: printMemberCard },
  members: { needs: "signed-in", run: readMembers },
  "member-points": { needs: "signed-in", run: readMemberPoints },
  "change-member": { needs: "signed-in", run: changeMember },
  "delete-member": { needs: "signed-in", run: deleteMember },
  "save-point-rates": { needs: "signed-in", run: savePointRates },
} as const;
