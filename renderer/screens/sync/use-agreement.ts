import { useEffect, useState } from "react";
import type { AgreementDayView } from "#contract/ipc/sync-view.ts";
import { send, useFromSection } from "../../till-client.ts";

/** The days on both sides, newest first; null while they are not read, or where main does not tell this person. */
export function useAgreementDays(): readonly AgreementDayView[] | null {
  const [days, setDays] = useState<readonly AgreementDayView[] | null>(null);
  // Whatever may have changed a day: a sale, an upload, an answer of head office.
  const changes = useFromSection(
    "sync",
    ({ waiting, lastAgreedAtMs, disagreedDates, state }) =>
      `${waiting} ${lastAgreedAtMs} ${disagreedDates.join(" ")} ${state}`,
  );
  useEffect(() => {
    let isCurrent = true;
    void send("agreement-days", {}).then((answer) => {
      if (isCurrent) setDays(answer.ok ? answer.value : null);
    });
    return () => {
      isCurrent = false;
    };
  }, [changes]);
  return days;
}
