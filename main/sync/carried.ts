import {
  createHash,
  createHmac,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
  sign,
  timingSafeEqual,
  verify,
} from "node:crypto";
import {
  carriedAnswerSchema,
  type CarriedOrder,
  type CarriedSecretAnswer,
  carriedSecretAnswerSchema,
  mostCarriedAsked,
} from "#contract/wire/carried.ts";
import type { TerminalName } from "#contract/wire/terminal-key.ts";
import { nonceBytes, secretIdBytes } from "#core/carried/request.ts";
import { assert } from "#core/result.ts";
import type { Log } from "#main/log/open-log.ts";
import type { CarriedSecret, CarriedSecrets } from "#main/secret/carried-secrets.ts";
import type { CarriedWay } from "#main/till/ports/carried-way.ts";
import type { OfficeClient } from "./office-client.ts";

/** A head office that does not offer it, or not yet, is asked again after this. Milliseconds. */
const afterRefusalMs = 3_600_000;
/** After one that did not answer. Milliseconds. */
const afterFailureMs = 60_000;
/** While a payment waits for its proof, the line that is back is as good as a scan. Milliseconds. */
const betweenQuestionsMs = 10_000;

export interface CarriedParts {
  readonly secrets: CarriedSecrets;
  /** Numbers of attempts whose end head office has not agreed on, oldest first. */
  readonly toAsk: () => readonly string[];
  /** What head office said of them. Throws nothing. */
  readonly heard: (orders: readonly CarriedOrder[]) => void;
}

export interface CarriedDeps extends CarriedParts {
  readonly terminal: TerminalName;
  readonly client: Pick<OfficeClient, "ask">;
  /** Null until the till is enrolled; read at every use. */
  readonly keys: () => {
    readonly privateKey: KeyObject;
    readonly publicKey: string;
    readonly officeKey: string;
  } | null;
  readonly steadyMs: () => number;
  readonly log: Log;
}

/** Keys and head office's word for payments on the customer's phone. */
export async function createCarried(deps: CarriedDeps): Promise<{
  readonly way: CarriedWay;
  /** Has a secret made where none is there, and asks what became of payments; called while head office answers. */
  refresh(): Promise<void>;
}> {
  const { terminal, client, keys, secrets, steadyMs, log } = deps;
  const terminalKey = `${terminal.storeCode}-${terminal.terminalId}`;
  const own = `/v1/terminals/${terminalKey}`;
  let kept = await secrets.read();
  let exchangeAtMs = -Infinity;
  let askAtMs = -Infinity;
  /** The same one until it is answered: asking again with it makes no further secret. */
  let pair: { readonly publicKey: KeyObject; readonly privateKey: KeyObject } | null = null;

  function current(): CarriedSecret | null {
    const known = keys();
    const [newest] = kept;
    if (known === null || newest === undefined) return null;
    const isOfNow = newest.officeKey === known.officeKey && newest.terminalPublicKey === known.publicKey;
    return isOfNow ? newest : null;
  }

  async function exchange(): Promise<void> {
    const known = keys();
    if (known === null || current() !== null || steadyMs() < exchangeAtMs) return;
    exchangeAtMs = steadyMs() + afterFailureMs;
    pair ??= generateKeyPairSync("x25519");
    const answer = await client.ask({
      ...{ method: "POST", path: `${own}/carried-secret`, schema: carriedSecretAnswerSchema },
      body: { publicKey: rawKey(pair.publicKey) },
    });
    if (answer.kind === "refused") exchangeAtMs = steadyMs() + afterRefusalMs;
    if (answer.kind !== "ok") return;
    const secret = agreedSecret(pair.privateKey, answer.value, terminalKey);
    if (secret === null) return log.warn("head office's key for payments on the phone is none");
    kept = await secrets.keep({
      ...{ secret: secret.toString("base64"), payUrl: answer.value.payUrl },
      ...{ officeKey: known.officeKey, terminalPublicKey: known.publicKey },
    });
    pair = null;
  }

  async function ask(): Promise<void> {
    if (steadyMs() < askAtMs) return;
    const outTradeNos = deps.toAsk().slice(0, mostCarriedAsked);
    if (outTradeNos.length === 0) return;
    askAtMs = steadyMs() + betweenQuestionsMs;
    const answer = await client.ask({
      ...{ method: "POST", path: `${own}/carried`, schema: carriedAnswerSchema },
      body: { outTradeNos },
    });
    if (answer.kind === "refused") askAtMs = steadyMs() + afterFailureMs;
    if (answer.kind === "ok") deps.heard(answer.value.orders.filter((one) => outTradeNos.includes(one.outTradeNo)));
  }

  return {
    way: carriedWay(terminalKey, { current, kept: () => kept, keys }),
    async refresh() {
      await exchange();
      await ask();
    },
  };
}

function carriedWay(
  terminalKey: string,
  {
    current,
    kept,
    keys,
  }: Pick<CarriedDeps, "keys"> & {
    readonly current: () => CarriedSecret | null;
    readonly kept: () => readonly CarriedSecret[];
  },
): CarriedWay {
  return {
    terminalKey,
    offer() {
      const secret = current();
      return secret === null ? null : { secretId: idOf(secret), payUrl: secret.payUrl };
    },
    newNonce: () => randomBytes(nonceBytes).toString("base64url"),
    sign(text) {
      const known = keys();
      assert(known !== null, "a till that offers a payment on the phone is enrolled");
      return sign(null, Buffer.from(text), known.privateKey);
    },
    isByOffice(text, signature) {
      const known = keys();
      return known !== null && isSignedBy(known.officeKey, text, signature);
    },
    hash(secretId, text) {
      const secret = kept().find((one) => idOf(one) === secretId);
      if (secret === undefined) return null;
      return createHmac("sha256", Buffer.from(secret.secret, "base64")).update(text).digest();
    },
    isSame(one, other) {
      const [first, second] = [Buffer.from(one), Buffer.from(other)];
      return first.length === second.length && timingSafeEqual(first, second);
    },
  };
}

function idOf({ secret }: CarriedSecret): string {
  const digest = createHash("sha256").update(Buffer.from(secret, "base64")).digest();
  return digest.subarray(0, secretIdBytes).toString("base64url");
}

/** Null for a key that is no point, or one that would make a secret anybody knows. */
function agreedSecret(privateKey: KeyObject, { publicKey: raw }: CarriedSecretAnswer, terminalKey: string) {
  try {
    const publicKey = createPublicKey({ key: { kty: "OKP", crv: "X25519", x: raw }, format: "jwk" });
    const shared = diffieHellman({ privateKey, publicKey });
    if (shared.every((byte) => byte === 0)) return null;
    const info = `tillway-carried-secret\n1\n${terminalKey}\n`;
    return Buffer.from(hkdfSync("sha256", shared, Buffer.alloc(0), info, 32));
  } catch {
    return null;
  }
}

function isSignedBy(raw: string, text: string, signature: Uint8Array): boolean {
  try {
    const publicKey = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: raw }, format: "jwk" });
    return verify(null, Buffer.from(text), publicKey, signature);
  } catch {
    return false;
  }
}

function rawKey(publicKey: KeyObject): string {
  const { x } = publicKey.export({ format: "jwk" });
  assert(x !== undefined, "an X25519 key has its x");
  return x;
}
