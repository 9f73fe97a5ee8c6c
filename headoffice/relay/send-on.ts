import { relayedSchema, relayShopSchema } from "#contract/wire/relay.ts";
import { backOffMs } from "#core/sync/back-off.ts";
import type { Office } from "../office.ts";
import { terminalKeyOf } from "../terminals/terminal.ts";
import { type RelayState, takeShop } from "./relay-state.ts";
import { bodyOf, dropBatch, sendApart, waitingHeads, type WaitingBatch } from "./shelf.ts";
import type { Upstream, UpstreamAnswer } from "./upstream.ts";

/** The shop's tills and the certificate are asked for this often. Milliseconds. */
const betweenShopsMs = 60_000;
/** With nothing on the shelf it is looked at this often. Milliseconds. */
const betweenLooksMs = 1_000;
/** A head office that comes back is noticed within this: what lies here is all there is of a till that died. Milliseconds. */
const mostPauseMs = 30_000;
/** What head office will not take yet is offered again after this, behind everything else. Milliseconds. */
const heldBackMs = 60_000;

export interface SendOnDeps {
  readonly relay: Pick<Office, "sql" | "clock" | "log">;
  readonly state: RelayState;
  readonly upstream: Upstream;
  readonly random?: () => number;
}

/** Takes what lies on the shelf to head office, one upload at a time. */
export interface SendOn {
  start(): void;
  /** Looks at once. */
  now(): void;
  /** Ends what is planned and waits for what is under way. */
  stop(): Promise<void>;
}

export function createSendOn(deps: SendOnDeps): SendOn {
  const { relay, state, upstream, random = Math.random } = deps;
  const heldBack = new Map<string, number>();
  let shopAtMs = 0;
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> | null = null;
  let isStopped = true;

  /** @returns milliseconds until the next turn */
  async function turn(): Promise<number> {
    const nowMs = performance.now();
    if (nowMs >= shopAtMs) {
      if (!(await askShop())) return pauseMs();
      shopAtMs = nowMs + betweenShopsMs;
    }
    const heads = await waitingHeads(relay.sql);
    const next = heads.find((head) => (heldBack.get(queueOf(head)) ?? 0) <= nowMs);
    if (next === undefined) return betweenLooksMs;
    return (await bring(next)) ? 0 : pauseMs();
  }

  async function askShop(): Promise<boolean> {
    const answer = await upstream.ask(
      { method: "GET", path: "/v1/relay/shop", schema: relayShopSchema },
      state.officeKey,
    );
    if (answer.kind !== "ok") return note(answer);
    await takeShop(relay.sql, answer.value, relay.clock.now());
    failures = 0;
    return true;
  }

  /** @returns whether head office is there */
  async function bring(head: WaitingBatch): Promise<boolean> {
    const answer = await upstream.ask(
      {
        method: "POST",
        path: `/v1/relay/tills/${terminalKeyOf(head)}/${head.goesTo}`,
        body: await bodyOf(relay.sql, head),
        ...{ isPacked: true, schema: relayedSchema },
      },
      state.officeKey,
    );
    if (answer.kind === "no-answer") return note(answer);
    if (answer.kind === "ok") {
      failures = 0;
      const { epoch, seq } = answer.value.acked;
      if (epoch === head.epoch && seq >= head.lastSeq) await dropBatch(relay.sql, head);
      // Entries before these are not at head office: their till has them, and sends them when it can.
      else holdBack(head);
      return true;
    }
    const { fault, isSigned } = answer;
    const isApart = fault.kind === "fork" || fault.kind === "broken-chain" || fault.kind === "revoked";
    if (fault.kind === "busy" || fault.kind === "internal" || fault.kind === "wrong-clock") return note(answer);
    note(answer);
    failures = 0;
    // What cannot be taken back is done by head office's signed word alone.
    if (isApart && isSigned && head.goesTo === "journal") await sendApart(relay.sql, head);
    else holdBack(head);
    return true;
  }

  function holdBack(head: WaitingBatch): void {
    heldBack.set(queueOf(head), performance.now() + heldBackMs);
  }

  function note(answer: Exclude<UpstreamAnswer<unknown>, { kind: "ok" }>): false {
    failures += 1;
    const why = answer.kind === "refused" ? `${answer.fault.kind}: ${answer.fault.detail}` : answer.detail;
    relay.log({ event: "not-sent-on", why, failures });
    return false;
  }

  function pauseMs(): number {
    return Math.min(mostPauseMs, backOffMs(Math.max(1, failures), random()));
  }

  function plan(ms: number): void {
    clearTimeout(timer);
    if (!isStopped && running === null) timer = setTimeout(run, ms);
  }

  function run(): void {
    let nextMs = mostPauseMs;
    running = turn()
      .then((ms) => {
        nextMs = ms;
      })
      .catch((error: unknown) => {
        relay.log({ event: "send-on-failed", why: error instanceof Error ? error.message : String(error) });
      })
      .finally(() => {
        running = null;
        plan(nextMs);
      });
  }

  return {
    start() {
      isStopped = false;
      plan(0);
    },
    now() {
      heldBack.clear();
      plan(0);
    },
    async stop() {
      isStopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}

function queueOf({ storeCode, terminalId, epoch }: WaitingBatch): string {
  return `${storeCode}-${terminalId} ${epoch}`;
}
