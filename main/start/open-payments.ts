import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TerminalConfig } from "#contract/config/terminal.ts";
import type { Log } from "#main/log/open-log.ts";
import { createCertificateFile } from "#main/payments/wechat/certificate-file.ts";
import { createWechatGateway, type WechatGateway } from "#main/payments/wechat/create-wechat-gateway.ts";
import { type AttemptDriver, createAttemptDriver } from "#main/till/attempts/attempt-driver.ts";
import { defaultRefundTiming } from "#core/refund/refund.ts";
import type { Clock } from "#main/till/ports/clock.ts";
import type { SalesStore } from "#main/till/ports/sales-store.ts";
import { createRefundDriver, type RefundDriver } from "#main/till/refunds/refund-driver.ts";
import type { Till } from "#main/till/till.ts";
import { gatewayFaultWords, unreadableKeyWords } from "./start-fault-words.ts";
import { StartRefused } from "./start-refused.ts";

/** The gateway announces a new certificate a day before it signs with it; unknown serials bring a renewal on as well. */
const certificatesEveryMs = 12 * 3_600_000;

export interface OpenPayments {
  readonly gateway: WechatGateway;
  readonly attempts: AttemptDriver;
  readonly refunds: RefundDriver;
  /** Nothing is asked any more; what is unfinished stays on disk for the next start. */
  stop(): void;
}

export interface PaymentParts {
  readonly config: TerminalConfig;
  readonly dataDir: string;
  readonly store: SalesStore;
  readonly clock: Clock;
  readonly log: Log;
  /** Null before the till was made: the client is made first and calls it back only once it asks. */
  readonly till: () => Till | null;
}

/** The client of WeChat Pay and the drivers of its attempts and refunds; null where the shop takes none. Throws `StartRefused`. */
export function openPayments(parts: PaymentParts): OpenPayments | null {
  const { config, store, clock, log, till } = parts;
  const { wechatPay } = config;
  if (wechatPay === undefined) return null;
  const gateway = openGateway(parts, wechatPay);
  const stopRenewing = renewCertificates(gateway, clock);
  const attempts = createAttemptDriver({
    store,
    gateway,
    clock,
    timing: wechatPay.timing,
    describe: () => config.store.nameZh,
    onChange: (attempt) => till()?.attemptChanged(attempt),
    onSettled(attempt) {
      const there = till();
      if (there === null) throw new Error("an attempt settled before the till was made");
      there.attemptSettled(attempt);
    },
    log: (what, facts) => log.warn(what, facts),
  });
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
  return {
    gateway,
    attempts,
    refunds,
    stop() {
      stopRenewing();
      attempts.stop();
      refunds.stop();
    },
  };
}

function openGateway(parts: PaymentParts, wechatPay: NonNullable<TerminalConfig["wechatPay"]>): WechatGateway {
  const { config, dataDir, clock, log, till } = parts;
  const made = createWechatGateway({
    config: wechatPay,
    privateKeyPem: readKey(wechatPay.privateKeyFile),
    publicKeyPem: readNamed(wechatPay.publicKeyFile) ?? "",
    certificatePem: readNamed(wechatPay.certificateFile),
    apiV3Key: readNamed(wechatPay.apiV3KeyFile),
    v2Key: readNamed(wechatPay.v2KeyFile),
    certificateShelf: createCertificateFile(join(dataDir, "platform-certificates.pem")),
    deviceId: config.terminalId,
    now: clock.now,
    nonce: () => randomBytes(16).toString("hex").toUpperCase(),
    log: (what, facts) => log.info(what, facts),
    onReachability: (state) => till()?.gatewayReached(state),
    onClockOffset: (offsetMs) => till()?.clockMeasured(offsetMs),
  });
  if (!made.ok) throw new StartRefused(gatewayFaultWords(wechatPay, made.fault));
  return made.value;
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

/** Undefined where the configuration names no file. */
function readNamed(file: string): string | undefined {
  return file === "" ? undefined : readKey(file);
}

function readKey(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new StartRefused(unreadableKeyWords(file, cause instanceof Error ? cause.message : String(cause)));
  }
}
