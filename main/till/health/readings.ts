import type { Finding, HealthCheck } from "#core/health/checks.ts";
import { noAnswer } from "#core/health/checks.ts";
import {
  judgeBackup,
  judgeCalendar,
  judgeClock,
  judgeDiskSpace,
  judgeDiskWrite,
  judgeLog,
  judgeMemory,
  judgeVersion,
} from "#core/health/judge-machine.ts";
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
} from "#core/health/judge-till.ts";
import { fen } from "#core/money/fen.ts";
import type { Result } from "#core/result.ts";
import type { TillContext } from "#main/till/context.ts";
import { nobodysOrder } from "#main/till/gateway-watch.ts";
import { takesWechat } from "#main/till/payment-state.ts";
import type { MachineHealth } from "#main/till/ports/machine-health.ts";
import { syncView } from "#main/till/sync/syncing.ts";

type Reading = (till: TillContext, machine: MachineHealth) => Finding | Promise<Finding>;

/** Each check and how it is read; a reading that throws has failed, and one that does not end is told as hung. */
export const readings: { readonly [C in HealthCheck]: Reading } = {
  "disk-space": async (_till, machine) => judgeDiskSpace(await machine.diskSpace()),
  "disk-write": async (_till, machine) => judgeDiskWrite(await machine.diskWrite()),
  clock: ({ deps, state }) =>
    judgeClock({ gatewayMs: state.gateway.clockOffsetMs, officeMs: deps.sync?.clockAheadMs?.() ?? null }),
  calendar: (_till, machine) => judgeCalendar(machine.sinceOpened()),
  database: async (_till, machine) => judged("database", await machine.database(), judgeDatabase),
  durability: async (_till, machine) => judgeDurability(await machine.durability()),
  "journal-end": async (_till, machine) => judged("journal-end", await machine.journalEnd(), judgeJournalEnd),
  "journal-whole": async (_till, machine) => judged("journal-whole", await machine.journalWhole(), judgeJournalWhole),
  devices: ({ state }) =>
    judgeDevices({
      count: state.deviceStatuses.length,
      troubled: state.deviceStatuses.filter(({ state, trouble }) => state !== "ready" || trouble !== null).length,
    }),
  papers({ deps }) {
    const { waiting, unknown } = deps.receipts.status();
    return judgePapers({ waiting, unknown: unknown.length });
  },
  gateway: askGateway,
  "merchant-keys": readMerchantKeys,
  "head-office": readHeadOffice,
  backup: ({ deps }, machine) => judgeBackup(machine.backup(), deps.clock.now()),
  memory: async (_till, machine) => judgeMemory(await machine.memory()),
  log: async (_till, machine) => judgeLog(await machine.log()),
  version: ({ deps }, machine) =>
    judgeVersion({ version: machine.versions()["till"] ?? "", takenBack: deps.failedUpdate ?? null }),
};

function judged<T>(check: HealthCheck, read: Result<T, "failed">, judge: (read: T) => Finding): Finding {
  return read.ok ? judge(read.value) : noAnswer(check, "failed");
}

/** Asks about an order that nobody made: any answer is one, and it moves no money. */
async function askGateway({ deps }: TillContext): Promise<Finding> {
  const { inquiry, clock, newId } = deps;
  if (inquiry === null || !takesWechat(deps)) return judgeGateway(null);
  const beganMs = clock.now();
  const answer = await inquiry.query(nobodysOrder(newId()), fen(1), "v3");
  const isReached = answer.kind !== "unknown" || !nobodyAnswered.has(answer.cause);
  return judgeGateway({ isReached, tookMs: Math.max(clock.now() - beganMs, 0) });
}

const nobodyAnswered: ReadonlySet<string> = new Set(["timeout", "network"]);

function readMerchantKeys({ deps }: TillContext): Finding {
  const isBroken = deps.isWechatBroken === true;
  const nowMs = deps.clock.now();
  if (!isBroken && !takesWechat(deps)) return judgeMerchantKeys(null, nowMs);
  const endsAtMs = deps.merchantSetup?.view().now?.certificateEndsAtMs ?? null;
  return judgeMerchantKeys({ isUsable: !isBroken, endsAtMs }, nowMs);
}

function readHeadOffice(till: TillContext): Finding {
  const { state, sinceMs, waiting, lastAgreedAtMs, disagreedDates, alarm } = syncView(till);
  const disagreedDays = disagreedDates.length;
  return judgeHeadOffice(
    { state, sinceMs, waiting, lastAgreedAtMs, disagreedDays, hasAlarm: alarm !== null },
    till.deps.clock.now(),
  );
}
