import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
import { gzipSync } from "node:zlib";
import type { WireFault } from "#contract/wire/fault.ts";
import type { Ack } from "#contract/wire/journal.ts";
import { sealEntry } from "#core/journal/chain.ts";
import type { JournalKind, Sha256 } from "#core/journal/entry.ts";
import { signedText, type WireEntry } from "#core/journal/wire-entry.ts";
import { requestComponents, signatureBase, signatureParams } from "#core/signing/http-signature.ts";

export interface Answer<T = unknown> {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: T;
}

/** What a test may spoil about a request after, or before, it was signed. */
export interface Spoiling {
  readonly created?: number;
  readonly nonce?: string;
  readonly keyid?: string;
  readonly key?: KeyObject;
  readonly encoding?: string;
  /** Leaves instead of the headers and body that were signed. */
  readonly sent?: { readonly body?: Uint8Array; readonly headers?: Record<string, string>; readonly path?: string };
}

/** A POST that was made beforehand. */
export interface PackedUpload {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

/** The wire's end of a till: its key and its journal in memory, nothing of the till's own sync. */
export interface OfficeTill {
  readonly key: string;
  readonly publicKey: string;
  readonly privateKey: KeyObject;
  readonly keys: { readonly publicKey: KeyObject; readonly privateKey: KeyObject };
  readonly entries: readonly WireEntry[];
  /** Seals the next entry of the open epoch. A text is a body as it stands, anything else its JSON. */
  append(kind: string, body: unknown, more?: { readonly v?: number; readonly isSigned?: boolean }): WireEntry;
  /** From here on another epoch, as after a restore; the journal before stays in `entries`. */
  openEpoch(epoch: string): void;
  /** The same till with the same past and a future of its own, as a cloned disk. */
  clone(): OfficeTill;
  request(method: string, path: string, body?: Uint8Array | null, spoiling?: Spoiling): Promise<Answer>;
  upload(entries: readonly WireEntry[], spoiling?: Spoiling): Promise<Answer<Ack & WireFault>>;
  /** The same, packed and signed as a till does it, to be sent later by somebody else. */
  packedUpload(entries: readonly WireEntry[]): PackedUpload;
  enrol(code: string, spoiling?: Spoiling & { readonly epoch?: string }): Promise<Answer>;
}

interface Facts {
  readonly url: string;
  readonly now: () => number;
  readonly storeCode: string;
  readonly terminalId: string;
  readonly keys?: { readonly publicKey: KeyObject; readonly privateKey: KeyObject };
  readonly past?: { readonly entries: readonly WireEntry[]; readonly epoch: string };
}

export const sha256: Sha256 = (...parts) => {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(part);
  return hash.digest();
};

export function officeTill(facts: Facts): OfficeTill {
  const { url, now, storeCode, terminalId } = facts;
  const keys = facts.keys ?? generateKeyPairSync("ed25519");
  const key = `${storeCode}-${terminalId}`;
  const publicKey = keys.publicKey.export({ format: "jwk" }).x ?? "";
  const entries: WireEntry[] = [...(facts.past?.entries ?? [])];
  let epoch = facts.past?.epoch ?? "epoch-1";

  const till: OfficeTill = {
    ...{ key, publicKey, privateKey: keys.privateKey, keys, entries },
    append(kind, body, { v = 1, isSigned = false } = {}) {
      const last = entries.findLast((entry) => entry.epoch === epoch);
      const text = typeof body === "string" ? body : JSON.stringify(body);
      const header = {
        ...{ terminalId, epoch, seq: (last?.seq ?? 0) + 1, kind: kind as JournalKind, v },
        ...{ atWall: "2026-03-02T09:15:00.000Z", atMono: entries.length + 0.5 },
      };
      const prev = Buffer.from(last?.hash ?? "0".repeat(64), "hex");
      const sealed = sealEntry(header, Buffer.from(text), prev, sha256);
      const hash = Buffer.from(sealed.hash).toString("hex");
      const sig = isSigned ? sign(null, Buffer.from(signedText(hash)), keys.privateKey).toString("base64url") : null;
      const { seq, atWall, atMono } = header;
      const entry = { epoch, seq, kind, v, atWall, atMono, body: text, prev: prev.toString("hex"), hash, sig };
      entries.push(entry);
      return entry;
    },
    openEpoch(next) {
      epoch = next;
    },
    clone: () => officeTill({ ...facts, keys, past: { entries, epoch } }),
    request: (method, path, body = null, spoiling = {}) =>
      send(url, signed(url, { method, path, body, key, privateKey: keys.privateKey, now }, spoiling), spoiling),
    async upload(some, spoiling) {
      const body = Buffer.from(JSON.stringify({ entries: some }));
      // What the contract promises for this path, whichever of the two it is.
      return (await till.request("POST", `/v1/terminals/${key}/journal`, body, spoiling)) as Answer<Ack & WireFault>;
    },
    packedUpload(some) {
      const body = gzipSync(JSON.stringify({ entries: some }));
      const path = `/v1/terminals/${key}/journal`;
      const facts = { method: "POST", path, body, key, privateKey: keys.privateKey, now };
      return { path, headers: signed(url, facts, { encoding: "gzip" }).headers, body };
    },
    enrol(code, { epoch: opened = epoch, ...spoiling } = {}) {
      const asked = { code, storeCode, terminalId, publicKey, epoch: opened };
      return till.request("POST", "/v1/enrolments", Buffer.from(JSON.stringify(asked)), spoiling);
    },
  };
  return till;
}

interface Outgoing {
  readonly method: string;
  readonly path: string;
  readonly body: Uint8Array | null;
  readonly headers: Readonly<Record<string, string>>;
}

function signed(
  url: string,
  facts: Omit<Outgoing, "headers"> & { key: string; privateKey: KeyObject; now: () => number },
  spoiling: Spoiling,
): Outgoing {
  const { method, path, body } = facts;
  const [, pathOnly = path, query = ""] = /^([^?]*)(\?.*)?$/.exec(path) ?? [];
  const digest = `sha-256=:${createHash("sha256")
    .update(body ?? new Uint8Array())
    .digest("base64")}:`;
  const params = signatureParams(requestComponents, {
    created: spoiling.created ?? Math.floor(facts.now() / 1_000),
    nonce: spoiling.nonce ?? randomBytes(16).toString("base64url"),
    keyid: spoiling.keyid ?? facts.key,
  });
  const values = [method, new URL(url).host, pathOnly, query === "" ? "?" : query, digest];
  const base = signatureBase(
    requestComponents.map((name, index) => [name, values[index] ?? ""]),
    params,
  );
  const signature = sign(null, Buffer.from(base), spoiling.key ?? facts.privateKey).toString("base64");
  const headers: Record<string, string> = {
    ...(body === null ? {} : { "content-type": "application/json" }),
    ...(spoiling.encoding === undefined ? {} : { "content-encoding": spoiling.encoding }),
    ...{ "content-digest": digest, "signature-input": `tillway=${params}`, signature: `tillway=:${signature}:` },
  };
  return { method, path, body, headers };
}

async function send(url: string, { method, path, body, headers }: Outgoing, { sent = {} }: Spoiling): Promise<Answer> {
  const bytes = sent.body ?? body;
  const response = await fetch(`${url}${sent.path ?? path}`, {
    method,
    headers: { ...headers, ...sent.headers },
    ...(bytes === null ? {} : { body: Buffer.from(bytes) }),
  });
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: JSON.parse(text) };
}
