import { expect, it } from "vitest";
import { diskProblem, diskWords, diskWordsOf } from "./disk-words.ts";
import { homeFaultWords, otherFaultWords, storeFaultWords } from "./start-fault-words.ts";

it.each([
  ["ENOSPC", "full"],
  ["SQLITE_FULL", "full"],
  ["EROFS", "read-only"],
  ["SQLITE_READONLY_DIRECTORY", "read-only"],
  ["EACCES", "denied"],
  ["EIO", "failing"],
  ["SQLITE_IOERR_FSYNC", "failing"],
  ["ENOENT", "missing"],
  ["SQLITE_BUSY", "busy"],
  ["SQLITE_CANTOPEN", "refuses"],
  ["SQLITE_CONSTRAINT", null],
  ["", null],
] as const)("%s is known as %s", (code, problem) => {
  expect(diskProblem(code)).toBe(problem);
});

it("every problem of a disk says in both languages what to do, and what is safe or must not be done", () => {
  for (const { zh, en } of Object.values(diskWords)) {
    expect(zh).toMatch(/请/);
    expect(en).toMatch(/(?:start again|try again|have the disk checked)/);
    expect(zh).toMatch(/(?:都在|没有改动|不要在本机收银|--data-dir)/);
  }
});

it("the folder, a store and whatever else stops a start say the same of the same code, with the code behind it", () => {
  const words = diskWordsOf("ENOSPC");
  expect(words?.zh).toContain("（ENOSPC）");
  expect(homeFaultWords("/data", "ENOSPC").lines).toEqual([{ ...words, code: "/data" }]);
  const fault = { kind: "unwritable", path: "/data/sales.db", code: "ENOSPC", detail: "" } as const;
  expect(storeFaultWords(fault).lines).toEqual([{ ...words, code: "/data/sales.db" }]);
  const cause = Object.assign(new Error("no space"), { code: "ENOSPC", path: "/data/pepper" });
  expect(otherFaultWords(cause).lines).toEqual([{ ...words, code: "/data/pepper" }]);
  expect(otherFaultWords(new Error("no shop")).lines[0]?.en).toContain("no shop");
});
