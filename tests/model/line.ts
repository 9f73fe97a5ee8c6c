import { fail, ok, type Result } from "#core/result.ts";
import type { Exchange, WireAnswer, WireFault, WireRequest } from "#wechatpay/http.ts";
import { answerRequest } from "#simulators/gateway/api.ts";
import type { Api } from "#simulators/gateway/carry-out.ts";
import { type Platform, signatureHeaders } from "#simulators/gateway/delivery.ts";
import { forge, type Forgery } from "./forge.ts";
import { hand, type Handed } from "./handed.ts";
import { type Heard, readRequest } from "./heard.ts";
import type { WorldClock } from "./world-clock.ts";

/** What becomes of one request on its way. A request that left arrives within 30 s or never. */
export type LineFault =
  /** Nobody listens: not a byte leaves. */
  | { readonly kind: "refused" }
  /** No connection within five seconds. */
  | { readonly kind: "unreachable" }
  | { readonly kind: "slow"; readonly toMs: number; readonly backMs: number }
  /** The line breaks for the till while the request is still on its way. */
  | { readonly kind: "broken"; readonly toMs: number }
  /** Somebody else answers, unsigned; the request may arrive all the same. */
  | { readonly kind: "forged"; readonly says: Forgery; readonly arrives: boolean }
  /** A reverse that the gateway accepts and forgets (v3). */
  | { readonly kind: "forgotten" };

/** A fault waiting for the next request of its kind. */
export interface LineTrouble {
  readonly at: "line";
  readonly on: Heard["operation"];
  readonly fault: LineFault;
}

const connectMs = 5_000;
const prompt = { kind: "slow", toMs: 0, backMs: 0 } as const;

/**
 * The network between the till's real client and the simulator's real server, in memory and in the world's time: no
 * socket, and a time-out of 30 s costs nothing.
 */
export class Line {
  isDown = false;
  /** First come first served. */
  troubles: readonly LineTrouble[] = [];
  readonly #clock: WorldClock;
  readonly #api: Api;
  readonly #platform: Platform;
  readonly #onLeaving: (heard: Heard) => void;

  /** `onLeaving` is told of every request that leaves the till, before anything else happens to it. */
  constructor(clock: WorldClock, api: Api, platform: Platform, onLeaving: (heard: Heard) => void) {
    this.#clock = clock;
    this.#api = api;
    this.#platform = platform;
    this.#onLeaving = onLeaving;
  }

  /** The till's end of the line, for one process of it: with the power goes what that process would still have sent. */
  connect(): { readonly exchange: Exchange; readonly cut: () => void } {
    let isCut = false;
    return {
      exchange: (wire) => (isCut ? new Promise(() => {}) : this.#exchange(wire)),
      cut: () => {
        isCut = true;
      },
    };
  }

  readonly #exchange: Exchange = (wire) => {
    const heard = readRequest(wire);
    const fault = this.isDown ? ({ kind: "refused" } as const) : this.#take(heard);
    const { promise, resolve } = Promise.withResolvers<Result<WireAnswer, WireFault>>();
    if (fault.kind === "refused") {
      resolve(fail({ kind: "network", detail: "ECONNREFUSED", hasLeft: false }));
      return promise;
    }
    if (fault.kind === "unreachable") {
      const late = fail({ kind: "timeout", detail: "deadline", hasLeft: false } as const);
      this.#clock.after(connectMs, () => resolve(late), "till");
      return promise;
    }
    this.#onLeaving(heard);
    const tooLate = fail({ kind: "timeout", detail: "deadline", hasLeft: true } as const);
    this.#clock.after(wire.timeoutMs, () => resolve(tooLate), "till");
    this.#travel(wire, heard, fault, resolve);
    return promise;
  };

  #take({ operation }: Heard): LineFault {
    const first = this.troubles.find(({ on }) => on === operation);
    this.troubles = this.troubles.filter((trouble) => trouble !== first);
    return first?.fault ?? prompt;
  }

  #travel(
    wire: WireRequest,
    heard: Heard,
    fault: Exclude<LineFault, { kind: "refused" | "unreachable" }>,
    resolve: (answer: Result<WireAnswer, WireFault>) => void,
  ): void {
    const broken = fail({ kind: "network", detail: "ECONNRESET", hasLeft: true } as const);
    switch (fault.kind) {
      case "slow":
        return this.#arrive(wire, fault.toMs, (answer) => {
          const told = answer === "reset" ? broken : ok(answer);
          if (fault.backMs === 0) resolve(told);
          else this.#clock.after(fault.backMs, () => resolve(told));
        });
      case "broken":
        this.#arrive(wire, fault.toMs, () => {});
        return resolve(broken);
      case "forged":
        if (fault.arrives) this.#arrive(wire, 0, () => {});
        return resolve(ok(forge(heard, fault.says, this.#amountOf(heard))));
      case "forgotten":
        if (heard.operation === "reverse" && heard.protocol === "v3") return resolve(ok(this.#accepted(heard)));
        return this.#arrive(wire, 0, (answer) => resolve(answer === "reset" ? broken : ok(answer)));
    }
  }

  #arrive(wire: WireRequest, toMs: number, onAnswer: (handed: Handed) => void): void {
    const arrive = (): void => {
      const { request, response } = hand(wire, onAnswer);
      const certificate = wire.clientCertificate === undefined ? "missing" : "shown";
      void answerRequest(this.#api, request, response, certificate);
    };
    if (toMs === 0) arrive();
    else this.#clock.after(toMs, arrive);
  }

  #amountOf({ outTradeNo, amountFen }: Heard): number {
    return amountFen ?? this.#api.desk.ledger.order(outTradeNo).terms?.amountFen ?? 0;
  }

  /** What the gateway itself says and signs when it accepts a reverse. */
  #accepted({ outTradeNo }: Heard): WireAnswer {
    const { appid, mchid } = this.#api.desk.merchant;
    const body = Buffer.from(JSON.stringify({ appid, mchid, out_trade_no: outTradeNo }));
    const signer = { privateKeyPem: this.#platform.privateKeyPem, serial: this.#platform.publicKeyId };
    const signed = signatureHeaders(body, { signer, nowMs: this.#api.wireNow(), params: {} });
    return {
      status: 200,
      headers: Object.fromEntries(signed.map(([name, value]) => [name.toLowerCase(), value])),
      body,
    };
  }
}
