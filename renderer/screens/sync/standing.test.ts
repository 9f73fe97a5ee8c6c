import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SyncView } from "#contract/ipc/sync-view.ts";
import { standingOf, toneOf } from "./standing.ts";

const alarm = { kind: "fork", atMs: 1, epoch: "e", seq: 7 } as const;
const well = { state: "online", alarm: null, trouble: null, disagreedDates: [] } as const;
const state = fc.constantFrom<SyncView["state"]>("alone", "not-enrolled", "online", "offline", "stopped");
const dates = fc.array(fc.constantFrom("2026-03-01", "2026-03-02"), { maxLength: 3 });

describe("How the till stands with head office", () => {
  it("says what a person must see to before what the network does", () => {
    expect(standingOf(well)).toBe("online");
    expect(standingOf({ ...well, state: "offline" })).toBe("offline");
    expect(standingOf({ ...well, disagreedDates: ["2026-03-02"] })).toBe("disagreed");
    expect(standingOf({ ...well, disagreedDates: ["2026-03-02"], trouble: "wrong-clock" })).toBe("troubled");
    expect(standingOf({ ...well, state: "offline", trouble: "not-understood" })).toBe("troubled");
    expect(standingOf({ ...well, state: "stopped", disagreedDates: ["2026-03-02"] })).toBe("stopped");
    expect(standingOf({ ...well, state: "offline", disagreedDates: ["2026-03-02"], alarm })).toBe("alarm");
  });

  it("is never loud while the till is merely offline, nor quiet about an alarm", () => {
    fc.assert(
      fc.property(state, dates, fc.constantFrom(alarm, null), (of, disagreedDates, one) => {
        const standing = standingOf({ state: of, disagreedDates, trouble: null, alarm: one });
        if (of === "alone") expect(standing).toBe("alone");
        else if (one !== null) expect(toneOf[standing]).toBe("grave");
        else if (of === "offline" && disagreedDates.length === 0) expect(toneOf[standing]).toBe("calm");
        expect(toneOf[standing] === "good").toBe(standing === "online");
      }),
    );
  });
});
