import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { until } from "#tests/support/poll.ts";
import { part } from "#tests/support/sale-screen.ts";
import { bytesOf, damagedFiles, filesOf } from "../packaged/archive.ts";
import { judgeFuses, readFuses } from "../packaged/fuses.ts";
import type { PackagedApp } from "../packaged/packaged-app.ts";
import { judgeChecklist, type Point } from "./checklist.ts";
import { openPackage, startPatienceMs } from "./open-packaged.ts";
import { probePage } from "./probe-page.ts";
import { processesOf } from "./processes-of.ts";
import { sellOnTwins, type Sold } from "./sell.ts";
import { type Tampered, tamper } from "./tamper.ts";

/** What `npm run smoke` says in its last line. */
export interface Verdict {
  readonly ok: boolean;
  readonly isTrial: boolean;
  readonly electron: string;
  readonly seconds: number;
  readonly sold: Sold;
  /** Whether the demo store's head office came up in the package and knows the till. */
  readonly headOffice: string;
  readonly fuses: { readonly ok: boolean; readonly wrong: readonly string[]; readonly states: object };
  /** `holds` of twenty, and what does not. */
  readonly checklist: { readonly ok: boolean; readonly holds: number; readonly faults: readonly Point[] };
  readonly archive: { readonly files: number; readonly damaged: readonly string[] };
  readonly tampered: Tampered;
}

export async function smoke(
  app: PackagedApp,
  options: {
    readonly env: NodeJS.ProcessEnv;
    readonly isRelease: boolean;
    readonly pinned: string;
    readonly say: (line: string) => void;
  },
): Promise<Verdict> {
  const began = performance.now();
  const { env, isRelease, pinned, say } = options;
  const fuses = judgeFuses(await readFuses(app.executable));
  say(`fuses: ${fuses.ok ? "as stated" : `wrong: ${fuses.wrong.join(" ")}`}`);
  const files = filesOf(app.archive);
  const damaged = damagedFiles(app.archive);
  say(`archive: ${files.length} files, ${damaged.length} damaged`);

  const dataDir = mkdtempSync(join(tmpdir(), "tillway-smoke-"));
  // Whoever the till runs as passes through to a folder of its own.
  chmodSync(dataDir, 0o711);
  try {
    const run = await sellAndLook(app, { dataDir, env, pinned, areFusesRight: fuses.ok, say });
    const tampered = await tamper(app, { env, folder: join(dataDir, "tampered"), say });
    const faults = run.points.filter(({ fault }) => fault !== null);
    const { cash, wechatPay } = run.sold;
    const isSold = [cash, wechatPay].every((sale) => sale.isInBooks && sale.isOnPaper);
    const isForUsers = !(isRelease && app.isTrial);
    const isWhole = damaged.length === 0 && tampered.ok && fuses.ok && faults.length === 0;
    return {
      ok: isSold && isForUsers && isWhole && run.headOffice === "online",
      isTrial: app.isTrial,
      electron: run.electron,
      seconds: Math.round((performance.now() - began) / 1000),
      sold: run.sold,
      headOffice: run.headOffice,
      fuses,
      checklist: { ok: faults.length === 0, holds: run.points.length - faults.length, faults },
      archive: { files: files.length, damaged },
      tampered,
    };
  } finally {
    rmSync(dataDir, { recursive: true, force: true });
  }
}

/** One start: both sales, then everything that its pages may not do. */
async function sellAndLook(
  app: PackagedApp,
  options: {
    readonly dataDir: string;
    readonly env: NodeJS.ProcessEnv;
    readonly pinned: string;
    readonly areFusesRight: boolean;
    readonly say: (line: string) => void;
  },
) {
  const { say } = options;
  const dataDir = join(options.dataDir, "till");
  // What the fuses are to shut, tried on the way: honoured, the till would be a plain Node and would not open.
  const env = { ...options.env, ELECTRON_RUN_AS_NODE: "1", NODE_OPTIONS: "--require=/nowhere/stranger.cjs" };
  const till = await openPackage(app, { dataDir, env, args: ["--inspect=0"] });
  try {
    const sold = await sellOnTwins(till, dataDir);
    say(`sold: ${sold.cash.number} for cash, ${sold.wechatPay.number} by WeChat Pay`);
    const bench = await till.window("bench.html");
    const office = part(bench, "office-note");
    const headOffice = await until(
      "head office is online",
      async () => (await office.getAttribute("data-state")) === "online" && "online",
      startPatienceMs,
    );
    if (/Debugger listening/.test(till.console())) throw new Error("--inspect opened a debugger");

    const processes = processesOf(till.pid);
    const page = await till.window("index.html");
    const forgedAnswers = await page.evaluate(async () => {
      const forged: readonly (readonly [unknown, unknown])[] = [
        ...[["open-sesame", {}] as const, ["__proto__", {}] as const, ["look", null] as const, [["look"], {}] as const],
      ];
      // Forged words are of no type that the bridge knows.
      return Promise.all(forged.map(([name, args]) => tillway.send(name as never, args as never)));
    });
    const pages = [];
    for (const name of ["bench.html", "display.html", "index.html"])
      pages.push(await probePage(await till.window(name)));
    const electron = /Electron\/([\d.]+)/.exec(await page.evaluate(() => navigator.userAgent))?.[1] ?? "";
    const points = judgeChecklist({
      ...{ pages, processes, forgedAnswers, areFusesRight: options.areFusesRight },
      sources: ownSources(app.archive),
      electron: { packed: electron, pinned: options.pinned, isTrial: app.isTrial },
    });
    for (const { point, title, fault } of points) if (fault !== null) say(`point ${point}, ${title}: ${fault}`);
    return { sold, headOffice, points, electron };
  } catch (cause) {
    say(till.console());
    throw cause;
  } finally {
    await till.browser.close().catch(() => null);
    await till.stop();
  }
}

/** The texts of main and the preloads, as they stand in the archive. */
function ownSources(archive: string): readonly string[] {
  const ours = filesOf(archive).filter(({ path }) => /^out\/(?:main|preload)\/.*\.c?js$/.test(path));
  return ours.map((file) => bytesOf(archive, file).toString("utf8"));
}
