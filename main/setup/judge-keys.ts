import { createHash, createPublicKey, type KeyObject, X509Certificate } from "node:crypto";
import type { KeyProblem, KeySlot, KeyView } from "#contract/ipc/setup-view.ts";
import { type MerchantFields, tidyField } from "#core/merchant/merchant-fields.ts";
import { readPrivateKey, readPublicKey } from "#wechatpay/keys.ts";
import { checkMerchantCertificate } from "#main/payments/wechat/merchant-certificate.ts";

/** What was handed over for a slot: a text, or what it is instead. The text never leaves main. */
export interface GivenKey {
  readonly by: NonNullable<KeyView["given"]>["by"];
  /** Name of the file, without its folder; empty for what has none. */
  readonly name: string;
  readonly text: string;
  readonly problem: KeyProblem | null;
}

export type GivenKeys = { readonly [S in KeySlot]: GivenKey | null };

export interface JudgedKeys {
  readonly views: readonly KeyView[];
  readonly certificate: { readonly serial: string; readonly endsAtMs: number } | null;
}

/**
 * Judges all keys of a draft together, because they must fit each other: the certificate belongs to the private key and
 * has the serial that was typed, the gateway's key is not the merchant's own. Nothing of a key is in the answer.
 */
export function judgeKeys(given: GivenKeys, fields: MerchantFields, nowMs: number): JudgedKeys {
  const privateKey = readGiven(given["private-key"], readPrivateKey);
  const certificate = certificateOf(given.certificate);
  const serial = certificate === null ? "" : certificate.serialNumber;
  const views = keySlots.map((slot): KeyView => {
    const one = given[slot];
    const isNeeded = neededSlots(fields).has(slot);
    if (one === null) return { slot, isNeeded, given: null, problem: isNeeded ? "missing" : null, fingerprint: null };
    const { by, name } = one;
    const problem = one.problem ?? problemOf(slot, one.text, { privateKey, fields, serial, nowMs });
    const half = publicHalf(slot, one, privateKey, certificate);
    return { slot, isNeeded, given: { by, name }, problem, fingerprint: half === null ? null : fingerprint(half) };
  });
  return {
    views,
    certificate: certificate === null ? null : { serial, endsAtMs: Date.parse(certificate.validTo) },
  };
}

/** The keys a merchant set up like this cannot do without. The certificate is asked of everybody: it tells when it ends. */
export function neededSlots(fields: MerchantFields): ReadonlySet<KeySlot> {
  const slots: KeySlot[] = ["private-key", "certificate"];
  if (fields.answersSignedBy !== "certificates") slots.push("public-key");
  if (fields.answersSignedBy !== "public-key") slots.push("api-v3-key");
  if (fields.codepayProtocol === "v2") slots.push("v2-key");
  return new Set(slots);
}

const keySlots: readonly KeySlot[] = ["private-key", "certificate", "public-key", "api-v3-key", "v2-key"];

/** The last eight hex digits of SHA-256 over the public key (DER, SubjectPublicKeyInfo). */
export function fingerprint(key: KeyObject): string {
  return createHash("sha256")
    .update(key.export({ type: "spki", format: "der" }))
    .digest("hex")
    .slice(-8);
}

interface Beside {
  readonly privateKey: KeyObject | null;
  readonly fields: MerchantFields;
  /** What the certificate says. */
  readonly serial: string;
  readonly nowMs: number;
}

function problemOf(slot: KeySlot, text: string, beside: Beside): KeyProblem | null {
  switch (slot) {
    case "private-key": {
      const read = readPrivateKey(text);
      return read.ok ? null : asProblem(read.fault);
    }
    case "public-key": {
      const read = readPublicKey(text, beside.privateKey);
      return read.ok ? null : asProblem(read.fault);
    }
    case "certificate": {
      // A serial that was not typed is the certificate's own.
      const typed = tidyField("certSerial", beside.fields.certSerial);
      const named = typed === "" ? beside.serial : typed;
      const checked = checkMerchantCertificate(text, named, beside.privateKey, beside.nowMs);
      return checked.ok ? null : asProblem(checked.fault);
    }
    case "api-v3-key":
    case "v2-key":
      return null; // judged when it was handed over
  }
}

/** The words of the client's own checks, which do not know what else a file may be. */
function asProblem(fault: string): KeyProblem {
  const known: Readonly<Record<string, KeyProblem>> = {
    ...{ "has-a-passphrase": "has-a-passphrase", damaged: "damaged", "not-rsa": "not-rsa" },
    ...{ "not-2048-bits": "not-2048-bits", "is-the-merchants-own": "is-the-merchants-own" },
    ...{ "not-a-certificate": "damaged", "not-rsa-2048": "not-2048-bits", "another-serial": "another-serial" },
    ...{ "another-key": "another-key", expired: "expired", "not-yet-valid": "not-yet-valid" },
  };
  return known[fault] ?? "no-pem";
}

function readGiven(
  given: GivenKey | null,
  read: (pem: string) => { readonly ok: true; readonly value: KeyObject } | { readonly ok: false },
): KeyObject | null {
  if (given === null || given.problem !== null) return null;
  const key = read(given.text);
  return key.ok ? key.value : null;
}

function certificateOf(given: GivenKey | null): X509Certificate | null {
  if (given === null || given.problem !== null) return null;
  try {
    return new X509Certificate(given.text);
  } catch {
    return null;
  }
}

function publicHalf(
  slot: KeySlot,
  { text, problem }: GivenKey,
  privateKey: KeyObject | null,
  certificate: X509Certificate | null,
): KeyObject | null {
  if (problem !== null) return null;
  if (slot === "private-key") return privateKey === null ? null : createPublicKey(privateKey);
  if (slot === "certificate") return certificate?.publicKey ?? null;
  if (slot !== "public-key") return null;
  const read = readPublicKey(text, null);
  return read.ok ? read.value : null;
}
