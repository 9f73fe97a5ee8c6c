import type { WireFault } from "#contract/wire/fault.ts";
import type { Kept } from "#contract/wire/relay.ts";
import type { WireEntry } from "#core/journal/wire-entry.ts";
import { fail, type Result } from "#core/result.ts";
import type { Office } from "#headoffice/office.ts";
import { keepUpload } from "#headoffice/relay/keep-upload.ts";
import { createSendOn, type SendOn } from "#headoffice/relay/send-on.ts";
import type { Upstream } from "#headoffice/relay/upstream.ts";
import { findTerminal, type TerminalPlace } from "#headoffice/terminals/terminal.ts";
import { pick, type Random } from "#tests/support/random.ts";
import type { OfficeDeath } from "./model-office.ts";
import type { VirtualTime } from "./virtual-time.ts";

/** A shop's relay: the product's shelf and sending over a real database, with a power switch at its commits. */
export interface ModelRelay {
  /** Its key, as head office certifies it; null while it has no power. */
  key(): string | null;
  /** What it tells a till; null where it died over it. */
  keep(
    place: TerminalPlace,
    entries: readonly WireEntry[],
    death: OfficeDeath,
  ): Promise<Result<Kept, WireFault> | null>;
  cutPower(): void;
  /** Another machine is put in its place, with nothing on its shelf. */
  replace(): Promise<void>;
  /** Nothing dies any more. */
  heal(): void;
  /** Uploads on its shelf. */
  waiting(): Promise<number>;
  readonly counts: { readonly deaths: number; readonly kept: number };
  stop(): void;
}

class PowerCut extends Error {}
const powerCut = "the power goes before the commit";
/** Of its own commits while it sends on. */
const deadlyShare = 0.02;

interface Life {
  isOn: boolean;
  readonly office: Office;
  readonly sendOn: SendOn;
}

export function createModelRelay(world: {
  /** Over the relays' database, which other days share. */
  readonly real: Office;
  readonly storeCode: string;
  readonly time: VirtualTime;
  readonly random: Random;
  readonly newId: (what: string) => string;
  readonly upstream: Upstream;
  readonly broken: (promise: string, what: string) => void;
}): ModelRelay {
  const { real, storeCode, time, random, newId, upstream } = world;
  const counts = { deaths: 0, kept: 0 };
  let relayKey = newId("relay");
  let isWhole = false;
  let life: Life | null = null;
  let doom: OfficeDeath = null;

  function powerOn(): void {
    const living = { isOn: true };
    const office: Office = {
      ...real,
      clock: time,
      sql: {
        ...real.sql,
        transaction: (work) =>
          real.sql.transaction(async (tx) => {
            if (!living.isOn) throw new PowerCut(powerCut);
            const answer = await work(tx);
            if (doom === "before-commit") throw new PowerCut(powerCut);
            return answer;
          }),
      },
    };
    const sendOn = createSendOn({
      ...{ state: { relayKey: `${storeCode}-R1`, upstream: "", officeKey: "" }, upstream, random },
      relay: { sql: doomed(office.sql, living), clock: time, log },
      time: { steadyMs: time.now, after: time.after },
    });
    life = Object.assign(living, { office, sendOn });
    sendOn.start();
  }

  /** Its own commits, of what head office said: the power may go before them, and the answer was for nothing. */
  function doomed(sql: Office["sql"], living: { readonly isOn: boolean }): Office["sql"] {
    return {
      ...sql,
      transaction: (work) =>
        sql.transaction(async (tx) => {
          const answer = await work(tx);
          if (!living.isOn || isWhole || random() >= deadlyShare) return answer;
          cutPower();
          throw new PowerCut(powerCut);
        }),
    };
  }

  function log(event: Parameters<Office["log"]>[0]): void {
    if (event.event === "send-on-failed" && event["why"] !== powerCut) time.fail(new Error(String(event["why"])));
  }

  function cutPower(): void {
    if (life === null) return;
    counts.deaths += 1;
    life.isOn = false;
    void life.sendOn.stop();
    life = null;
    time.after(1_000 + pick(random, 20_000), () => {
      if (life === null) powerOn();
    });
  }

  powerOn();
  return {
    key: () => (life === null ? null : relayKey),
    counts,
    cutPower,
    async keep(place, entries, death) {
      if (life === null) return null;
      const terminal = await findTerminal(real.sql, place);
      if (terminal === undefined) return fail({ kind: "unknown-terminal", detail: "" });
      doom = death;
      try {
        const word = await keepUpload(life.office, terminal, entries);
        if (word.ok && death === "before-commit")
          world.broken("a relay says kept only of what it has committed", JSON.stringify(word.value.kept));
        if (word.ok) counts.kept += 1;
        return death === "after-commit" ? null : word;
      } catch (error) {
        if (error instanceof PowerCut) return null;
        throw error;
      } finally {
        doom = null;
        if (death !== null) cutPower();
      }
    },
    async replace() {
      if (life !== null) {
        life.isOn = false;
        void life.sendOn.stop();
        life = null;
      }
      relayKey = newId("relay");
      await real.sql.transaction(async (tx) => {
        await tx.run("DELETE FROM relay_batches WHERE store_code = ?", [storeCode]);
        await tx.run("DELETE FROM terminals WHERE store_code = ?", [storeCode]);
      });
      powerOn();
    },
    heal: () => void (isWhole = true),
    async waiting() {
      const row = await real.sql.first<{ n: number }>("SELECT COUNT(*) AS n FROM relay_batches WHERE store_code = ?", [
        storeCode,
      ]);
      return row?.n ?? 0;
    },
    stop() {
      if (life !== null) void life.sendOn.stop();
    },
  };
}
