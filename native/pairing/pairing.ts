import type { PairingCandidate, PairingPort, PairingProgress, PairRequest } from "#contract/devices/pairing.ts";
import type { OpenLink } from "../transport/transport.ts";
import { type Ear, type EarTransport, listenAt } from "./ear.ts";
import { learnFrom, type Learned } from "./learn.ts";

/** The speeds scanners are sold with, the commonest first. Those on USB take any. */
const SPEEDS = [9_600, 115_200, 38_400] as const;
/** Some chips swallow what they cannot read: a port on which nothing comes tries the next speed by itself. */
const SILENT_MS = 10_000;
/** More ports than a till has sockets; each holds a thread of the pool while it opens. */
const MOST_PORTS = 8;
/** A person has found the code and the scanner by then. */
const LONGEST_MS = 180_000;

interface PairingParts {
  readonly open: (transport: EarTransport) => OpenLink;
  /** See `ReconnectingOptions`. */
  readonly onStuck: () => void;
  readonly report: (progress: PairingProgress) => void;
}

interface Port {
  readonly candidate: PairingCandidate;
  readonly name: string;
  speed: number;
  reason: string | null;
  heard: PairingPort["heard"];
  ear: Ear | null;
  silence: NodeJS.Timeout | null;
}

/**
 * Finds the scanner that reads the code on the screen: listens on every port nobody uses, at one speed after the other,
 * and sends nothing, whatever may be plugged in there. What comes at a wrong speed is noise and makes the next scan be
 * heard at the next one. All ports are free again before it says what it has found.
 */
export class Pairing {
  readonly #text: string;
  readonly #parts: PairingParts;
  readonly #ports: readonly Port[];
  readonly #end: NodeJS.Timeout;
  #isOver = false;

  constructor({ text, candidates, withinMs }: PairRequest, parts: PairingParts) {
    this.#text = text;
    this.#parts = parts;
    this.#ports = candidates.slice(0, MOST_PORTS).map(portOf);
    this.#end = setTimeout(
      () => void this.#finish({ state: "not-heard", ports: this.#view() }),
      Math.min(withinMs, LONGEST_MS),
    );
    for (const port of this.#ports) void this.#listen(port);
    this.#tell();
  }

  /** Frees every port. Says nothing any more. */
  async stop(): Promise<void> {
    this.#isOver = true;
    clearTimeout(this.#end);
    await Promise.all(
      this.#ports.map(async (port) => {
        if (port.silence !== null) clearTimeout(port.silence);
        await port.ear?.close();
      }),
    );
  }

  async #listen(port: Port): Promise<void> {
    await port.ear?.close();
    if (this.#isOver) return;
    const { open, onStuck } = this.#parts;
    const ear = listenAt(open(transportOf(port)), {
      onStuck,
      onHeard: (bytes) => this.#heard(port, learnFrom(bytes, this.#text)),
      onSilent: (reason) => this.#cannot(port, reason),
    });
    port.ear = ear;
    if (await ear.opened) port.reason = null;
    this.#awaitSound(port);
    this.#tell();
  }

  #heard(port: Port, learned: Learned): void {
    if (this.#isOver) return;
    if (learned.kind === "match") {
      const { dataBits, parity, prefix, suffix, aim } = learned;
      const transport = transportOf(port);
      const set = transport.kind === "serial" ? { ...transport, ...addressOf(port), dataBits, parity } : transport;
      void this.#finish({ state: "found", name: port.name, scanner: { transport: set, prefix, suffix, aim } });
      return;
    }
    if (learned.kind === "unfit") {
      void this.#finish({ state: "unfit", name: port.name, why: learned.why, extra: learned.extra });
      return;
    }
    port.heard = learned.kind;
    if (learned.kind === "noise") return this.#nextSpeed(port);
    // It can be read, so the speed is right: stay there.
    if (port.silence !== null) clearTimeout(port.silence);
    this.#tell();
  }

  /** The port does not open, or has ended: somebody else has it, or it was pulled. Tried again like a silent one. */
  #cannot(port: Port, reason: string): void {
    if (this.#isOver) return;
    port.reason = reason;
    this.#tell();
  }

  #awaitSound(port: Port): void {
    if (port.silence !== null) clearTimeout(port.silence);
    if (this.#isOver) return;
    port.silence = setTimeout(() => this.#nextSpeed(port), SILENT_MS);
  }

  #nextSpeed(port: Port): void {
    if (port.candidate.kind === "serial") port.speed = (port.speed + 1) % SPEEDS.length;
    void this.#listen(port);
  }

  async #finish(progress: PairingProgress): Promise<void> {
    if (this.#isOver) return;
    await this.stop();
    this.#parts.report(progress);
  }

  #tell(): void {
    if (!this.#isOver) this.#parts.report({ state: "listening", ports: this.#view() });
  }

  #view(): readonly PairingPort[] {
    return this.#ports.map(({ name, candidate, speed, reason, heard }) => ({
      name,
      baudRate: candidate.kind === "serial" ? (SPEEDS[speed] ?? null) : null,
      reason,
      heard,
    }));
  }
}

function portOf(candidate: PairingCandidate): Port {
  const name = candidate.kind === "serial" ? candidate.node : `${candidate.host}:${candidate.port}`;
  return { candidate, name, speed: 0, reason: null, heard: null, ear: null, silence: null };
}

/** Where to listen now: at the node, whatever will be written down. */
function transportOf({ candidate, speed }: Port): EarTransport {
  if (candidate.kind === "tcp") return candidate;
  return {
    ...{ kind: "serial", path: candidate.node, baudRate: SPEEDS[speed] ?? SPEEDS[0] },
    ...{ dataBits: 8, parity: "none", stopBits: 1, flow: "none" },
  };
}

function addressOf({ candidate }: Port): { readonly path?: string | undefined } {
  if (candidate.kind !== "serial") return {};
  const { path, identity } = candidate.address;
  return { path, ...(identity === undefined ? {} : { identity }) };
}
