import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { launchSpec } from "./electron-runtime.ts";
import { openScreen } from "./screen.ts";

export type TillProcess = {
  /** Asks the till to end; after `stopPatienceMs` it is killed, which loses nothing that was on the screen. */
  readonly stop: (signal: NodeJS.Signals) => void;
  /** The exit code, by the shell's custom 128 + number when a signal ended it. */
  readonly ended: Promise<number>;
};

const stopPatienceMs = 15_000;
const signalNumbers: Readonly<Record<string, number>> = { SIGHUP: 1, SIGINT: 2, SIGKILL: 9, SIGTERM: 15 };

/**
 * Chromium looks for a session bus and for a sound card, and says so at length where there is none. Nothing the till does
 * needs the bus; without a sound card it is silent.
 */
const harmless = /ERROR:(?:dbus\/|components\/dbus\/|media\/audio\/alsa\/)|^ALSA lib /;

/** Starts the built till on the machine's screen, or on an Xvfb of its own, and passes its output on. */
export async function startTill(tillArgs: readonly string[]): Promise<TillProcess> {
  const screen = await openScreen();
  if (screen.note !== undefined) console.log(screen.note);
  const { executable, args, env } = launchSpec(tillArgs, { env: screen.env });
  const till = spawn(executable, args, { env, stdio: ["ignore", "pipe", "pipe"] });
  passOn(till.stdout, process.stdout);
  passOn(till.stderr, process.stderr);
  let killer: NodeJS.Timeout | undefined;
  const ended = new Promise<number>((resolve, reject) => {
    till.once("error", reject);
    till.once("close", (code, signal) => {
      clearTimeout(killer);
      screen.close();
      resolve(code ?? 128 + (signalNumbers[signal ?? ""] ?? 0));
    });
  });
  const stop = (signal: NodeJS.Signals) => {
    till.kill(signal);
    killer ??= setTimeout(() => till.kill("SIGKILL"), stopPatienceMs);
  };
  return { stop, ended };
}

function passOn(from: Readable, to: Writable): void {
  createInterface({ input: from }).on("line", (line) => {
    if (!harmless.test(line)) to.write(`${line}\n`);
  });
}
