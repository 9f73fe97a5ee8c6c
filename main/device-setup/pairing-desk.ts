import { randomInt } from "node:crypto";
import type { FoundDevice } from "#contract/devices/found.ts";
import type { PairedScanner, PairingCandidate, PairingProgress } from "#contract/devices/pairing.ts";
import type { SetupRequest } from "#contract/devices/setup-messages.ts";
import type { DeviceSetupFault, PairingView } from "#contract/ipc/devices-view.ts";
import { fail, ok, type Result } from "#core/result.ts";

/** To find the scanner, to plug it in after all, and to scan twice at each of three speeds. */
const listeningMs = 120_000;
/** Without letters and digits that look alike when a person reads them out. */
const letters = "ACDEFGHJKLMNPQRTUVWXY34679";

interface PairingParts {
  readonly send: (request: SetupRequest) => boolean;
  readonly found: () => readonly FoundDevice[];
  readonly now: () => number;
  readonly newId: () => string;
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
  #onFound: OnFound = () => fail("no-such-device");

  constructor(parts: PairingParts) {
    this.#parts = parts;
  }

  view(): PairingView {
    return this.#view;
  }

  begin(at: { readonly host: string; readonly port: number } | null, onFound: OnFound): Result<null, DeviceSetupFault> {
    this.end();
    this.#pairingId = this.#parts.newId();
    this.#at = at;
    this.#candidates = "";
    this.#onFound = onFound;
    const endsAtMs = this.#parts.now() + listeningMs;
    this.#lastText = pairingText();
    this.#view = { kind: "listening", text: this.#lastText, endsAtMs, ports: [] };
    if (this.#listen()) return ok(null);
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
        this.#view = { kind: "not-heard", ports: progress.ports };
        return;
      case "unfit":
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
    if (this.#view.kind === "listening") this.#view = { kind: "not-heard", ports: this.#view.ports };
  }

  end(): void {
    if (this.#view.kind === "listening") this.#parts.send({ kind: "stop-pairing" });
    this.#view = { kind: "none" };
    this.#pairingId = "";
  }

  #take(name: string, scanner: PairedScanner): void {
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

/** Serial ports that nobody uses. What a device says of itself is written down, where it says anything. */
function candidateOf({ kind, node, identity, busyBy }: FoundDevice): readonly PairingCandidate[] {
  if (kind !== "serial" || busyBy !== null) return [];
  return [{ kind: "serial", node, address: identity === null ? { path: node } : { identity } }];
}
