import { describe, expect, it } from "vitest";
import { readEntry } from "./read-entry.ts";

const [from, to] = ["2026-03-02T09:00:00.000Z", "2026-02-27T09:00:00.000Z"];
const jumped = (byMs: number, seen: string) =>
  readEntry({ kind: "clock-jumped", v: 1, body: JSON.stringify({ from, to, byMs, seen }) });

describe("a till's clock that jumped", () => {
  it("is for a person to look at from five minutes on, forward and back", () => {
    const review = { kind: "review", reason: "clock-jumped", detail: `${from} → ${to}` };
    expect([jumped(-300_000, "running"), jumped(300_000, "start")]).toEqual([review, review]);
    expect(jumped(-299_999, "running")).toEqual({ kind: "kept" });
  });

  it("is nobody's trouble where the machine slept, and a body that says something else is for a person", () => {
    expect(jumped(40_000_000, "sleep")).toEqual({ kind: "kept" });
    expect(jumped(40_000_000, "guessed")).toMatchObject({ kind: "review", reason: "unreadable-body" });
  });
});
