import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { beginStart } from "./trial.ts";
import { versionsFolder } from "./versions-folder.ts";

let home: string;
let dataDir: string;

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "tillway-home-"));
  dataDir = mkdtempSync(join(tmpdir(), "tillway-data-"));
  writeFileSync(join(home, "current"), "0.1.0\n");
  writeFileSync(join(dataDir, "sales.db"), "books of 0.1.0");
  writeFileSync(join(dataDir, "sales.db-wal"), "and their log");
});

afterEach(() => {
  for (const folder of [home, dataDir]) rmSync(folder, { recursive: true, force: true });
});

const versions = () => versionsFolder(home);
const text = (name: string) => readFileSync(join(dataDir, name), "utf8");
/** As the launcher does where a trial did not pass. */
const fail = (version: string) => {
  writeFileSync(join(home, "failed"), `${version}\n`);
  for (const name of ["trying", "tried"]) rmSync(join(home, name), { force: true });
};
/** What a version that fails may have done to the books. */
const spoil = () => {
  writeFileSync(join(dataDir, "sales.db"), "migrated by 0.1.1");
  rmSync(join(dataDir, "sales.db-wal"));
  writeFileSync(join(dataDir, "sales.db-shm"), "shared");
  writeFileSync(join(dataDir, "catalog.db"), "new");
};

describe("A start", () => {
  test("of the present version is no trial and copies nothing", () => {
    expect(beginStart(versions(), "0.1.0", dataDir)).toBe(false);
    expect(readdirSync(dataDir)).toEqual(["sales.db", "sales.db-wal"]);
  });

  test("of a version that lies ready is a trial, again and again until it passes or fails", () => {
    versions().layReady("0.1.1");
    expect(beginStart(versions(), "0.1.1", dataDir)).toBe(true);
    expect(beginStart(versions(), "0.1.1", dataDir)).toBe(true);
    versions().pass("0.1.1");
    expect(beginStart(versions(), "0.1.1", dataDir)).toBe(false);
    expect([versions().current(), versions().trying(), existsSync(join(dataDir, "before-update"))]).toEqual([
      ...["0.1.1", null, false],
    ]);
  });

  test("of the older version after a trial that failed has the books as they were before it", () => {
    versions().layReady("0.1.1");
    beginStart(versions(), "0.1.1", dataDir);
    spoil();
    fail("0.1.1");
    expect(beginStart(versions(), "0.1.0", dataDir)).toBe(false);
    expect([text("sales.db"), text("sales.db-wal")]).toEqual(["books of 0.1.0", "and their log"]);
    expect(readdirSync(dataDir)).toEqual(["sales.db", "sales.db-wal"]);
  });

  test("puts no copy back over what was sold since: not after a trial that passed, and not twice", () => {
    versions().layReady("0.1.1");
    beginStart(versions(), "0.1.1", dataDir);
    versions().pass("0.1.1");
    writeFileSync(join(dataDir, "sales.db"), "sold by 0.1.1");
    beginStart(versions(), "0.1.1", dataDir);
    expect(text("sales.db")).toBe("sold by 0.1.1");

    versions().layReady("0.1.2");
    beginStart(versions(), "0.1.2", dataDir);
    fail("0.1.2");
    beginStart(versions(), "0.1.1", dataDir);
    writeFileSync(join(dataDir, "sales.db"), "sold after the failure");
    beginStart(versions(), "0.1.1", dataDir);
    expect(text("sales.db")).toBe("sold after the failure");
  });
});

describe("The folder of versions", () => {
  test("says nothing of files that are not there or hold something else", () => {
    rmSync(join(home, "current"));
    writeFileSync(join(home, "trying"), "../../etc\n");
    writeFileSync(join(home, "failed"), "0.1.2\nrubbish\n0.1.3\n");
    const { current, trying, failed, feed } = versions();
    expect([current(), trying(), failed(), feed()]).toEqual([null, null, ["0.1.2", "0.1.3"], null]);
  });
});
