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
/** HID-POS scanners and keyboards, each with a thread of its own: one keyboard may be three to the kernel. */
const MOST_KEYBOARDS = 16;
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
 * Finds the scanner that reads the code on the screen: listens on everything nobody uses, on serial ports at one speed
 * after the other, and sends nothing, whatever may be plugged in there. What comes at a wrong speed is noise and makes the next scan be
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
    const onWires = candidates.filter((one) => !hasNoSpeed(one)).slice(0, MOST_PORTS);
    const others = candidates.filter(hasNoSpeed).slice(0, MOST_KEYBOARDS);
    this.#ports = [...onWires, ...others].map(portOf);
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
      const ended = port.candidate.kind === "hid" ? "report" : suffix;
      const transport = settledTransport(port, { dataBits, parity });
      void this.#finish({ state: "found", name: port.name, scanner: { transport, prefix, suffix: ended, aim } });
      return;
    }
    if (learned.kind === "unfit") {
      void this.#finish({ state: "unfit", name: port.name, why: learned.why, extra: learned.extra });
      return;
    }
    // What is no code on a keyboard is a person at it, and none of our business.
    if (port.candidate.kind === "keyboard" || (hasNoSpeed(port.candidate) && learned.kind === "noise")) return;
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
    port.silence = setTimeout(() => {
      // A device without a speed that is open stays so: in between it would not be heard.
      if (hasNoSpeed(port.candidate) && port.reason === null) return;
      this.#nextSpeed(port);
    }, SILENT_MS);
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
  const name = candidate.kind === "tcp" ? `${candidate.host}:${candidate.port}` : candidate.node;
  return { candidate, name, speed: 0, reason: null, heard: null, ear: null, silence: null };
}

/** Where to listen now: at the node, whatever will be written down. */
function transportOf({ candidate, speed }: Port): EarTransport {
  if (candidate.kind === "tcp") return candidate;
  if (hasNoSpeed(candidate)) return { kind: candidate.kind, path: candidate.node };
  return {
    ...{ kind: "serial", path: candidate.node, baudRate: SPEEDS[speed] ?? SPEEDS[0] },
    ...{ dataBits: 8, parity: "none", stopBits: 1, flow: "none" },
  };
}

/** What is written down: at the device's own address, as it was found to send. */
function settledTransport(
  port: Port,
  framing: Pick<Extract<EarTransport, { kind: "serial" }>, "dataBits" | "parity">,
): EarTransport {
  const transport = transportOf(port);
  if (transport.kind === "tcp" || port.candidate.kind === "tcp") return transport;
  const { path, identity } = port.candidate.address;
  const address = { path, ...(identity === undefined ? {} : { identity }) };
  return transport.kind === "serial" ? { ...transport, ...address, ...framing } : { ...transport, ...address };
}

/** Whole codes or keys and not bytes of a line: nothing of it has a speed. */
function hasNoSpeed<C extends PairingCandidate>(candidate: C): candidate is C & { kind: "hid" | "keyboard" } {
  return candidate.kind === "hid" || candidate.kind === "keyboard";
}
