import { fail, ok, type Result } from "#core/result.ts";
import type { WechatPayConfig } from "#contract/config/terminal.ts";
import type { PaymentGateway } from "#main/till/ports/payment-gateway.ts";
import type { GatewayLine, GatewayLog } from "./ask.ts";
import type { UnknownAnswer } from "./classify.ts";
import { close } from "./close.ts";
import { codepay } from "./codepay.ts";
import { type KeyProblem, readPrivateKey, readPublicKey } from "./keys.ts";
import { openNative } from "./native.ts";
import { query } from "./query.ts";
import { reverse } from "./reverse.ts";

export interface WechatGatewayParts {
  readonly config: WechatPayConfig;
  /** What is in `config.privateKeyFile`. */
  readonly privateKeyPem: string;
  /** What is in `config.publicKeyFile`. */
  readonly publicKeyPem: string;
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
}

export type GatewaySetupFault =
  | { readonly kind: "key-file"; readonly key: "privateKeyFile" | "publicKeyFile"; readonly problem: KeyProblem }
  | { readonly kind: "base-url"; readonly problem: "not-https" | "more-than-a-host" };

/**
 * The gateway over its APIv3 protocol, or what is wrong with the keys or the address: the till must not start to sell
 * with a client whose requests would all be refused. Sends nothing by itself.
 */
export function createWechatGateway(parts: WechatGatewayParts): Result<PaymentGateway, GatewaySetupFault> {
  const { config } = parts;
  const baseUrl = readBaseUrl(config.baseUrl);
  if (!baseUrl.ok) return baseUrl;
  const privateKey = readPrivateKey(parts.privateKeyPem);
  if (!privateKey.ok) return fail({ kind: "key-file", key: "privateKeyFile", problem: privateKey.fault });
  const publicKey = readPublicKey(parts.publicKeyPem, privateKey.value);
  if (!publicKey.ok) return fail({ kind: "key-file", key: "publicKeyFile", problem: publicKey.fault });

  const line: GatewayLine = {
    baseUrl: baseUrl.value,
    merchant: { mchid: config.mchid, certSerial: config.certSerial, privateKey: privateKey.value },
    appid: config.appid,
    publicKeyId: config.publicKeyId,
    gatewayKeys: new Map([[config.publicKeyId, publicKey.value]]),
    requestTimeoutMs: config.timing.requestTimeoutMs,
    now: parts.now,
    nonce: parts.nonce,
    log: parts.log,
    onReachability: onChangeOnly(parts.onReachability),
  };
  const scene = { deviceId: parts.deviceId, storeInfo: config.storeInfo };
  const safely = neverRejecting(parts.log);
  return ok({
    pay: (order, authCode) => safely(codepay(line, scene, order, authCode)),
    openNative: (order, expiresAtMs) => safely(openNative(line, config.notifyUrl, order, expiresAtMs)),
    query: (outTradeNo, amountFen) => safely(query(line, outTradeNo, amountFen)),
    reverse: (outTradeNo) => safely(reverse(line, outTradeNo)),
    close: (outTradeNo) => safely(close(line, outTradeNo)),
  });
}

/** Payment codes and signatures go over TLS; plain HTTP only to this very machine, where the simulator listens. */
function readBaseUrl(text: string): Result<URL, GatewaySetupFault> {
  const url = new URL(text);
  const isLocal = ["127.0.0.1", "[::1]", "localhost"].includes(url.hostname);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLocal)) {
    return fail({ kind: "base-url", problem: "not-https" });
  }
  const isBare = url.pathname === "/" && url.search === "" && url.hash === "" && url.username === "";
  return isBare ? ok(url) : fail({ kind: "base-url", problem: "more-than-a-host" });
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
      // The kind of error only: its message may quote what was being sent.
      log("gateway client failed", { error: cause instanceof Error ? cause.name : typeof cause });
      return { kind: "unknown", cause: "unreadable", code: null } as const;
    });
}
