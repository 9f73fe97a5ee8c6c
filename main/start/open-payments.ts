import { randomBytes } from "node:crypto";
import type { TerminalConfig, WechatPayConfig } from "#contract/config/terminal.ts";
import { defaultRefundTiming } from "#core/refund/refund.ts";
import type { AttemptTiming } from "#core/tender/attempt.ts";
import type { Result } from "#core/result.ts";
import type { LiveLatency } from "#main/latency/create-latency.ts";
import { timedExchange } from "#main/latency/timed.ts";
import type { Log } from "#main/log/open-log.ts";
import type { CertificateShelf } from "#main/payments/wechat/certificates.ts";
import {
  createWechatGateway,
  type GatewaySetupFault,
  type WechatGateway,
} from "#main/payments/wechat/create-wechat-gateway.ts";
import { exchange } from "#wechatpay/http.ts";
import type { KeySet } from "#main/secret/kept-keys.ts";
import { type AttemptDriver, createAttemptDriver } from "#main/till/attempts/attempt-driver.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { BillGateway, PaymentGateway } from "#main/till/ports/payment-gateway.ts";
import type { SalesStore } from "#main/till/ports/sales-store.ts";
import { createRefundDriver, type RefundDriver } from "#main/till/refunds/refund-driver.ts";
import type { Reconciler } from "#main/till/reconciliation/reconciler.ts";
import type { Till } from "#main/till/till.ts";
import type { OpenReconciliation } from "./open-reconciliation.ts";

/** The gateway announces a new certificate a day before it signs with it; unknown serials bring a renewal on as well. */
const certificatesEveryMs = 12 * 3_600_000;

export interface OpenPayments {
  readonly attempts: AttemptDriver;
  readonly refunds: RefundDriver;
  readonly reconciler: Reconciler;
  /** Nothing is asked any more; what is unfinished stays on disk for the next start. */
  stop(): void;
}

export interface PaymentParts {
  readonly config: TerminalConfig;
  readonly dataDir: string;
  readonly store: SalesStore;
  readonly clock: Clock;
  readonly log: Log;
  /** The gateway's bills beside our books; idle until the till starts it. */
  readonly reconcile: (gateway: BillGateway, mchid: string) => OpenReconciliation;
  /** The times of the gateway's answers are told to it. */
  readonly latency: Pick<LiveLatency, "took" | "unanswered">;
  /** Null before the till was made: the client is made first and calls it back only once it asks. */
  readonly till: () => Till | null;
}

/** What a client says about the line. */
interface LineEvents {
  readonly onReachability: (state: "online" | "offline") => void;
  readonly onClockOffset: (offsetMs: number) => void;
}

/** The client for a merchant and its keys, or what is wrong with them. Sends nothing by itself. */
export function makeGateway(
  parts: Pick<PaymentParts, "config" | "clock" | "log" | "latency">,
  wechatPay: WechatPayConfig,
  keys: KeySet,
  events: LineEvents,
  shelf: CertificateShelf | undefined,
): Result<WechatGateway, GatewaySetupFault> {
  const given = (text: string): string | undefined => (text === "" ? undefined : text);
  return createWechatGateway({
    config: wechatPay,
    privateKeyPem: keys.privateKeyPem,
    publicKeyPem: keys.publicKeyPem,
    certificatePem: given(keys.certificatePem),
    apiV3Key: given(keys.apiV3Key),
    v2Key: given(keys.v2Key),
    certificateShelf: shelf,
    deviceId: parts.config.terminalId,
    now: parts.clock.now,
    nonce: () => randomBytes(16).toString("hex").toUpperCase(),
    log: (what, facts) => parts.log.info(what, facts),
    exchange: timedExchange(exchange, parts.latency),
    ...events,
  });
}

/** The drivers of attempts and refunds over a client. They do nothing until the till lets them take up what is unfinished. */
export function openPayments(parts: PaymentParts, wechatPay: WechatPayConfig, gateway: WechatGateway): OpenPayments {
  const { store, clock, log, till } = parts;
  const stopRenewing = renewCertificates(gateway, clock);
  const attempts = driveAttempts(parts, gateway, wechatPay.timing);
  const refunds = createRefundDriver({
    ...{ store, gateway, clock },
    timing: defaultRefundTiming,
    onChange: (refund) => till()?.refundChanged(refund),
    onSettled(refund) {
      const there = till();
      if (there === null) throw new Error("a refund settled before the till was made");
      there.refundSettled(refund);
    },
    log: (what, facts) => log.warn(what, facts),
  });
  const reconciliation = parts.reconcile(gateway, wechatPay.mchid);
  return {
    ...{ attempts, refunds, reconciler: reconciliation.reconciler },
    stop() {
      stopRenewing();
      attempts.stop();
      refunds.stop();
      reconciliation.stop();
    },
  };
}

export function driveAttempts(parts: PaymentParts, gateway: PaymentGateway, timing: AttemptTiming): AttemptDriver {
  const { config, store, clock, log, till } = parts;
  return createAttemptDriver({
    ...{ store, gateway, clock, timing },
    describe: () => config.store.nameZh,
    onChange: (attempt) => till()?.attemptChanged(attempt),
    onSettled(attempt) {
      const there = till();
      if (there === null) throw new Error("an attempt settled before the till was made");
      there.attemptSettled(attempt);
    },
    log: (what, facts) => log.warn(what, facts),
  });
}

/** Now and every twelve hours. A download that fails is in the client's log, and the certificates held go on counting. */
function renewCertificates(gateway: WechatGateway, clock: Clock): () => void {
  const { certificates } = gateway;
  if (certificates === null) return () => {};
  let cancel = (): void => {};
  const renew = (): void => {
    void certificates.refresh();
    cancel = clock.after(certificatesEveryMs, renew);
  };
  renew();
  return () => cancel();
}
