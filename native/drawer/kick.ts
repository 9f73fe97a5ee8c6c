import type { PrinterConfig } from "#contract/config/devices.ts";
import type { PrinterLine } from "../printer/printer-line.ts";

export type KickOutcome = "kicked" | "expired" | "no-drawer" | "unknown";

type DrawerConfig = NonNullable<PrinterConfig["drawer"]>;

const RETRY_MS = 200;
/** Five bytes to a printer that just said it is ready. */
const WRITE_MS = 1_000;

/**
 * ESC p m t1 t2: m 0 is pin 2, 1 is pin 5; the times count 2 ms each. The pulse of node-thermal-printer has no times
 * and never reaches pin 5.
 */
export function drawerPulse(drawer: DrawerConfig): Buffer {
  return Buffer.from([0x1b, 0x70, drawer.pin === 2 ? 0 : 1, Math.floor(drawer.onMs / 2), Math.floor(drawer.offMs / 2)]);
}

/**
 * Opens the drawer now or not at all: a kick that waits in a printer without paper would open it minutes later, with
 * nobody in front of it. So the printer is asked first, and a kick that gets stuck takes the connection with it.
 */
export async function kickDrawer(line: PrinterLine, expiresInMs: number): Promise<KickOutcome> {
  const { drawer } = line.config;
  if (drawer === undefined) return "no-drawer";
  const expiresAt = Date.now() + expiresInMs;
  const state = { hasBegun: false };
  const expired = Promise.withResolvers<"expired">();
  // A receipt stuck in the printer may hold the line for minutes. A kick whose bytes are leaving is waited for instead.
  const timer = setTimeout(() => {
    if (!state.hasBegun) expired.resolve("expired");
  }, expiresInMs);
  const outcome = await Promise.race([retryUntil(line, drawer, expiresAt, state), expired.promise]);
  clearTimeout(timer);
  return outcome;
}

async function retryUntil(
  line: PrinterLine,
  drawer: DrawerConfig,
  expiresAt: number,
  state: { hasBegun: boolean },
): Promise<KickOutcome> {
  do {
    const outcome = await line.inTurn(() => tryKick(line, drawer, expiresAt, state), true);
    if (outcome !== "not-now") return outcome;
    state.hasBegun = false;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, Math.min(RETRY_MS, expiresAt - Date.now()))));
  } while (Date.now() < expiresAt);
  return "expired";
}

async function tryKick(
  line: PrinterLine,
  drawer: DrawerConfig,
  expiresAt: number,
  state: { hasBegun: boolean },
): Promise<KickOutcome | "not-now"> {
  if (Date.now() >= expiresAt) return "expired";
  if (line.transport.current().state !== "ready") return "not-now";
  if (line.answers) {
    const condition = await line.ask();
    if (condition.kind === "silent" || condition.trouble !== null) return "not-now";
    if (Date.now() >= expiresAt) return "expired";
  }
  state.hasBegun = true;
  const written = await line.write(drawerPulse(drawer), WRITE_MS);
  switch (written.kind) {
    case "taken":
      return "kicked";
    case "refused":
      return "not-now";
    case "lost":
      return "unknown";
    case "stalled":
      line.transport.reconnect("a drawer kick got stuck in it");
      return "unknown";
  }
}
