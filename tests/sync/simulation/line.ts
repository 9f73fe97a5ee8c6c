import type { Ack } from "#contract/wire/journal.ts";
import type { TerminalPlace } from "#headoffice/terminals/terminal.ts";
import type { OfficeAnswer } from "#main/sync/signed-wire.ts";
import type { OfficeClient } from "#main/sync/office-client.ts";
import { pick, type Random } from "#tests/support/random.ts";
import type { ModelOffice, OfficeDeath, OfficeWord, Upload } from "./model-office.ts";
import type { Oracle } from "./oracle.ts";
import type { VirtualTime } from "./virtual-time.ts";

export interface Line {
  /** Head office as a till asks it; a request that is lost is told as no answer. */
  client(place: TerminalPlace): Pick<OfficeClient, "upload" | "positions" | "storedEntries">;
  /** From now on everything arrives. */
  heal(): void;
  /** Nobody reaches head office for so long. */
  cutFor(ms: number): void;
  /** Head office is out of reach, or has no power. */
  isAway(): boolean;
  /** A relay's upload has arrived; null where nothing comes back. */
  arriveByRelay(place: TerminalPlace, upload: Omit<Upload, "by">): Promise<OfficeWord | null>;
  readonly deaths: () => number;
}

/** The till's patience, as main/sync has it. Milliseconds. */
const timeoutMs = 30_000;
const nothing = (isTimeout: boolean) => ({ kind: "no-answer", isTimeout, detail: "" }) as const;
type Heard = OfficeAnswer<Ack>;

/** A net that loses, cuts, doubles and delays, between tills and a head office that dies; every upload is judged. */
export function createLine(world: {
  readonly time: VirtualTime;
  readonly random: Random;
  readonly office: ModelOffice;
  readonly oracle: Oracle;
  readonly broken: (promise: string, what: string) => void;
}): Line {
  const { time, random, office, oracle } = world;
  let isWhole = false;
  let downUntilMs = 0;
  let cutUntilMs = 0;
  let deaths = 0;

  const chance = (share: number) => !isWhole && random() < share;
  const delayMs = () => 5 + pick(random, isWhole ? 30 : 1_500);
  const isAway = () => !isWhole && (time.now() < downUntilMs || time.now() < cutUntilMs);

  /** Head office works on it; null where nothing comes back. */
  async function arrive(place: TerminalPlace, batch: Upload): Promise<OfficeWord | null> {
    if (isAway()) return null;
    let { entries } = batch;
    // A relay's upload hangs together by its last signature: cut, it is refused, which its own tests show.
    if (batch.by === "relay") return judged(place, batch);
    // Less than was sent is a normal answer: only the first of them are taken, or one of the middle is missing.
    if (chance(0.05)) entries = entries.slice(0, 1 + pick(random, entries.length));
    else if (entries.length > 2 && chance(0.03)) entries = entries.toSpliced(1 + pick(random, entries.length - 1), 1);
    return judged(place, { ...batch, entries });
  }

  async function judged(place: TerminalPlace, batch: Upload): Promise<OfficeWord | null> {
    const death: OfficeDeath = chance(0.02) ? "before-commit" : chance(0.02) ? "after-commit" : null;
    const word = await office.take(place, batch, death);
    const key = `${place.storeCode}-${place.terminalId}`;
    const isCommitted = death !== "before-commit";
    const wrong = oracle.judge(key, batch, { word, isCommitted });
    if (wrong !== null) world.broken("head office answers as the protocol says", wrong);
    if (death !== null) {
      deaths += 1;
      downUntilMs = time.now() + 500 + pick(random, 20_000);
    }
    return word;
  }

  function upload(place: TerminalPlace, batch: Upload, heard: (answer: Heard) => void): void {
    let isHeard = false;
    const tell = (answer: Heard) => {
      if (!isHeard) heard(answer);
      isHeard = true;
    };
    if (chance(0.01)) cutUntilMs = time.now() + pick(random, 120_000);
    if (isAway()) return void time.after(delayMs(), () => tell(nothing(false)));
    if (chance(0.02))
      return void time.after(delayMs(), () => tell({ kind: "not-understood", isWrongOffice: false, detail: "" }));
    if (chance(0.03)) {
      const fault = batch.entries.length > 1 && chance(0.5) ? "too-large" : "busy";
      const retryAfterMs = chance(0.5) ? 1_000 + pick(random, 9_000) : null;
      return void time.after(delayMs(), () =>
        tell({ kind: "refused", fault: { kind: fault, detail: "" }, retryAfterMs }),
      );
    }
    const isLost = chance(0.05);
    const isAnswerLost = chance(0.08);
    const isLate = chance(0.03);
    time.after(timeoutMs, () => tell(nothing(true)));
    if (isLate) time.after(delayMs(), () => tell(nothing(false)));
    if (isLost) return;
    time.after(isLate ? delayMs() + pick(random, 60_000) : delayMs(), async () => {
      const word = await arrive(place, batch);
      if (word === null) return void time.after(delayMs(), () => tell(nothing(false)));
      // Cut on its way back: the till knows at once, or by its own clock.
      if (isAnswerLost) return chance(0.5) ? void time.after(delayMs(), () => tell(nothing(false))) : undefined;
      time.after(delayMs(), () => tell(answerOf(word)));
    });
    if (chance(0.04)) time.after(delayMs() + pick(random, 40_000), async () => void (await arrive(place, batch)));
  }

  return {
    deaths: () => deaths,
    heal: () => void (isWhole = true),
    cutFor: (ms) => void (cutUntilMs = Math.max(cutUntilMs, time.now() + ms)),
    isAway,
    arriveByRelay: async (place, upload) => (isAway() ? null : judged(place, { ...upload, by: "relay" })),
    client(place) {
      const ask = <T>(answer: () => Promise<T>) =>
        new Promise<OfficeAnswer<T>>((resolve) => {
          const none = { kind: "no-answer", isTimeout: false, detail: "cut" } as const;
          time.after(delayMs(), async () => {
            if (isAway() || chance(0.1)) return void time.after(delayMs(), () => resolve(none));
            const value = await answer();
            time.after(delayMs(), () => resolve(chance(0.1) ? none : { kind: "ok", value }));
          });
        });
      return {
        upload: (entries, isQuarantine) => new Promise((heard) => upload(place, { entries, isQuarantine }, heard)),
        positions: () => ask(async () => ({ positions: await office.positions(place) })),
        storedEntries: (epoch, after) => ask(async () => ({ entries: await office.stored(place, epoch, after) })),
      };
    },
  };
}

function answerOf(word: OfficeWord): Heard {
  if (word.kind === "refused") {
    const at = word.at === null ? {} : { at: word.at };
    return { kind: "refused", fault: { kind: word.fault, detail: "", ...at }, retryAfterMs: null };
  }
  const feedHead = { catalog: 0, people: 0, settings: 0 };
  return { kind: "ok", value: { acked: word.acked, serverTime: "2026-03-02T01:00:00.000Z", maxBatch: 100, feedHead } };
}
