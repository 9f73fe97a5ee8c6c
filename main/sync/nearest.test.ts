import { expect, it } from "vitest";
import { z } from "zod";
import { type Askable, createNearest } from "./nearest.ts";
import type { OfficeAnswer } from "./signed-wire.ts";

const question = { method: "GET", path: "/v1/held", body: null, schema: z.unknown() } as const;
const away: OfficeAnswer<never> = { kind: "no-answer", isTimeout: true, detail: "" };
const refused: OfficeAnswer<never> = {
  ...{ kind: "refused", retryAfterMs: null },
  fault: { kind: "not-allowed", detail: "" },
};
const wrongClock: OfficeAnswer<never> = { ...refused, fault: { kind: "wrong-clock", detail: "" } };

/** Gives its answers one after the other, the last for ever, and keeps how long it was waited for. */
function place(...answers: readonly OfficeAnswer<never>[]) {
  const limits: (number | undefined)[] = [];
  const askable: Askable = {
    async ask({ timeoutMs }) {
      limits.push(timeoutMs);
      return answers[Math.min(limits.length, answers.length) - 1] ?? away;
    },
  };
  return { ...askable, limits };
}

it("asks head office, and the relay only where head office says nothing at all", async () => {
  const [office, relay] = [place(refused, away), place(refused)];
  const nearest = createNearest(office, relay);
  expect(nearest.places).toEqual(["office", "relay"]);
  expect(await nearest.ask(question)).toEqual({ place: "office", answer: refused });
  expect(relay.limits).toEqual([]);
  expect(await nearest.ask(question)).toEqual({ place: "relay", answer: refused });
  expect([office.limits, relay.limits]).toEqual([[6_000, 6_000], [3_000]]);
});

it("asks one place and no other where it is told to", async () => {
  const [office, relay] = [place(away), place(refused)];
  expect(await createNearest(office, relay).askAt("office", question)).toEqual(away);
  expect(relay.limits).toEqual([]);
});

it("says that nobody answers in a shop without a relay", async () => {
  const nearest = createNearest(place(away), null);
  expect(await nearest.ask(question)).toEqual({ place: "office", answer: away });
  expect(await nearest.askAt("relay", question)).toMatchObject({ kind: "no-answer" });
});

it("asks once more, and not twice, by the clock it was told", async () => {
  const office = place(wrongClock, refused);
  expect(await createNearest(office, null).askAt("office", question)).toEqual(refused);
  const stubborn = place(wrongClock);
  expect(await createNearest(stubborn, null).askAt("office", question)).toEqual(wrongClock);
  expect(stubborn.limits).toHaveLength(2);
});
