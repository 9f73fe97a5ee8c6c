import { relayedSchema, relayShopSchema } from "#contract/wire/relay.ts";
import { backOffMs } from "#core/sync/back-off.ts";
import type { Office } from "../office.ts";
import { findTerminal, terminalKeyOf } from "../terminals/terminal.ts";
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
  readonly time?: SendOnTime;
}

/** Time that only goes on, from outside, so that a simulation may drive it. */
export interface SendOnTime {
  /** Milliseconds from anywhere. */
  steadyMs(): number;
  /** Calls back once; the returned function cancels. */
  after(ms: number, act: () => void): () => void;
}

const realTime: SendOnTime = {
  steadyMs: () => performance.now(),
  after(ms, act) {
    const timer = setTimeout(act, ms);
    return () => clearTimeout(timer);
  },
};

/** Takes what lies on the shelf to head office, one upload at a time. */
export interface SendOn {
  start(): void;
  /** Looks at once. */
  now(): void;
  /** Ends what is planned and waits for what is under way. */
  stop(): Promise<void>;
}

export function createSendOn(deps: SendOnDeps): SendOn {
  return new Sender(deps);
}

class Sender implements SendOn {
  private readonly deps: SendOnDeps;
  /** Till and epoch, and until when they wait; milliseconds of the steady time. */
  private readonly heldBack = new Map<string, number>();
  private shopAtMs = -Infinity;
  private failures = 0;
  private cancelTimer = (): void => {};
  private running: Promise<void> | null = null;
  private isStopped = true;

  private readonly time: SendOnTime;

  constructor(deps: SendOnDeps) {
    this.deps = deps;
    this.time = deps.time ?? realTime;
  }

  start(): void {
    this.isStopped = false;
    this.plan(0);
  }

  now(): void {
    this.heldBack.clear();
    this.plan(0);
  }

  async stop(): Promise<void> {
    this.isStopped = true;
    this.cancelTimer();
    await this.running;
  }

  private plan(ms: number): void {
    this.cancelTimer();
    if (!this.isStopped && this.running === null) this.cancelTimer = this.time.after(ms, () => this.run());
  }

  private run(): void {
    let nextMs = mostPauseMs;
    this.running = this.turn()
      .then((ms) => {
        nextMs = ms;
      })
      .catch((error: unknown) => {
        const why = error instanceof Error ? error.message : String(error);
        this.deps.relay.log({ event: "send-on-failed", why });
      })
      .finally(() => {
        this.running = null;
        this.plan(nextMs);
      });
  }

  /** @returns milliseconds until the next turn */
  private async turn(): Promise<number> {
    const nowMs = this.time.steadyMs();
    if (nowMs >= this.shopAtMs) {
      if (!(await this.askShop())) return this.pauseMs();
      this.shopAtMs = nowMs + betweenShopsMs;
    }
    const heads = await waitingHeads(this.deps.relay.sql);
    const next = heads.find((head) => (this.heldBack.get(queueOf(head)) ?? 0) <= nowMs);
    if (next === undefined) return betweenLooksMs;
    return (await this.bring(next)) ? 0 : this.pauseMs();
  }

  private async askShop(): Promise<boolean> {
    const { relay, state, upstream } = this.deps;
    const question = { method: "GET", path: "/v1/relay/shop", schema: relayShopSchema } as const;
    const answer = await upstream.ask(question, state.officeKey);
    if (answer.kind !== "ok") return this.note(answer);
    await takeShop(relay.sql, answer.value, relay.clock.now());
    this.failures = 0;
    return true;
  }

  /** @returns whether head office is there */
  private async bring(head: WaitingBatch): Promise<boolean> {
    const { relay, state, upstream } = this.deps;
    const question = {
      ...({ method: "POST", isPacked: true } as const),
      path: `/v1/relay/tills/${terminalKeyOf(head)}/${head.goesTo}`,
      body: await bodyOf(relay.sql, head),
      schema: relayedSchema,
    };
    const answer = await upstream.ask(question, state.officeKey);
    if (answer.kind === "no-answer") return this.note(answer);
    if (answer.kind === "refused") return this.refused(head, answer);
    this.failures = 0;
    const { epoch, seq } = answer.value.acked;
    if (epoch === head.epoch && seq >= head.lastSeq) await dropBatch(relay.sql, head);
    // Entries before these are not at head office: their till has them, and sends them when it can.
    else this.holdBack(head);
    return true;
  }

  private async refused(
    head: WaitingBatch,
    answer: Extract<UpstreamAnswer<unknown>, { kind: "refused" }>,
  ): Promise<boolean> {
    this.note(answer);
    const { kind } = answer.fault;
    if (kind === "busy" || kind === "internal" || kind === "wrong-clock") return false;
    this.failures = 0;
    const isFork = kind === "fork" || kind === "broken-chain";
    // It may be this relay that was revoked: then nothing is told of the till, and its entries wait.
    if (kind === "revoked" && !(await this.askShop())) return false;
    const isApart = isFork || (kind === "revoked" && (await this.isRevoked(head)));
    // What cannot be taken back is done by head office's signed word alone.
    if (isApart && answer.isSigned && head.goesTo === "journal") await sendApart(this.deps.relay.sql, head);
    else this.holdBack(head);
    return true;
  }

  /** By head office's last list of the shop's tills. */
  private async isRevoked(head: WaitingBatch): Promise<boolean> {
    return (await findTerminal(this.deps.relay.sql, head))?.state === "revoked";
  }

  private holdBack(head: WaitingBatch): void {
    this.heldBack.set(queueOf(head), this.time.steadyMs() + heldBackMs);
  }

  private note(answer: Exclude<UpstreamAnswer<unknown>, { kind: "ok" }>): false {
    this.failures += 1;
    const why = answer.kind === "refused" ? `${answer.fault.kind}: ${answer.fault.detail}` : answer.detail;
    this.deps.relay.log({ event: "not-sent-on", why, failures: this.failures });
    return false;
  }

  private pauseMs(): number {
    const { random = Math.random } = this.deps;
    return Math.min(mostPauseMs, backOffMs(Math.max(1, this.failures), random()));
  }
}

function queueOf({ storeCode, terminalId, epoch }: WaitingBatch): string {
  return `${storeCode}-${terminalId} ${epoch}`;
}
