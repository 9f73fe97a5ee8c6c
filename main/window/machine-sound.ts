import { existsSync } from "node:fs";
import { join } from "node:path";

/**
 * Whether this machine can make a sound. Linux tells: a sound card, or a sound server's socket. Where there is neither,
 * each beep would have Chromium look for a card anew, which costs a scan half of its time.
 */
export function machineHasSound(env: Readonly<Record<string, string | undefined>>): boolean {
  if (process.platform !== "linux") return true;
  const runtimeDir = env["XDG_RUNTIME_DIR"];
  const sockets = runtimeDir === undefined ? [] : [join(runtimeDir, "pulse", "native"), join(runtimeDir, "pipewire-0")];
  return env["PULSE_SERVER"] !== undefined || ["/dev/snd", ...sockets].some((path) => existsSync(path));
}
