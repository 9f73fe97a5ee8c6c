import type { KeyObject } from "node:crypto";
import { ok, type Result } from "#core/result.ts";
import type { PayProtocol } from "#core/tender/attempt.ts";
import type { WechatPayConfig } from "#contract/config/terminal.ts";
import type {
  BillGateway,
  ConnectionTest,
  PaymentGateway,
  PaymentLookup,
  RefundGateway,
} from "#main/till/ports/payment-gateway.ts";
import type { GatewayLine, GatewayLog } from "#wechatpay/ask.ts";
import { createBillGateway } from "./bills.ts";
import { type CertificateRefresher, type CertificateShelf, createCertificateRefresher } from "./certificates.ts";
import type { UnknownAnswer } from "#wechatpay/classify.ts";
import { close } from "#wechatpay/close.ts";
import { codepay, probeCodepay, type Scene } from "./codepay.ts";
import { type ProbeAnswer, testConnection } from "./connection-test.ts";
import { type Exchange, exchange } from "#wechatpay/http.ts";
import { readHosts } from "./read-hosts.ts";
import { createKeyRing, readKeptCertificates } from "#wechatpay/key-ring.ts";
import { openNative } from "./native.ts";
import { query, queryById } from "#wechatpay/query.ts";
import { type GatewaySetupFault, readSecrets, type Secrets } from "./read-secrets.ts";
import { queryRefund, refund } from "#wechatpay/refund.ts";
import { reverse } from "./reverse.ts";
import { sendOnward } from "./send-onward.ts";
import type { LineV2 } from "./v2/ask-v2.ts";
import { payV2, probeV2, queryV2, reverseV2 } from "./v2/codepay-v2.ts";

export type { GatewaySetupFault } from "./read-secrets.ts";

export interface WechatGatewayParts {
  readonly config: WechatPayConfig;
  /** What is in `config.privateKeyFile`. */
  readonly privateKeyPem: string;
  /** What is in `config.publicKeyFile`; not looked at where the gateway signs by certificates alone. */
  readonly publicKeyPem: string;
  /** What is in `config.certificateFile`, `config.apiV3KeyFile` and `config.v2KeyFile`, where they are named. */
  readonly certificatePem?: string | undefined;
  readonly apiV3Key?: string | undefined;
  readonly v2Key?: string | undefined;
  /** Keeps the gateway's certificates between starts; without one each start downloads them. */
  readonly certificateShelf?: CertificateShelf | undefined;
  /** This till, as the gateway's records name it; 1–32 characters. */
  readonly deviceId: string;
  /** Milliseconds since the epoch; five minutes off and no answer can be believed. */
  readonly now: () => number;
  /** 1–32 letters and digits, never the same twice. */
  readonly nonce: () => string;
  /** Method, path, status, Request-ID, duration and code of each request; never a body, key or payment code. */
  readonly log: GatewayLog;
  /** Called on change only. Online: the gateway itself answered. Offline: nobody did. */
  readonly onReachability: (state: "online" | "offline") => void;
  /** How far the till's clock runs ahead of the gateway's, milliseconds, with every answer that tells it. */
  readonly onClockOffset?: ((offsetMs: number) => void) | undefined;
  /** The network's own when left out. */
  readonly exchange?: Exchange | undefined;
}

/** Everything the gateway is asked for. */
export interface WechatGateway extends PaymentGateway, PaymentLookup, RefundGateway, BillGateway, ConnectionTest {
  /** Null in public-key mode. Else call `refresh` at the start and every few hours; unknown serials bring it on too. */
  readonly certificates: Pick<CertificateRefresher, "refresh"> | null;
  /** When the merchant's certificate ends, milliseconds since the epoch; null where none is given. */
  readonly certificateEndsAtMs: number | null;
}

/**
 * The gateway over its APIv3 protocol, payment codes over APIv2 where the merchant is set up so; or what is wrong with
 * the keys or the address: the till must not start to sell with a client whose requests would all be refused. Sends
 * nothing by itself. The protocol never changes while it lives.
 */
export function createWechatGateway(parts: WechatGatewayParts): Result<WechatGateway, GatewaySetupFault> {
  const { config, log, now, nonce } = parts;
  const hosts = readHosts(config);
  if (!hosts.ok) return hosts;
  const read = readSecrets(parts, now());
  if (!read.ok) return read;
  const secrets = read.value;
  const kept = config.answersSignedBy === "public-key" ? "" : (parts.certificateShelf?.read() ?? "");
  const ring = createKeyRing(publicKeyOf(config, secrets), readKeptCertificates(kept), now);
  let certificates: CertificateRefresher | null = null;
  const line: GatewayLine = {
    hosts: hosts.value,
    merchant: { mchid: config.mchid, certSerial: config.certSerial, privateKey: secrets.privateKey },
    appid: config.appid,
    partner: config.partner ?? null,
    publicKeyId: config.answersSignedBy === "certificates" ? null : config.publicKeyId,
    gatewayKeys: ring,
    sealingKey: ring.sealingKey,
    exchange: parts.exchange ?? exchange,
    requestTimeoutMs: config.timing.requestTimeoutMs,
    ...{ now, nonce, log },
    onReachability: onChangeOnly(parts.onReachability),
    onClockOffset: (offsetMs) => parts.onClockOffset?.(offsetMs),
    onUnknownSerial: () => certificates?.refreshSoon(),
  };
  if (config.answersSignedBy !== "public-key" && secrets.apiV3Key !== null) {
    const shelf = parts.certificateShelf ?? { read: () => null, write: () => {} };
    const passedMs = () => performance.now();
    certificates = createCertificateRefresher({ line, apiV3Key: secrets.apiV3Key, ring, shelf, passedMs });
  }
  const scene = { deviceId: parts.deviceId, storeInfo: config.storeInfo };
  const safely = neverRejecting(log);
  const v2 = lineV2(config, line, secrets, parts.privateKeyPem);
  return ok({
    ...payments({ line, v2, scene, codeProtocol: config.codepayProtocol, notifyUrl: config.notifyUrl, safely }),
    queryById: (transactionId, amountFen) => safely(queryById(line, transactionId, amountFen)),
    refund: (order) => safely(refund(line, order)),
    queryRefund: (order) => safely(queryRefund(line, order)),
    sendOnward: (order, refundId, onward) => safely(sendOnward(line, order, refundId, onward)),
    ...createBillGateway(line),
    testConnection: (onStage) => {
      const probe = (no: string): Promise<ProbeAnswer> =>
        v2 === null || config.codepayProtocol === "v3" ? probeCodepay(line, scene, no) : probeV2(v2, scene, no);
      return testConnection(line, probe, onStage).catch((cause: unknown) => {
        logFailure(log, cause);
        return { kind: "gateway-trouble", code: null };
      });
    },
    certificates,
    certificateEndsAtMs: secrets.certificateEndsAtMs,
  });
}

type Safely = <A>(answer: Promise<A>) => Promise<A | UnknownAnswer>;

/** A payment code stays on one protocol from pay to reverse: asking both for one number could charge twice. */
function payments(parts: {
  readonly line: GatewayLine;
  /** Null where the keys for it are not named; `codeProtocol` is then v3. */
  readonly v2: LineV2 | null;
  readonly scene: Scene;
  readonly codeProtocol: PayProtocol;
  readonly notifyUrl: string;
  readonly safely: Safely;
}): PaymentGateway {
  const { line, v2, scene, codeProtocol, notifyUrl, safely } = parts;
  /** An attempt of v2 outlived its keys: it stays in doubt, and the log says whose fault that is. */
  const withoutKeys = (): Promise<UnknownAnswer> => {
    line.log("an attempt of protocol v2 is open and v2KeyFile or certificateFile is not set", {});
    return Promise.resolve({ kind: "unknown", cause: "unlisted-code", code: "NO_V2_KEYS" });
  };
  const overV2 = <A>(ask: (over: LineV2) => Promise<A>) => (v2 === null ? withoutKeys() : safely(ask(v2)));
  return {
    codeProtocol,
    pay: (order, authCode) =>
      codeProtocol === "v2"
        ? overV2((over) => payV2(over, scene, order, authCode))
        : safely(codepay(line, scene, order, authCode)),
    openNative: (order, expiresAtMs) => safely(openNative(line, notifyUrl, order, expiresAtMs)),
    query: (outTradeNo, amountFen, protocol) =>
      protocol === "v2"
        ? overV2((over) => queryV2(over, outTradeNo, amountFen))
        : safely(query(line, outTradeNo, amountFen)),
    reverse: (outTradeNo, protocol) =>
      protocol === "v2" ? overV2((over) => reverseV2(over, outTradeNo)) : safely(reverse(line, outTradeNo)),
    close: (outTradeNo) => safely(close(line, outTradeNo)),
  };
}

function publicKeyOf(config: WechatPayConfig, secrets: Secrets): { id: string; key: KeyObject } | null {
  return secrets.publicKey === null ? null : { id: config.publicKeyId, key: secrets.publicKey };
}

function lineV2(config: WechatPayConfig, line: GatewayLine, secrets: Secrets, privateKeyPem: string): LineV2 | null {
  const { v2Key, certificatePem } = secrets;
  // Also where new payments go over v3: attempts begun before a change of protocol are ended over their own.
  if (v2Key === null || certificatePem === null) return null;
  const { hosts, appid, partner, exchange, requestTimeoutMs, now, nonce, log, onReachability } = line;
  return {
    ...{ hosts, appid, partner, exchange, requestTimeoutMs, now, nonce, log, onReachability },
    mchid: config.mchid,
    key: v2Key,
    signType: config.v2SignType,
    clientCertificate: { certificatePem, privateKeyPem },
  };
}

function onChangeOnly<S>(tell: (state: S) => void): (state: S) => void {
  let last: S | null = null;
  return (state) => {
    if (state === last) return;
    last = state;
    tell(state);
  };
}

/** The port's promise. A bug of ours after the request left must leave the payment in doubt, not the till without an answer. */
function neverRejecting(log: GatewayLog): <A>(answer: Promise<A>) => Promise<A | UnknownAnswer> {
  return (answer) =>
    answer.catch((cause: unknown) => {
      logFailure(log, cause);
      return { kind: "unknown", cause: "unreadable", code: null } as const;
    });
}

/** The kind of error only: its message may quote what was being sent. */
function logFailure(log: GatewayLog, cause: unknown): void {
  log("gateway client failed", { error: cause instanceof Error ? cause.name : typeof cause });
}
