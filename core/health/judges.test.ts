import { describe, expect, it } from "vitest";
import { finding, healthChecks, healthCheckNames, numberInWords } from "./checks.ts";
import {
  judgeBackup,
  judgeCalendar,
  judgeClock,
  judgeDiskSpace,
  judgeDiskWrite,
  judgeLog,
  judgeMemory,
  judgeVersion,
} from "./judge-machine.ts";
import {
  judgeDatabase,
  judgeDevices,
  judgeDurability,
  judgeGateway,
  judgeHeadOffice,
  judgeJournalEnd,
  judgeJournalWhole,
  judgeMerchantKeys,
  judgePapers,
} from "./judge-till.ts";

const gib = 1_073_741_824;
const mib = 1_048_576;
const hour = 3_600_000;
const day = 24 * hour;
const now = Date.parse("2026-11-27T12:00:00Z");

describe("The numbers of the checks", () => {
  it("are given once each, from 1 on", () => {
    const numbers = healthCheckNames.map((check) => healthChecks[check].number);
    expect(numbers).toEqual(numbers.map((_, at) => at + 1));
    expect(healthCheckNames.map(numberInWords)).toContain("H07");
  });
});

describe("The machine", () => {
  it.each([
    [{ freeBytes: 2 * gib, totalBytes: 64 * gib }, "ok", "ok"],
    [{ freeBytes: 2 * gib - 1, totalBytes: 64 * gib }, "low", "look"],
    [{ freeBytes: 300 * mib - 1, totalBytes: 64 * gib }, "full", "broken"],
  ])("has room on its disk: %j", (read, word, state) => {
    expect(judgeDiskSpace(read)).toMatchObject({ word, state });
  });

  it.each([
    [{ tookMs: 150 }, "ok"],
    [{ tookMs: 151 }, "slow"],
    [{ code: "ENOSPC" }, "full"],
    [{ code: "EDQUOT" }, "full"],
    [{ code: "EROFS" }, "refused"],
  ])("keeps what is written: %j", (read, word) => {
    expect(judgeDiskWrite(read)).toMatchObject({ word });
  });

  it.each([
    [{ gatewayMs: null, officeMs: null }, "unmeasured", {}],
    [{ gatewayMs: 2_000, officeMs: null }, "ok", { seconds: 2, way: "ahead" }],
    [{ gatewayMs: null, officeMs: -30_000 }, "off", { seconds: 30, way: "behind" }],
    [{ gatewayMs: 1_000, officeMs: -400_000 }, "wrong", { seconds: 400, way: "behind" }],
    [{ gatewayMs: day, officeMs: 0 }, "wrong", { seconds: 86_400, way: "ahead" }],
    [{ gatewayMs: -day, officeMs: null }, "wrong", { seconds: 86_400, way: "behind" }],
  ])("tells the time: %j", (read, word, facts) => {
    expect(judgeClock(read)).toMatchObject({ word, facts });
  });

  it.each([
    [{ wallMs: hour, steadyMs: hour + 60_000, hasSlept: false }, "ok"],
    [{ wallMs: hour + day, steadyMs: hour, hasSlept: false }, "jumped"],
    [{ wallMs: hour - day, steadyMs: hour, hasSlept: false }, "jumped"],
    // A machine that slept: its steady time may have stood still, but never does its calendar go back by that.
    [{ wallMs: hour + day, steadyMs: hour, hasSlept: true }, "ok"],
    [{ wallMs: hour - day, steadyMs: hour, hasSlept: true }, "jumped"],
  ])("has a calendar that only goes on: %j", (read, word) => {
    expect(judgeCalendar(read)).toMatchObject({ word });
  });

  it("has memory left", () => {
    const processes = [{ kind: "Tab", bytes: gib }];
    expect(judgeMemory({ processes, freeBytes: gib })).toMatchObject({ word: "ok", facts: { usedMib: 1_024 } });
    expect(judgeMemory({ processes: [...processes, ...processes, ...processes], freeBytes: gib }).word).toBe("high");
    expect(judgeMemory({ processes, freeBytes: 299 * mib }).word).toBe("short");
  });

  it("can write its log, and keeps it small", () => {
    expect(judgeLog({ bytes: 25 * mib, files: 5, code: null }).word).toBe("ok");
    expect(judgeLog({ bytes: 33 * mib, files: 7, code: null }).word).toBe("large");
    expect(judgeLog({ bytes: 0, files: 0, code: "EACCES" })).toMatchObject({ word: "unwritable", state: "broken" });
  });

  it.each([
    [null, "no-folder", "look"],
    [{ lastVerifiedAt: null }, "never", "broken"],
    [{ lastVerifiedAt: now - 36 * hour }, "ok", "ok"],
    [{ lastVerifiedAt: now - 36 * hour - 1 }, "old", "look"],
    [{ lastVerifiedAt: now - 7 * day - 1 }, "too-old", "broken"],
    // A calendar that was set back: a copy from tomorrow is no older than new.
    [{ lastVerifiedAt: now + day }, "ok", "ok"],
  ])("has its books elsewhere too: %j", (read, word, state) => {
    expect(judgeBackup(read, now)).toMatchObject({ word, state });
  });

  it("runs the version that was wanted", () => {
    expect(judgeVersion({ version: "1.2.3", takenBack: null }).word).toBe("ok");
    expect(judgeVersion({ version: "1.2.3", takenBack: "1.3.0" })).toMatchObject({ word: "taken-back", state: "look" });
  });
});

describe("The till", () => {
  it("has books that are whole", () => {
    expect(judgeDatabase({ problems: 0, bytes: mib, tookMs: 3 }).word).toBe("ok");
    expect(judgeDatabase({ problems: 2, bytes: mib, tookMs: 3 })).toMatchObject({ word: "damaged", state: "broken" });
  });

  it.each([
    [{ journalMode: "wal", synchronous: 2, walBytes: 0 }, "ok"],
    [{ journalMode: "wal", synchronous: 3, walBytes: 0 }, "ok"],
    [{ journalMode: "wal", synchronous: 1, walBytes: 0 }, "weak"],
    [{ journalMode: "delete", synchronous: 2, walBytes: 0 }, "weak"],
    [{ journalMode: "wal", synchronous: 2, walBytes: 65 * mib }, "long-log"],
  ])("flushes before it says done: %j", (read, word) => {
    expect(judgeDurability(read)).toMatchObject({ word });
  });

  it("has a chain that fits, at its end and as a whole", () => {
    expect(judgeJournalEnd({ checked: 1_000, total: 9_000, brokenAt: null }).word).toBe("ok");
    expect(judgeJournalEnd({ checked: 0, total: 9_000, brokenAt: 8_500 })).toMatchObject({ facts: { seq: 8_500 } });
    expect(judgeJournalWhole(null).state).toBe("none");
    expect(judgeJournalWhole({ checked: 9_000, total: 9_000, brokenAt: null }).word).toBe("ok");
    expect(judgeJournalWhole({ checked: 11, total: 9_000, brokenAt: 12 })).toMatchObject({ state: "broken" });
  });

  it("has devices that work, and papers that came out", () => {
    expect(judgeDevices({ count: 0, troubled: 0 }).word).toBe("none");
    expect(judgeDevices({ count: 3, troubled: 0 }).word).toBe("ok");
    expect(judgeDevices({ count: 3, troubled: 1 }).word).toBe("trouble");
    expect(judgePapers({ waiting: 5, unknown: 0 }).word).toBe("ok");
    expect(judgePapers({ waiting: 6, unknown: 0 }).word).toBe("waiting");
    expect(judgePapers({ waiting: 9, unknown: 1 }).word).toBe("unknown");
  });

  it("reaches the gateway with keys that count", () => {
    expect(judgeGateway(null).state).toBe("none");
    expect(judgeGateway({ isReached: true, tookMs: 80 }).word).toBe("ok");
    expect(judgeGateway({ isReached: false, tookMs: 5_000 })).toMatchObject({ word: "away", state: "broken" });
  });

  it.each([
    [null, "not-set-up"],
    [{ isUsable: true, endsAtMs: null }, "usable"],
    [{ isUsable: true, endsAtMs: now + 30 * day }, "ok"],
    [{ isUsable: true, endsAtMs: now + 30 * day - 1 }, "ending"],
    [{ isUsable: true, endsAtMs: now - 1 }, "ended"],
    [{ isUsable: false, endsAtMs: now - 1 }, "ended"],
    [{ isUsable: false, endsAtMs: null }, "unusable"],
  ])("has a merchant's keys: %j", (read, word) => {
    expect(judgeMerchantKeys(read, now)).toMatchObject({ word });
  });

  const office = {
    state: "online",
    ...{ sinceMs: now - hour, waiting: 0, lastAgreedAtMs: now - 5 * hour, disagreedDays: 0, hasAlarm: false },
  } as const;
  it.each([
    [{}, "ok", "ok"],
    [{ waiting: 1_001 }, "waiting", "look"],
    [{ state: "offline" as const }, "away", "look"],
    [{ state: "offline" as const, disagreedDays: 1 }, "differs", "look"],
    [{ state: "stopped" as const }, "stopped", "broken"],
    [{ hasAlarm: true }, "alarm", "broken"],
    [{ state: "not-enrolled" as const }, "not-enrolled", "look"],
    [{ state: "alone" as const }, "not-set-up", "none"],
  ])("stands with head office: %j", (change, word, state) => {
    expect(judgeHeadOffice({ ...office, ...change }, now)).toMatchObject({ word, state });
  });
});

it("A word that a check does not have is broken, never fine", () => {
  expect(finding("memory", "on-fire" as never).state).toBe("broken");
});
