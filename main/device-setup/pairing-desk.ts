import { randomInt } from "node:crypto";
import type { FoundDevice } from "#contract/devices/found.ts";
import type { PairedScanner, PairingCandidate, PairingProgress, TypedPairing } from "#contract/devices/pairing.ts";
import type { SetupRequest } from "#contract/devices/setup-messages.ts";
import type { DeviceSetupFault, PairingView } from "#contract/ipc/devices-view.ts";
import { fail, ok, type Result } from "#core/result.ts";

/** To find the scanner, to plug it in after all, and to scan twice at each of three speeds. */
const listeningMs = 120_000;
/** Without letters and digits that look alike when a person reads them out. */
const letters = "ACDEFGHJKLMNPQRTUVWXY34679";

/** A scanner that types is offered only when nothing better has heard the same scan by then. */
const betterWithinMs = 600;

export interface PairingParts {
  readonly send: (request: SetupRequest) => boolean;
  readonly found: () => readonly FoundDevice[];
  readonly now: () => number;
  readonly newId: () => string;
  /** Listens for a code among the keys of the till's window; null ends it. */
  readonly hearKeys: (code: string | null, onTyped: (typed: TypedPairing) => void) => void;
}

type OnFound = (scanner: PairedScanner) => Result<{ readonly deviceId: string }, DeviceSetupFault | "not-allowed">;

/** One pairing at a time: which ports are listened on, what has been heard, and how it ended. */
export class PairingDesk {
  readonly #parts: PairingParts;
  #view: PairingView = { kind: "none" };
  #pairingId = "";
  #lastText = "";
  /** What is listened on, to begin anew only where that changes. */
  #candidates = "";
  #at: Parameters<PairingDesk["begin"]>[0] = null;
  #typed: { readonly how: Extract<TypedPairing, { kind: "fit" }>; readonly atMs: number } | null = null;
  #onFound: OnFound = () => fail("no-such-device");

  constructor(parts: PairingParts) {
    this.#parts = parts;
  }

  view(): PairingView {
    if (this.#view.kind !== "listening" || this.#typed === null) return this.#view;
    const { how, atMs } = this.#typed;
    return this.#parts.now() - atMs < betterWithinMs ? this.#view : { ...this.#view, typed: learnedOf(how) };
  }

  begin(at: { readonly host: string; readonly port: number } | null, onFound: OnFound): Result<null, DeviceSetupFault> {
    this.end();
    this.#pairingId = this.#parts.newId();
    this.#at = at;
    this.#candidates = "";
    this.#onFound = onFound;
    const endsAtMs = this.#parts.now() + listeningMs;
    this.#lastText = pairingText();
    this.#view = { kind: "listening", text: this.#lastText, endsAtMs, ports: [], typed: null };
    this.#parts.hearKeys(this.#lastText, (typed) => this.#heardKeys(typed));
    if (this.#listen()) return ok(null);
    this.#stopKeys();
    this.#view = { kind: "none" };
    return fail("devices-away");
  }

  isCode(text: string): boolean {
    return this.#lastText !== "" && text.includes(this.#lastText);
  }

  /** Something was plugged in while a pairing is under way: it is listened on too. */
  pluggedIn(): void {
    if (this.#view.kind === "listening") this.#listen();
  }

  heard(pairingId: string, progress: PairingProgress): void {
    if (pairingId !== this.#pairingId || this.#view.kind !== "listening") return;
    switch (progress.state) {
      case "listening":
        this.#view = { ...this.#view, ports: progress.ports };
        return;
      case "not-heard":
        this.#stopKeys();
        this.#view = { kind: "not-heard", ports: progress.ports };
        return;
      case "unfit":
        this.#stopKeys();
        this.#view = { kind: "unfit", name: progress.name, why: progress.why, extra: progress.extra };
        return;
      case "found":
        this.#take(progress.name, progress.scanner);
    }
  }

  /** A scanner that the till has already has read it. */
  already(deviceId: string): void {
    if (this.#view.kind !== "listening") return;
    this.end();
    this.#view = { kind: "already", deviceId };
  }

  /** The host that listened is gone. */
  hostEnded(): void {
    if (this.#view.kind !== "listening") return;
    this.#stopKeys();
    this.#view = { kind: "not-heard", ports: this.#view.ports };
  }

  /** The scanner that typed the code becomes the till's as it is. */
  useTyped(): Result<null, DeviceSetupFault> {
    if (this.#view.kind !== "listening" || this.#typed === null) return fail("no-such-device");
    const { how } = this.#typed;
    const { suffix, maxKeyGapMs } = how;
    this.#parts.send({ kind: "stop-pairing" });
    this.#take("", { transport: { kind: "wedge", suffix, maxKeyGapMs }, ...learnedOf(how) });
    return ok(null);
  }

  end(): void {
    this.#stopKeys();
    if (this.#view.kind === "listening") this.#parts.send({ kind: "stop-pairing" });
    this.#view = { kind: "none" };
    this.#pairingId = "";
  }

  #heardKeys(typed: TypedPairing): void {
    if (this.#view.kind !== "listening") return;
    if (typed.kind === "fit") {
      // From the first: somebody who scans again and again is not made to wait again.
      this.#typed = { how: typed, atMs: this.#typed?.atMs ?? this.#parts.now() };
      return;
    }
    this.end();
    this.#view = { ...typed, name: "" };
  }

  #stopKeys(): void {
    this.#typed = null;
    this.#parts.hearKeys(null, () => {});
  }

  #take(name: string, scanner: PairedScanner): void {
    this.#stopKeys();
    const saved = this.#onFound(scanner);
    const { transport: _transport, ...learned } = scanner;
    this.#view = saved.ok
      ? { kind: "found", name, deviceId: saved.value.deviceId, learned }
      : { kind: "not-saved", fault: saved.fault };
  }

  #listen(): boolean {
    const view = this.#view;
    if (view.kind !== "listening") return false;
    const { send, found, now } = this.#parts;
    const candidates = [
      ...found().flatMap(candidateOf),
      ...(this.#at === null ? [] : [{ kind: "tcp", ...this.#at } as const]),
    ];
    const listed = JSON.stringify(candidates);
    if (listed === this.#candidates) return true;
    this.#candidates = listed;
    const withinMs = Math.max(0, view.endsAtMs - now());
    return send({ kind: "pair", pairingId: this.#pairingId, text: view.text, candidates, withinMs });
  }
}

function pairingText(): string {
  return `TILLWAY-${Array.from({ length: 4 }, () => letters[randomInt(letters.length)]).join("")}`;
}

function learnedOf({ prefix, suffix, aim }: Extract<TypedPairing, { kind: "fit" }>): Omit<PairedScanner, "transport"> {
  return { prefix, suffix: suffix === "enter" ? "cr" : suffix, aim };
}

/** Whatever may be a scanner and nobody uses. What a device says of itself is written down, where it says anything. */
function candidateOf({ kind, node, identity, busyBy, permission }: FoundDevice): readonly PairingCandidate[] {
  if (kind === "usb-printer" || kind === "system-printer" || busyBy !== null) return [];
  // A person's keyboard that may not be opened is no trouble; one that types is heard in the window all the same.
  if (kind === "keyboard" && permission === "denied") return [];
  const address = identity === null ? { path: node } : { identity };
  return [{ kind: kind === "hid-scanner" ? "hid" : kind, node, address }];
}
