import { agreementSchema, type Agreement, type DaySide, toldDay } from "#contract/wire/agreement.ts";
import { enrolledSchema, type Enrol, type Enrolled } from "#contract/wire/enrolment.ts";
import { feedPageSchema, type FeedPage, type FeedScope, mostFeedRows } from "#contract/wire/feed.ts";
import { ackSchema, type Ack, type Position, positionsSchema, storedEntriesSchema } from "#contract/wire/journal.ts";
import type { WireEntry } from "#core/journal/wire-entry.ts";
import type { Signer } from "./signatures.ts";
import { type AskRaw, createSignedWire, type OfficeAnswer, type Question } from "./signed-wire.ts";

export interface OfficeClient {
  upload(entries: readonly WireEntry[], isQuarantine: boolean): Promise<OfficeAnswer<Ack>>;
  positions(): Promise<OfficeAnswer<{ readonly positions: readonly Position[] }>>;
  storedEntries(epoch: string, after: number): Promise<OfficeAnswer<{ readonly entries: readonly WireEntry[] }>>;
  agreement(days: readonly DaySide[]): Promise<OfficeAnswer<Agreement>>;
  feed(scope: FeedScope, after: number): Promise<OfficeAnswer<FeedPage>>;
  /** Any other question, in this till's name. */
  ask<T>(question: Question<T>): Promise<OfficeAnswer<T>>;
  enrol(request: Enrol, signer: Signer): Promise<OfficeAnswer<Enrolled>>;
  /** How far head office's clock runs ahead of ours, by its last word; milliseconds. */
  clockOffsetMs(): number;
}

export interface ClientDeps {
  /** Address of head office; a path of it goes before every path of the protocol. */
  readonly url: URL;
  readonly terminalKey: string;
  /** Read at every request: the till may be enrolled while it is open. */
  readonly credentials: () => { readonly signer: Signer; readonly officeKey: string } | null;
  readonly now: () => number;
  readonly ask?: AskRaw;
}

/** Head office as the till asks it: one answer to each question, nothing retried here. */
export function createOfficeClient({ url, terminalKey, credentials, now, ask }: ClientDeps): OfficeClient {
  const wire = createSignedWire(url, now, ask);
  const own = `/v1/terminals/${terminalKey}`;

  function enrolled<T>(question: Question<T>): Promise<OfficeAnswer<T>> {
    const known = credentials();
    if (known === null) {
      return Promise.resolve({ kind: "not-understood", isWrongOffice: false, detail: "this till is not enrolled" });
    }
    return wire.send(question, known.signer, known.officeKey);
  }

  return {
    async upload(entries, isQuarantine) {
      const path = `${own}/${isQuarantine ? "quarantine" : "journal"}`;
      const answer = await enrolled({ method: "POST", path, body: { entries }, schema: ackSchema });
      if (answer.kind === "ok") wire.noteClock(answer.value.serverTime);
      return answer;
    },
    positions: () => enrolled({ method: "GET", path: `${own}/positions`, body: null, schema: positionsSchema }),
    storedEntries(epoch, after) {
      const path = `${own}/journal?epoch=${encodeURIComponent(epoch)}&after=${after}&limit=100`;
      return enrolled({ method: "GET", path, body: null, schema: storedEntriesSchema });
    },
    agreement: (days) =>
      enrolled({
        method: "POST",
        path: `${own}/agreement`,
        body: { days: days.map(toldDay) },
        schema: agreementSchema,
      }),
    feed(scope, after) {
      const path = `/v1/feed/${scope}?after=${after}&limit=${mostFeedRows}`;
      return enrolled({ method: "GET", path, body: null, schema: feedPageSchema });
    },
    ask: enrolled,
    enrol: (request, signer) =>
      wire.send({ method: "POST", path: "/v1/enrolments", body: request, schema: enrolledSchema }, signer, null),
    clockOffsetMs: () => wire.clockOffsetMs(),
  };
}
