import type { AgreementDayView } from "#contract/ipc/sync-view.ts";
import type { Agreement, DaySide } from "#contract/wire/agreement.ts";
import type { SyncStore } from "#main/till/ports/outbox.ts";
import type { OfficeClient } from "./office-client.ts";
import type { OfficeAnswer } from "./signed-wire.ts";

/** Five weeks: a month's end is compared whole, whenever it is looked at. */
export const daysCompared = 35;

/** Tells our side of the last days and keeps both; only while nothing waits, or they could not be the same. */
export async function compareDays(
  client: Pick<OfficeClient, "agreement">,
  store: SyncStore,
  now: () => number,
): Promise<OfficeAnswer<Agreement>> {
  const here = store.daySides(daysCompared);
  const answer = await client.agreement(here);
  if (answer.kind !== "ok") return answer;
  const days = here.map((side) => {
    return {
      here: side,
      there: answer.value.days.find(({ businessDate }) => businessDate === side.businessDate) ?? null,
    };
  });
  store.keepAgreement(
    days,
    now(),
    days.every((day) => isAgreed(day.here, day.there)),
  );
  return answer;
}

/** Newest first: ours as it is now beside theirs of the last answer. A day that was sold on since does not agree yet. */
export function agreementDays(store: SyncStore): readonly AgreementDayView[] {
  const now = new Map(store.daySides(daysCompared).map((side) => [side.businessDate, side]));
  return store.comparedDays(daysCompared).map(({ here: then, there }) => {
    const here = now.get(then.businessDate) ?? then;
    return { businessDate: here.businessDate, here, there, isAgreed: isAgreed(here, there) };
  });
}

/** Newest first: days on which the two sides differed when they were last compared, both having everything. */
export function disagreedDates(store: SyncStore): readonly string[] {
  const compared = store.comparedDays(daysCompared).filter(({ there }) => there !== null);
  return compared.filter(({ here, there }) => !isAgreed(here, there)).map(({ here }) => here.businessDate);
}

function isAgreed(here: DaySide, there: DaySide | null): boolean {
  if (there === null) return false;
  // Both were parsed or built with the same names; their order is nobody's promise.
  return daySideNames.every((name) => here[name] === there[name]);
}

const daySideNames = [
  ...(["businessDate", "saleCount", "salesFen", "cashFen", "wechatFen"] as const),
  ...(["staticCodeFen", "refundCount", "refundFen", "lastSaleHash"] as const),
] as const satisfies readonly (keyof DaySide)[];
