import { execFile } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type PostgresServer, startPostgres } from "#tests/support/postgres.ts";

const root = join(import.meta.dirname, "..", "..");
const run = promisify(execFile);

interface Mutant {
  readonly name: string;
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly breaks: string;
}

const ingest = "headoffice/journal/ingest.ts";

/** Mistakes a head office could be written with; each must be seen by the judge that the real one passes. */
const mutants: readonly Mutant[] = [
  {
    ...{ name: "acknowledges before the commit", file: ingest },
    from: "const outcome = await sql.transaction((tx) => takeIn(tx, intake));",
    to: `sql.transaction((tx) => takeIn(tx, intake)).catch(() => {});
         const end = intake.batch.sound.at(-1);
         const outcome = { taken: ok(positionOf(epoch, end)), stored: 0, known: 0, flagged: 0 };`,
    breaks: "nothing is acknowledged before it is committed",
  },
  {
    ...{ name: "does not compare hashes", file: ingest },
    from: "hashes.get(seq) !== hash",
    to: "!hashes.has(seq)",
    breaks: "other bytes under a stored key are a fork",
  },
  {
    ...{ name: "does not skip what it has", file: ingest },
    from: "batch.sound.filter(({ seq }) => seq > held.seq)",
    to: "batch.sound.filter(() => true)",
    breaks: "an upload that overlaps is taken once",
  },
  {
    ...{ name: "acknowledges all that was sent", file: ingest },
    from: "  return outcome;\n}",
    to: "  return outcome.taken.ok ? { ...outcome, taken: ok(positionOf(epoch, sent.last)) } : outcome;\n}",
    breaks: "an acknowledgement ends at the gap",
  },
];

describe("a head office", () => {
  let server: PostgresServer;
  let folder: string;
  beforeAll(async () => {
    server = await startPostgres();
    folder = mkdtempSync(join(tmpdir(), "tillway-mutants-"));
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  /** The promises broken by a copy of the source with this mistake in it. */
  async function judge(mutant: Mutant | null): Promise<unknown> {
    const copy = mkdtempSync(join(folder, "copy-"));
    for (const part of [
      "core",
      "contract",
      "headoffice",
      "wechatpay",
      "resources/pay-page",
      "tests/support",
      "tests/headoffice",
      "bench/support",
      "package.json",
    ]) {
      cpSync(join(root, part), join(copy, part), { recursive: true });
    }
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
    if (mutant !== null) {
      const path = join(copy, mutant.file);
      const source = readFileSync(path, "utf8");
      expect(source.split(mutant.from)).toHaveLength(2);
      writeFileSync(
        path,
        source.replace(mutant.from, () => mutant.to),
      );
    }
    const judging = join(copy, "tests/headoffice/judge-uploads.ts");
    const { stdout } = await run(process.execPath, [judging, await server.createDatabase()], { timeout: 50_000 });
    return JSON.parse(stdout);
  }

  it("as it is keeps every promise of an upload", async () => {
    expect(await judge(null)).toEqual([]);
  });

  it.each(mutants)("that $name is caught", async (mutant) => {
    expect(await judge(mutant)).toContain(mutant.breaks);
  });
});
