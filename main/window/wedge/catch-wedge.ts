import type { Event, Input, WebContents } from "electron";
import type { WedgeScannerConfig } from "#contract/config/devices.ts";
import type { TypedPairing } from "#contract/devices/pairing.ts";
import type { WedgeKeyboard } from "#main/devices/wedge-keyboard.ts";
import type { Scan } from "#main/till/ports/devices.ts";
import { giveBack } from "./give-back.ts";
import { PairingKeys } from "./pairing-keys.ts";
import { StallWatch } from "./stall-watch.ts";
import { WedgeAssembler, type WedgeKey, type WedgeScan } from "./wedge-assembler.ts";

/** Catches a keyboard scanner's keys before focus, buttons and shortcuts of the page hear of them. */
export function catchWedge(contents: WebContents): WedgeKeyboard {
  return new CaughtKeys(contents);
}

class CaughtKeys implements WedgeKeyboard {
  readonly #contents: WebContents;
  readonly #listeners: ((scan: Scan) => void)[] = [];
  readonly #stalls = new StallWatch();
  /** Keys that are down and that the page does not know of: their ends are not for it either. */
  readonly #taken = new Set<string>();
  #scannerId = "";
  #assembler: WedgeAssembler | null = null;
  #timer: NodeJS.Timeout | null = null;
  #pairing: { readonly keys: PairingKeys; readonly onTyped: (typed: TypedPairing) => void } | null = null;
  #pairingTimer: NodeJS.Timeout | null = null;
  /** A person's keys on their way to the page. */
  #owed: WedgeKey[] = [];
  #isGivingBack = false;

  constructor(contents: WebContents) {
    this.#contents = contents;
    contents.on("before-input-event", (event, input) => this.#hear(event, input));
    contents.on("destroyed", () => {
      this.follow(null);
      this.learn(null, () => {});
    });
  }

  follow(scanner: WedgeScannerConfig | null): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#owed.push(...(this.#assembler?.silence().released ?? []));
    this.#scannerId = scanner?.id ?? "";
    this.#assembler = scanner === null ? null : new WedgeAssembler(scanner);
    this.#watchStalls();
    this.#pay();
  }

  learn(code: string | null, onTyped: (typed: TypedPairing) => void): void {
    if (this.#pairingTimer !== null) clearTimeout(this.#pairingTimer);
    this.#pairingTimer = null;
    this.#pairing = code === null ? null : { keys: new PairingKeys(code), onTyped };
    this.#watchStalls();
  }

  onScan(listener: (scan: Scan) => void): void {
    this.#listeners.push(listener);
  }

  #hear(event: Event, input: Input): void {
    // What is given back comes by here once more.
    if (this.#isGivingBack || (this.#assembler === null && this.#pairing === null)) return;
    if (input.type === "keyUp") {
      if (this.#taken.delete(input.code)) event.preventDefault();
      return;
    }
    const key = this.#keyOf(input);
    if (this.#pair(key) && this.#assembler === null) {
      event.preventDefault();
      this.#taken.add(key.code);
    }
    if (this.#assembler === null) return;
    const { fate, released, scan } = this.#assembler.down(key);
    this.#owed.push(...released);
    if (fate === "hold") {
      event.preventDefault();
      this.#taken.add(key.code);
      // Not within this event: Electron would take its character for one of theirs and let it through.
      if (this.#owed.length > 0) setImmediate(() => this.#pay());
    } else {
      this.#taken.delete(key.code);
      this.#pay();
    }
    if (scan !== null) this.#tell(scan);
    this.#awaitSilence();
  }

  /** Whether this key ended the pairing code. */
  #pair(key: WedgeKey): boolean {
    const pairing = this.#pairing;
    if (pairing === null) return false;
    if (this.#pairingTimer !== null) clearTimeout(this.#pairingTimer);
    this.#pairingTimer = null;
    const { isEnd, typed } = pairing.keys.down(key);
    if (typed !== null) pairing.onTyped(typed);
    const dueAtMs = pairing.keys.dueAtMs();
    if (dueAtMs === null) return isEnd;
    this.#pairingTimer = setTimeout(
      () => {
        const late = pairing.keys.silence();
        if (late !== null && this.#pairing === pairing) pairing.onTyped(late);
      },
      Math.max(0, dueAtMs - performance.now()) + 1,
    );
    return isEnd;
  }

  #watchStalls(): void {
    if (this.#assembler === null && this.#pairing === null) this.#stalls.stop();
    else this.#stalls.start();
  }

  #keyOf({ code, key, shift, control, alt, meta, isAutoRepeat }: Input): WedgeKey {
    return {
      ...{ code, key, isShift: shift, isControl: control, isAlt: alt, isMeta: meta, isAutoRepeat },
      ...{ atMs: performance.now(), stallMs: this.#stalls.take() },
    };
  }

  #awaitSilence(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    const dueAtMs = this.#assembler?.dueAtMs() ?? null;
    if (dueAtMs === null) return;
    this.#timer = setTimeout(() => this.#decide(dueAtMs), Math.max(0, dueAtMs - performance.now()) + 1);
  }

  #decide(dueAtMs: number): void {
    this.#timer = null;
    // While this process was busy no key was heard: those that wait get their chance before half a code is judged.
    const leftMs = dueAtMs + this.#stalls.peek() - performance.now();
    if (leftMs > 0) {
      this.#timer = setTimeout(() => this.#decide(dueAtMs), leftMs + 1);
      return;
    }
    const step = this.#assembler?.silence();
    if (step === undefined) return;
    this.#owed.push(...step.released);
    this.#pay();
    if (step.scan !== null) this.#tell(step.scan);
  }

  #pay(): void {
    const keys = this.#owed.splice(0);
    if (this.#contents.isDestroyed()) return;
    this.#isGivingBack = true;
    try {
      for (const key of keys) giveBack(this.#contents, key);
    } finally {
      this.#isGivingBack = false;
    }
  }

  #tell({ text, aim, wasComposed }: WedgeScan): void {
    // An input method shows the letters it was given: an empty text in their place takes them out of the field again.
    if (wasComposed) void this.#contents.insertText("");
    const scan: Scan = { deviceId: this.#scannerId, text, aim, source: "wedge", atMs: Date.now() };
    for (const listener of this.#listeners) listener(scan);
  }
}
