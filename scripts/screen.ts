import { spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable } from "node:stream";

export type Screen = {
  /** The variables a program needs to find the screen; empty when the machine has its own. */
  readonly env: Readonly<Record<string, string>>;
  /** One sentence for the console, or undefined when nothing was started. */
  readonly note: string | undefined;
  /** Ends what was started. Harmless twice. */
  readonly close: () => void;
};

/** Xvfb answers in well under a second; a machine where it needs this long has another problem. */
const patienceMs = 10_000;

/** Whether the machine shows windows by itself. */
export function hasOwnScreen(): boolean {
  const isNamed = process.env["DISPLAY"] !== undefined || process.env["WAYLAND_DISPLAY"] !== undefined;
  return process.platform !== "linux" || isNamed;
}

/**
 * The machine's screen, or an Xvfb on a free display number where there is none (Linux without DISPLAY).
 * Throws when Xvfb does not come up.
 */
export async function openScreen(): Promise<Screen> {
  if (hasOwnScreen()) return { env: {}, note: undefined, close: () => {} };
  const xvfb = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1920x1080x24", "-nolisten", "tcp", "-noreset"], {
    stdio: ["ignore", "ignore", "ignore", "pipe"],
    // Ctrl-C reaches the whole terminal group; the screen must outlive the window that is closing on it.
    detached: true,
  });
  const close = () => void xvfb.kill("SIGTERM");
  const closeWithUs = () => close();
  process.once("exit", closeWithUs);
  xvfb.once("exit", () => process.off("exit", closeWithUs));
  // The fourth stream was asked for as a pipe above, so it is there and it is readable.
  const number = await firstLine(xvfb.stdio[3] as Readable, once(xvfb, "error"), once(xvfb, "exit"));
  xvfb.unref();
  const display = `:${number}`;
  return { env: { DISPLAY: display }, note: `no screen here: Xvfb shows the till on display ${display}`, close };
}

/** Xvfb writes the display number it took, and a line end, when it is ready for clients. */
async function firstLine(stream: Readable, ...endings: readonly Promise<unknown>[]): Promise<string> {
  const read = async () => {
    let text = "";
    for await (const chunk of stream) {
      text += String(chunk);
      if (text.includes("\n")) return text.trim();
    }
    throw new Error("Xvfb ended before it was ready");
  };
  const ended = endings.map(async (ending) => {
    await ending;
    throw new Error("Xvfb could not start");
  });
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error(`Xvfb was not ready within ${patienceMs} ms`)), patienceMs).unref();
  });
  return Promise.race([read(), late, ...ended]);
}
