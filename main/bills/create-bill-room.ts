import { existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Locale } from "#contract/config/terminal.ts";
import type { JobFault } from "#contract/worker/messages.ts";
import { fail, ok, type Result } from "#core/result.ts";
import type { Worker } from "#main/jobs/create-worker.ts";
import type { BillRoom, CompareFault, CompareResult, CompareWatch, DayBills } from "#main/till/ports/bill-room.ts";
import type { BillGateway } from "#main/till/ports/payment-gateway.ts";

export interface BillRoomParts {
  /** `bills` in the data directory: downloads on their way through, and what is kept of them. */
  readonly folder: string;
  readonly salesDb: string;
  readonly gateway: BillGateway;
  readonly worker: Worker;
  readonly mchid: string;
  readonly till: { readonly storeCode: string; readonly terminalId: string };
  readonly log: (what: string, facts: Record<string, unknown>) => void;
}

type Which = "trade" | "fund-flow";

/**
 * Bills on the disk, for this user's eyes alone. A download holds customers' ids and is gone once it was read; what is
 * kept has none and bears its hash in its name.
 */
export function createBillRoom(parts: BillRoomParts): BillRoom {
  const { folder, gateway, worker, salesDb } = parts;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const { downloadOf, freshOf, keptOf, tidy, nameKept } = billFolder(folder);

  async function compare(
    day: string,
    bills: DayBills,
    awaited: readonly string[],
    watch: CompareWatch,
  ): Promise<Result<CompareResult, CompareFault>> {
    const keep = bills.isKept ? null : { trade: freshOf(day, "trade"), fundFlow: freshOf(day, "fund-flow") };
    const { mchid, till } = parts;
    try {
      const ended = await worker.run(
        {
          ...{ kind: "reconcile", day, mchid, till, salesDb, keep },
          awaited: [...awaited],
          trade: bills.trade,
          fundFlow: bills.fundFlow,
        },
        watch,
      );
      if (!ended.ok) {
        parts.log("bill not compared", { day, ...ended.fault });
        return fail(faultOf(ended.fault));
      }
      if (ended.value.of !== "reconcile") throw new Error("broken promise: a comparison answers as one");
      const { of: _of, took, ...result } = ended.value;
      parts.log("bill compared", { day, rows: result.rowCount, ...took });
      if (keep !== null) nameKept(day, result);
      return ok(result);
    } finally {
      if (!bills.isKept) for (const bill of [bills.trade, bills.fundFlow]) if (bill !== null) remove(bill.path);
    }
  }

  return {
    fetch: (day, which) =>
      which === "trade"
        ? gateway.fetchTradeBill(day, downloadOf(day, which))
        : gateway.fetchFundFlowBill(day, "BASIC", downloadOf(day, which)),
    drop: (file) => remove(file.path),
    kept(day, { trade, fundFlow }) {
      const fileOf = (which: Which, kept: CompareResult["trade"]) =>
        kept === null ? null : { path: keptOf(day, which, kept.keptSha1), sha1: kept.keptSha1 };
      const bills = { trade: fileOf("trade", trade), fundFlow: fileOf("fund-flow", fundFlow), isKept: true };
      const isThere = [bills.trade, bills.fundFlow].every((file) => file === null || existsSync(file.path));
      return isThere ? bills : null;
    },
    compare,
    async export(day: string, target: string, locale: Locale) {
      const ended = await worker.run({ kind: "export-findings", day, salesDb, target, locale });
      if (!ended.ok) return fail(faultOf(ended.fault));
      if (ended.value.of !== "export-findings") throw new Error("broken promise: an export answers as one");
      return ok({ rowCount: ended.value.rowCount });
    },
    tidy,
  };
}

/** The names in the folder, and what of them is swept away. */
function billFolder(folder: string) {
  const downloadOf = (day: string, which: Which): string => join(folder, `${day}.${which}.download`);
  const freshOf = (day: string, which: Which): string => join(folder, `${day}.${which}.fresh.csv.gz`);
  const keptOf = (day: string, which: Which, keptSha1: string): string =>
    join(folder, `${day}.${which}.${keptSha1}.csv.gz`);
  return {
    ...{ downloadOf, freshOf, keptOf },
    /** Only now its hash is known; an older one of the same day has served. */
    nameKept(day: string, result: CompareResult): void {
      for (const which of ["trade", "fund-flow"] as const) {
        const kept = which === "trade" ? result.trade : result.fundFlow;
        if (kept !== null) renameSync(freshOf(day, which), keptOf(day, which, kept.keptSha1));
        const others = readdirSync(folder).filter((name) => name.startsWith(`${day}.${which}.`));
        for (const name of others) if (kept === null || !name.includes(kept.keptSha1)) remove(join(folder, name));
      }
    },
    tidy(beforeDay: string): void {
      for (const name of readdirSync(folder)) {
        const isLeft = name.endsWith(".download") || name.endsWith(".part") || name.includes(".fresh.");
        if (isLeft || name.slice(0, 10) < beforeDay) remove(join(folder, name));
      }
    },
  };
}

function remove(path: string): void {
  rmSync(path, { force: true });
}

function faultOf(fault: JobFault): CompareFault {
  switch (fault.kind) {
    case "cancelled":
      return fault;
    case "failed":
      return { kind: "failed", detail: fault.error };
    case "too-many-rows":
      return { kind: "failed", detail: fault.kind };
    case "cannot-write":
      return { kind: "failed", detail: fault.code };
    case "hash-differs":
    case "too-large":
      return { kind: "damaged", detail: `${fault.which}: ${fault.kind}` };
    case "unreadable":
      return { kind: "damaged", detail: `${fault.which}: ${fault.code}` };
    case "bad-line":
      return { kind: "damaged", detail: `${fault.which} ${fault.line}: ${fault.problem}` };
    case "unreadable-file":
    case "file-changed":
    case "catalog-closed":
    case "too-many-items":
    case "backup":
      // Answers to jobs about goods and backups: no bill is ever refused so.
      return { kind: "failed", detail: fault.kind };
  }
}
