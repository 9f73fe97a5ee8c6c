import { mostCarriedAsked } from "#contract/wire/carried.ts";
import { assert } from "#core/result.ts";
import type { Log } from "#main/log/open-log.ts";
import { openCarriedSecrets } from "#main/secret/carried-secrets.ts";
import { type DeviceKey, openDeviceKeys } from "#main/secret/device-key.ts";
import { createCarried } from "#main/sync/carried.ts";
import { enrolTill } from "#main/sync/enrol.ts";
import { findCommonPast } from "#main/sync/find-common-past.ts";
import { createOfficeClient, type OfficeClient } from "#main/sync/office-client.ts";
import { createJournalSender, type JournalSender } from "#main/sync/send-journal.ts";
import type { AskRaw } from "#main/sync/signed-wire.ts";
import type { CarriedWay } from "#main/till/ports/carried-way.ts";
import { people } from "#tests/support/bench-shop.ts";
import type { TillBench } from "#tests/support/till-bench.ts";
import { keyStore } from "#tests/sync/sync-till.ts";

export const place = { storeCode: "BJ01", terminalId: "T01" } as const;
const terminalKey = `${place.storeCode}-${place.terminalId}`;
const url = new URL("http://office.example");
const quiet: Log = { info: () => {}, warn: () => {}, error: () => {}, child: () => quiet };

type Parts = Pick<TillBench, "store" | "till" | "directory" | "clock">;

/**
 * What of the till's synchronisation payments on phones need, from its own files: the keys, head office's word, and the
 * journal. It is asked for by the test instead of by a timetable, one thing at a time.
 */
export class TillLine {
  readonly carried: CarriedWay;
  readonly #refresh: () => Promise<void>;
  readonly #parts: Parts;
  readonly #client: OfficeClient;
  readonly #sender: JournalSender;
  #isPastKnown = false;
  #differs: Parameters<typeof findCommonPast>[1] = null;

  /** @param heard every confirmation head office answers over this line */
  static async open(parts: Parts, ask: AskRaw, heard: (confirmation: string) => void): Promise<TillLine> {
    const { store, directory, clock } = parts;
    const read = await (await openDeviceKeys(directory, keyStore, quiet)).read();
    assert(read.ok, "the till's key is on its disk");
    const key = read.value;
    const client = clientOf(parts, ask, key);
    // Its pauses are kept by whoever asks.
    let steadyMs = 0;
    const { way, refresh } = await createCarried({
      ...{ terminal: place, client, log: quiet, steadyMs: () => (steadyMs += 3_600_000) },
      keys: () => {
        const officeKey = store.sync.office()?.key;
        return officeKey === undefined ? null : { ...key, officeKey };
      },
      secrets: await openCarriedSecrets(directory, keyStore),
      toAsk: () => store.openCarried(mostCarriedAsked).map(({ attempt }) => attempt.outTradeNo),
      heard(orders) {
        for (const { confirmation } of orders) if (confirmation !== null) heard(confirmation);
        parts.till.carriedHeard(orders);
      },
    });
    return new TillLine({ ...parts, clock }, client, way, refresh);
  }

  private constructor(parts: Parts, client: OfficeClient, way: CarriedWay, refresh: () => Promise<void>) {
    this.#parts = parts;
    this.#client = client;
    this.carried = way;
    this.#refresh = refresh;
    this.#sender = createJournalSender(client, parts.store.outbox, () => 0);
  }

  /** Has a code secret made where there is none, and asks about payments without an end that both sides agree on. */
  async refresh(): Promise<void> {
    await this.#refresh();
  }

  /** Sends what waits until it is all there, or an answer is missing. */
  async upload(): Promise<void> {
    if (!this.#isPastKnown && !(await this.#comparePast())) return;
    for (let left = 10; left > 0; left -= 1) {
      const sent = await this.#sender.once(true);
      if (sent === null) return;
      if (sent.differs !== null) {
        this.#differs = sent.differs;
        if (!(await this.#comparePast())) return;
      } else if (sent.answer.kind !== "ok") return;
    }
  }

  /** Before anything is sent: whether head office holds this file's past. */
  async #comparePast(): Promise<boolean> {
    const { store, clock } = this.#parts;
    const past = { client: this.#client, outbox: store.outbox, owner: place, now: clock.now };
    const found = await findCommonPast(past, this.#differs);
    this.#isPastKnown = found.ok;
    if (found.ok) this.#differs = null;
    return found.ok;
  }
}

/** Makes a till known to head office; its key and head office's are on its disk then. */
export async function enrol(parts: Parts, ask: AskRaw, code: string): Promise<void> {
  const keys = await openDeviceKeys(parts.directory, keyStore, quiet);
  const client = clientOf(parts, ask, await keys.make());
  const { outbox, sync: store } = parts.store;
  const done = await enrolTill({ terminal: place, client, keys, outbox, store, log: quiet }, code, people.manager);
  assert(done.ok, "a till enrols with a fresh code");
}

function clientOf({ store, clock }: Parts, ask: AskRaw, { privateKey }: DeviceKey): OfficeClient {
  return createOfficeClient({
    ...{ url, terminalKey, now: clock.now, ask },
    credentials: () => {
      const officeKey = store.sync.office()?.key;
      return officeKey === undefined ? null : { signer: { privateKey, keyid: terminalKey }, officeKey };
    },
  });
}
