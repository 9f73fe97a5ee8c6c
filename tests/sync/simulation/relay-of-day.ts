import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { signedText } from "#core/journal/wire-entry.ts";
import type { Mark } from "#core/sync/upload.ts";
import type { Office } from "#headoffice/office.ts";
import type { TerminalPlace } from "#headoffice/terminals/terminal.ts";
import { pick, type Random, seededRandom } from "#tests/support/random.ts";
import type { Line } from "./line.ts";
import type { ModelOffice } from "./model-office.ts";
import { createModelRelay } from "./model-relay.ts";
import type { ShopRelay } from "./model-till.ts";
import { createShopLine } from "./shop-line.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** What befalls a shop with a relay beside everything else: its last till dies for good, or an empty relay takes its place. */
export type RelayTrouble = "none" | "till-dies" | "replaced";

/** A shop's relay on one day. */
export interface RelayOfDay {
  readonly trouble: RelayTrouble;
  /** Of the key each till enrols with. */
  publicKeyOf(place: TerminalPlace): string;
  forTill(place: TerminalPlace, onKept: (to: Mark) => void): ShopRelay;
  replace(): Promise<void>;
  heal(): void;
  /** Everything it kept is at head office; as of a second ago. */
  isEmpty(): boolean;
  counts(): { readonly deaths: number; readonly kept: number };
  stop(): void;
}

/** Of all days. */
const relayedShare = 0.45;
/** Head office is out of reach for up to so long in the middle of such a day. */
const longestOutageMs = 4 * 60_000;

/** The relay of a seed's shop; null where it has none. Draws its own numbers: a day without one is what it always was. */
export function relayOfDay(
  seed: number,
  world: {
    /** The relays' database; null for a run without any. */
    readonly real: Office | null;
    readonly storeCode: string;
    readonly time: VirtualTime;
    readonly office: ModelOffice;
    readonly line: Line;
    readonly newId: (what: string) => string;
    readonly sellingMs: number;
    readonly broken: (promise: string, what: string) => void;
  },
): RelayOfDay | null {
  const { real, storeCode, time, office, line, newId, sellingMs, broken } = world;
  const random = seededRandom(seed + 0x52_4c);
  if (real === null || random() >= relayedShare) return null;
  const trouble = troubleOf(random);
  const shopLine = createShopLine({ storeCode, time, random, office, line });
  const relay = createModelRelay({ real, storeCode, time, random, newId, upstream: shopLine.upstream, broken });
  const keys = new Map<string, { readonly publicKey: KeyObject; readonly privateKey: KeyObject }>();
  let isEmpty = false;

  function keysOf({ terminalId }: TerminalPlace) {
    const known = keys.get(terminalId) ?? generateKeyPairSync("ed25519");
    keys.set(terminalId, known);
    return known;
  }

  async function look(): Promise<void> {
    isEmpty = (await relay.waiting()) === 0;
    time.after(1_000, look);
  }

  time.after(1_000, look);
  time.after(sellingMs * (0.2 + 0.3 * random()), () => line.cutFor(pick(random, longestOutageMs)));
  for (let count = pick(random, 4); count > 0; count -= 1)
    time.after(sellingMs * random(), () => {
      if (!isHealed) relay.cutPower();
    });
  let isHealed = false;
  return {
    trouble,
    publicKeyOf: (place) => keysOf(place).publicKey.export({ format: "jwk" }).x ?? "",
    forTill: (place, onKept) => ({
      client: (outbox) => shopLine.client(place, outbox, relay),
      sign: (hash) => sign(null, Buffer.from(signedText(hash)), keysOf(place).privateKey),
      onKept,
    }),
    replace: () => relay.replace(),
    heal() {
      isHealed = true;
      shopLine.heal();
      relay.heal();
    },
    isEmpty: () => isEmpty,
    counts: () => relay.counts,
    stop: () => relay.stop(),
  };
}

function troubleOf(random: Random): RelayTrouble {
  const drawn = random();
  return drawn < 0.4 ? "till-dies" : drawn < 0.65 ? "replaced" : "none";
}
