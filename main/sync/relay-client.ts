import { createPublicKey, verify } from "node:crypto";
import { type Kept, keptSchema, type RelayCertificate, relayCertificateSchema } from "#contract/wire/relay.ts";
import type { TerminalName } from "#contract/wire/terminal-key.ts";
import type { WireEntry } from "#core/journal/wire-entry.ts";
import { certificateText } from "#core/signing/relay-certificate.ts";
import type { Signer } from "./signatures.ts";
import { type AskRaw, createSignedWire, type OfficeAnswer, type Question } from "./signed-wire.ts";

export interface RelayClientDeps {
  readonly url: URL;
  readonly terminal: TerminalName;
  readonly credentials: () => { readonly signer: Signer; readonly officeKey: string } | null;
  readonly now: () => number;
  readonly ask?: AskRaw;
  /** A relay that head office vouches for answers there. */
  readonly onRelay: (publicKey: string) => void;
}

/** The shop's relay as the till asks it. */
export interface RelayClient {
  /** Asks which relay it is, where that is not known: what it has is known only then. */
  ready(limit?: Pick<Question<unknown>, "timeoutMs">): Promise<OfficeAnswer<RelayCertificate>>;
  /** After `ready`. The answer counts as its word only by the key that head office certified for it. */
  keep(entries: readonly WireEntry[]): Promise<OfficeAnswer<Kept>>;
  /** Any other question, with `ready` before it; both within the question's own limit. */
  ask<T>(question: Question<T>): Promise<OfficeAnswer<T>>;
}

export function createRelayClient(deps: RelayClientDeps): RelayClient {
  const { url, terminal, credentials, now, ask, onRelay } = deps;
  const wire = createSignedWire(url, now, ask);
  const terminalKey = `${terminal.storeCode}-${terminal.terminalId}`;
  let certified: { readonly certificate: RelayCertificate; readonly officeKey: string } | null = null;

  function known(officeKey: string): RelayCertificate | null {
    if (certified === null || certified.officeKey !== officeKey) return null;
    return certified.certificate.untilMs > now() ? certified.certificate : null;
  }

  async function askCertificate(
    signer: Signer,
    officeKey: string,
    limit: Pick<Question<unknown>, "timeoutMs"> = {},
  ): Promise<OfficeAnswer<RelayCertificate>> {
    const question = { method: "GET", path: "/v1/relay", body: null, schema: relayCertificateSchema } as const;
    const answer = await wire.send({ ...question, ...limit }, signer, null);
    if (answer.kind !== "ok") return answer;
    const shown = answer.value;
    if (!isOurRelay(shown, terminal.storeCode, officeKey, now())) {
      return { kind: "not-understood", isWrongOffice: false, detail: "a relay that head office does not vouch for" };
    }
    onRelay(shown.publicKey);
    certified = { certificate: shown, officeKey };
    return answer;
  }

  async function ready(limit?: Pick<Question<unknown>, "timeoutMs">): Promise<OfficeAnswer<RelayCertificate>> {
    const own = credentials();
    if (own === null) return notReady("this till is not enrolled");
    const certificate = known(own.officeKey);
    return certificate === null ? askCertificate(own.signer, own.officeKey, limit) : { kind: "ok", value: certificate };
  }

  async function askKnown<T>(question: Question<T>): Promise<OfficeAnswer<T>> {
    const own = credentials();
    const certificate = own === null ? null : known(own.officeKey);
    if (own === null || certificate === null) return notReady("no relay is known");
    const answer = await wire.send(question, own.signer, certificate.publicKey);
    // Another machine may stand there now, with a certificate of its own.
    if (answer.kind === "not-understood") certified = null;
    return answer;
  }

  return {
    ready,
    async keep(entries) {
      const path = `/v1/relay/terminals/${terminalKey}/journal`;
      const answer = await askKnown({ method: "POST", path, body: { entries }, schema: keptSchema });
      if (answer.kind === "ok") wire.noteClock(answer.value.serverTime);
      return answer;
    },
    async ask(question) {
      const { timeoutMs } = question;
      const shown = await ready(timeoutMs === undefined ? {} : { timeoutMs });
      return shown.kind === "ok" ? askKnown(question) : shown;
    },
  };
}

function notReady(detail: string): OfficeAnswer<never> {
  return { kind: "not-understood", isWrongOffice: false, detail };
}

function isOurRelay(shown: RelayCertificate, storeCode: string, officeKey: string, nowMs: number): boolean {
  if (!shown.relayKey.startsWith(`${storeCode}-`) || shown.untilMs <= nowMs) return false;
  try {
    const key = createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x: officeKey }, format: "jwk" });
    return verify(null, Buffer.from(certificateText(shown)), key, Buffer.from(shown.sig, "base64url"));
  } catch {
    return false;
  }
}
