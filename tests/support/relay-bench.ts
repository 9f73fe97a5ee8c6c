import { sign } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Kept } from "#contract/wire/relay.ts";
import type { WireFault } from "#contract/wire/fault.ts";
import { signedText, type WireEntry } from "#core/journal/wire-entry.ts";
import { openRelay, type Relay } from "#headoffice/relay/open-relay.ts";
import { countWaiting } from "#headoffice/relay/shelf.ts";
import { benchShop, type OfficeBench } from "./office-bench.ts";
import { type Answer, officeTill, type OfficeTill } from "./office-till.ts";
import { until } from "./poll.ts";

/** A shop's relay over a file of its own, listening on loopback. It sends nothing on until it is told to. */
export interface RelayBench {
  readonly relay: Relay;
  readonly url: string;
  /** It knows the shop's tills and its shelf is empty. */
  sentOn(): Promise<void>;
  /** Looks at the shelf once: what head office took is gone from it. */
  waiting(): Promise<number>;
  /** Ends the process's part of it and opens the same file again. */
  restart(enrol?: Parameters<typeof openRelay>[0]["enrol"]): Promise<RelayBench>;
  /** What this till would send to the relay; its last entry is signed. */
  keep(till: OfficeTill, entries: readonly WireEntry[]): Promise<Answer<Kept & WireFault>>;
  close(): Promise<void>;
}

export async function openRelayBench(office: OfficeBench): Promise<RelayBench> {
  const folder = mkdtempSync(join(tmpdir(), "tillway-relay-"));
  const enrol = {
    place: { storeCode: benchShop.storeCode, terminalId: "R1" },
    code: await office.codeFor("R1", false, "relay"),
  };
  return boot(office, folder, enrol);
}

async function boot(
  office: OfficeBench,
  folder: string,
  enrol?: Parameters<typeof openRelay>[0]["enrol"],
): Promise<RelayBench> {
  const opened = await openRelay({
    ...{ database: { kind: "sqlite", path: join(folder, "relay.db") }, clock: { now: office.now } },
    ...{ upstream: office.url, enrol },
  });
  if (!opened.ok) throw new Error(JSON.stringify(opened.fault));
  const relay = opened.value;
  const url = await relay.app.listen({ host: "127.0.0.1", port: 0 });
  const waiting = () => countWaiting(relay.office.sql);
  return {
    ...{ relay, url, waiting },
    async sentOn() {
      relay.sendOn.start();
      await until("the shelf is empty", async () => (await waiting()) === 0);
    },
    async restart(again) {
      await relay.close();
      return boot(office, folder, again);
    },
    async keep(till, entries) {
      const [storeCode = "", terminalId = ""] = till.key.split("-");
      const there = officeTill({ url, now: office.now, storeCode, terminalId, keys: till.keys });
      const body = Buffer.from(JSON.stringify({ entries }));
      // What the contract promises for this path, whichever of the two it is.
      return (await there.request("POST", `/v1/relay/terminals/${till.key}/journal`, body)) as Answer<Kept & WireFault>;
    },
    async close() {
      await relay.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** The same entries with the till's word under the last, as it sends them to a relay. */
export function vouched(till: OfficeTill, entries: readonly WireEntry[]): readonly WireEntry[] {
  return entries.map((entry, index) =>
    index < entries.length - 1
      ? entry
      : { ...entry, sig: sign(null, Buffer.from(signedText(entry.hash)), till.privateKey).toString("base64url") },
  );
}
