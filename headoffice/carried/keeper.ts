import type { QueryAnswer } from "#core/tender/gateway-answer.ts";
import type { Office } from "../office.ts";
import type { CarriedGateway, Keeper } from "./carried.ts";
import type { OrderEvent } from "./order.ts";
import { advance, type CarriedOrder, findOrder, holdOrder } from "./orders.ts";
import { nextAskMs } from "./timetable.ts";

/** Rows are looked for this often. Milliseconds. */
const betweenLooksMs = 1_000;
/** Orders asked about at once by one instance. */
const mostAtOnce = 20;
/** Longer than a question to two addresses and its follow-up; who took a row and died gives it up after this. Milliseconds. */
const leaseMs = 90_000;
/**
 * An order the gateway does not know may still be on its way there. This long after its time limit, a minute of which the
 * gateway may add by itself, nobody can pay it any more, whenever it arrives. Milliseconds.
 */
const strayMs = 5 * 60_000;
/** A page that waits may have the gateway asked sooner, but not more often than this. Milliseconds. */
const leastBetweenMs = 4_000;

type Deps = Pick<Office, "sql" | "clock" | "log">;

/** One of these runs in every instance of head office: an order is taken by claiming its row. */
export function createKeeper(deps: Deps, gateway: CarriedGateway): Keeper {
  const { sql, clock, log } = deps;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let isStopped = true;

  const lookOnce = async (): Promise<void> => {
    const nowMs = clock.now();
    const due = await sql.rows<{ store_code: string; out_trade_no: string }>(
      `SELECT store_code, out_trade_no FROM carried_orders WHERE next_ms <= ? AND lease_ms <= ?
       ORDER BY next_ms LIMIT ?`,
      [nowMs, nowMs, mostAtOnce],
    );
    await Promise.all(due.map((row) => seeTo(deps, gateway, row.store_code, row.out_trade_no)));
  };
  // Behind the one under way, which may have begun before what this one is for.
  const look = (): Promise<void> => {
    running = running
      .then(lookOnce)
      .catch((error: unknown) => log({ event: "keeper-failed", why: error instanceof Error ? error.name : "" }));
    return running;
  };
  const plan = (): void => {
    if (isStopped) return;
    timer = setTimeout(() => void look().finally(plan), betweenLooksMs);
    timer.unref();
  };
  return {
    look,
    start() {
      if (!isStopped) return;
      isStopped = false;
      plan();
    },
    async hasten(storeCode, outTradeNo) {
      const nowMs = clock.now();
      await sql.transaction(
        (tx) =>
          tx.run(
            `UPDATE carried_orders SET next_ms = ? WHERE store_code = ? AND out_trade_no = ? AND next_ms > ?
             AND asked_ms <= ? AND lease_ms <= ?`,
            [nowMs, storeCode, outTradeNo, nowMs, nowMs - leastBetweenMs, nowMs],
          ),
        { mayBeLost: true },
      );
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

/** Claims one order, asks about it and stores what was answered. An error leaves the row to whoever comes after the lease. */
async function seeTo(deps: Deps, gateway: CarriedGateway, storeCode: string, outTradeNo: string): Promise<void> {
  const { sql, clock, log } = deps;
  const claimedMs = clock.now();
  const claimed = await sql.transaction((tx) =>
    tx.run(
      `UPDATE carried_orders SET lease_ms = ?, asked_ms = ? WHERE store_code = ? AND out_trade_no = ?
       AND next_ms <= ? AND lease_ms <= ?`,
      [claimedMs + leaseMs, claimedMs, storeCode, outTradeNo, claimedMs, claimedMs],
    ),
  );
  if (claimed === 0) return;
  const order = await findOrder(sql, storeCode, outTradeNo);
  if (order === null) return;
  const outcome = await askAbout(gateway, order, claimedMs);
  await sql.transaction(async (tx) => {
    let now = await holdOrder(tx, storeCode, outTradeNo);
    if (now === null) return;
    for (const event of outcome.events) now = await advance(tx, now, event, clock.now(), outcome.more);
    // Where an event moved it, it is due as the event says; else by the timetable.
    const nextMs = now.phaseMs === order.phaseMs && now.nextMs !== null ? nextOf(now, clock.now()) : now.nextMs;
    await tx.run(
      "UPDATE carried_orders SET lease_ms = 0, next_ms = ?, trouble = ? WHERE store_code = ? AND out_trade_no = ?",
      [nextMs, now.phaseMs === order.phaseMs ? outcome.trouble : now.trouble, storeCode, outTradeNo],
    );
  });
  const [last = "none"] = outcome.events.slice(-1);
  log({ event: "carried-asked", money: order.money, told: last, trouble: outcome.trouble });
}

function nextOf({ money, phaseMs, expiresMs }: CarriedOrder, nowMs: number): number {
  const byTable = nextAskMs(phaseMs, nowMs);
  // Its time being over is found out on time.
  return money === "open" && expiresMs !== null ? Math.min(byTable, Math.max(expiresMs, nowMs)) : byTable;
}

interface Outcome {
  readonly events: readonly OrderEvent[];
  readonly more: Partial<Pick<CarriedOrder, "transactionId">>;
  /** A code for the manager; empty where the gateway does what it is asked. */
  readonly trouble: string;
}

const nothing: Outcome = { events: [], more: {}, trouble: "" };

async function askAbout(gateway: CarriedGateway, order: CarriedOrder, nowMs: number): Promise<Outcome> {
  switch (order.money) {
    case "open":
    case "closing":
      return askPayment(gateway, order, nowMs);
    case "refunding":
      return askRefund(gateway, order);
    default:
      return nothing;
  }
}

async function askPayment(gateway: CarriedGateway, order: CarriedOrder, nowMs: number): Promise<Outcome> {
  const answer = await gateway.query(order);
  const isOver = order.money === "closing" || nowMs >= (order.expiresMs ?? 0);
  const found = outcomeOf(answer, order, nowMs);
  if (found !== null) return isOver && order.money === "open" ? { ...found, events: withExpiry(found.events) } : found;
  if (!isOver) return answer.kind === "unknown" ? { ...nothing, trouble: troubleOf(answer) } : nothing;
  const expired: readonly OrderEvent[] = order.money === "open" ? ["expired"] : [];
  const closed = await gateway.close(order.outTradeNo);
  if (closed.kind === "closed") return { ...nothing, events: [...expired, "closed"] };
  return { ...nothing, events: expired, trouble: closed.kind === "unknown" ? troubleOf(closed) : "" };
}

/** An end that the query told; null where it told none. */
function outcomeOf(answer: QueryAnswer, order: CarriedOrder, nowMs: number): Outcome | null {
  switch (answer.kind) {
    case "paid":
      return { ...nothing, events: ["paid"], more: { transactionId: answer.facts.transactionId } };
    case "closed":
    case "revoked":
      return { ...nothing, events: ["closed"] };
    case "not-found":
      return nowMs >= (order.expiresMs ?? order.phaseMs) + strayMs ? { ...nothing, events: ["closed"] } : null;
    // Given back by hand on the merchant platform: what became of the sale is for a person.
    case "refunded":
      return { ...nothing, trouble: "REFUND" };
    default:
      return null;
  }
}

/** A payment found after its time is a payment like any other. */
function withExpiry(events: readonly OrderEvent[]): readonly OrderEvent[] {
  return events.includes("closed") ? ["expired", ...events] : events;
}

async function askRefund(gateway: CarriedGateway, order: CarriedOrder): Promise<Outcome> {
  const known = await gateway.queryRefund(order);
  // The same number with the same facts is the same refund, however often it is asked for.
  const answer = known.kind === "not-found" ? await gateway.refund(order) : known;
  switch (answer.kind) {
    case "success":
      return { ...nothing, events: ["refunded"] };
    case "processing":
      return nothing;
    case "closed":
    case "abnormal":
      return { ...nothing, trouble: answer.kind.toUpperCase() };
    case "not-found":
      return { ...nothing, trouble: "RESOURCE_NOT_EXISTS" };
    case "refused":
      return { ...nothing, trouble: answer.code };
    case "unknown":
      return { ...nothing, trouble: troubleOf(answer) };
  }
}

const mostTrouble = 64;

function troubleOf({ code, cause }: { readonly code: string | null; readonly cause: string }): string {
  // A wrong amount is the one trouble that is nobody's line.
  return (code ?? (cause === "mismatch" ? "MISMATCH" : "")).slice(0, mostTrouble);
}
