import { gunzipSync } from "node:zlib";
import type { Kept, RelayCertificate } from "#contract/wire/relay.ts";
import type { WireEntry } from "#core/journal/wire-entry.ts";
import type { Upstream, UpstreamAnswer } from "#headoffice/relay/upstream.ts";
import { placeOf, type TerminalPlace } from "#headoffice/terminals/terminal.ts";
import type { RelayClient } from "#main/sync/relay-client.ts";
import type { OfficeAnswer } from "#main/sync/signed-wire.ts";
import type { RelayOutbox } from "#main/till/ports/outbox.ts";
import { pick, type Random } from "#tests/support/random.ts";
import type { Line } from "./line.ts";
import type { ModelOffice, OfficeDeath, OfficeWord } from "./model-office.ts";
import type { ModelRelay } from "./model-relay.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** What a till asks a relay to keep its entries. */
export type RelayKeeper = Pick<RelayClient, "ready" | "keep">;

/** The shop's own network with its relay, and the relay's way to head office; both lose, double and delay. */
export interface ShopLine {
  /** The relay as a till asks it. */
  client(place: TerminalPlace, outbox: Pick<RelayOutbox, "useRelay">, relay: ModelRelay): RelayKeeper;
  readonly upstream: Upstream;
  heal(): void;
}

/** The till's patience. Milliseconds. */
const timeoutMs = 30_000;
/** Of the shape only: whose word an answer is, is told by the relay's key here. */
const sig = "A".repeat(86);

export function createShopLine(world: {
  readonly storeCode: string;
  readonly time: VirtualTime;
  readonly random: Random;
  readonly office: ModelOffice;
  readonly line: Pick<Line, "isAway" | "arriveByRelay">;
}): ShopLine {
  const { storeCode, time, random, office, line } = world;
  let isWhole = false;
  const chance = (share: number) => !isWhole && random() < share;
  const delayMs = () => 2 + pick(random, isWhole ? 10 : 300);
  const death = (): OfficeDeath => (chance(0.02) ? "before-commit" : chance(0.02) ? "after-commit" : null);
  const none = { kind: "no-answer", isTimeout: false, detail: "cut" } as const;

  function certificateOf(publicKey: string): RelayCertificate {
    return { relayKey: `${storeCode}-R1`, publicKey, untilMs: time.now() + 86_400_000, sig };
  }

  /** One question inside the shop: it may be lost, or its answer, and the till waits so long and no longer. */
  function asked<T>(arrive: () => Promise<OfficeAnswer<T> | null>): Promise<OfficeAnswer<T>> {
    return new Promise((resolve) => {
      time.after(timeoutMs, () => resolve({ ...none, isTimeout: true }));
      if (chance(0.05)) return;
      time.after(delayMs(), async () => {
        const answer = await arrive();
        if (answer === null || chance(0.08)) return void (chance(0.5) || time.after(delayMs(), () => resolve(none)));
        time.after(delayMs(), () => resolve(answer));
      });
    });
  }

  function client(place: TerminalPlace, outbox: Pick<RelayOutbox, "useRelay">, relay: ModelRelay): RelayKeeper {
    let known: string | null = null;

    async function keep(entries: readonly WireEntry[]): Promise<OfficeAnswer<Kept> | null> {
      const key = relay.key();
      if (key === null) return null;
      const word = await relay.keep(place, entries, death());
      // The same bytes once more, a while later.
      if (chance(0.04)) time.after(delayMs() * 100, async () => void (await relay.keep(place, entries, death())));
      if (word === null) return null;
      if (key === known)
        return word.ok ? { kind: "ok", value: word.value } : { kind: "refused", fault: word.fault, retryAfterMs: null };
      // Signed by another machine than the one head office vouched for.
      known = null;
      return { kind: "not-understood", isWrongOffice: false, detail: "another relay" };
    }

    return {
      async ready() {
        if (known !== null) return { kind: "ok", value: certificateOf(known) };
        return asked(async () => {
          const key = relay.key();
          if (key === null) return null;
          outbox.useRelay(key);
          known = key;
          return { kind: "ok", value: certificateOf(key) };
        });
      },
      keep: (entries) => asked(() => keep(entries)),
    };
  }

  /** Head office's side of what a relay asks; null where nothing comes back. */
  async function atOffice(question: { readonly path: string; readonly body?: Uint8Array }): Promise<object | null> {
    if (line.isAway()) return null;
    if (question.path === "/v1/relay/shop")
      return {
        kind: "ok",
        value: { certificate: certificateOf("A".repeat(43)), tills: await office.tills(storeCode) },
      };
    const [, key = "", goesTo = ""] = /^\/v1\/relay\/tills\/([^/]+)\/(journal|quarantine)$/.exec(question.path) ?? [];
    // As the till made it, and vouched for.
    const { entries } = JSON.parse(gunzipSync(question.body ?? new Uint8Array()).toString("utf8")) as {
      readonly entries: readonly WireEntry[];
    };
    const word = await line.arriveByRelay(placeOf(key), { entries, isQuarantine: goesTo === "quarantine" });
    return word === null ? null : answerOf(word);
  }

  return {
    client,
    heal: () => void (isWhole = true),
    upstream: {
      ask: (question) =>
        new Promise((resolve) => {
          time.after(delayMs(), async () => {
            if (chance(0.05)) return void time.after(timeoutMs, () => resolve(none));
            const answer = await atOffice(question);
            if (chance(0.04)) time.after(delayMs() + pick(random, 40_000), async () => void (await atOffice(question)));
            if (answer === null || chance(0.08)) return void time.after(delayMs(), () => resolve(none));
            // Of the shape its schema says: made above.
            time.after(delayMs(), () => resolve(answer as UpstreamAnswer<never>));
          });
        }),
    },
  };
}

function answerOf(word: OfficeWord): UpstreamAnswer<{ readonly acked: object }> {
  if (word.kind === "acked") return { kind: "ok", value: { acked: word.acked } };
  const at = word.at === null ? {} : { at: word.at };
  return { kind: "refused", fault: { kind: word.fault, detail: "", ...at }, isSigned: true };
}
