import { resolve } from "node:path";

/** What `npm start -- …` understands; unknown options are Chromium's and Electron's own. */
export interface CommandLine {
  /** Null: Electron's own folder for this user. */
  readonly dataDir: string | null;
  /** `x,y,width,height` of the customer display, for shops with unusual screens and for tests. */
  readonly displayAt: string | null;
  readonly allowDevTools: boolean;
  /** The till is all there is on the machine, whatever its settings say. */
  readonly isKiosk: boolean;
  /** Somebody else starts the till again when it ends, such as the machine's own service: it only ends. */
  readonly isSupervised: boolean;
  /** When the till before this one ended because the disk had failed, milliseconds since 1970; null where it did not. */
  readonly afterDiskTroubleMs: number | null;
}

/** Reads `--name value` and `--name=value`; `cwd` is where relative paths start. */
export function parseCommandLine(args: readonly string[], cwd: string): CommandLine {
  const valueOf = (name: string): string | null => {
    const index = args.findIndex((arg) => arg === name || arg.startsWith(`${name}=`));
    const found = args[index];
    if (found === undefined) return null;
    return found === name ? (args[index + 1] ?? null) : found.slice(name.length + 1);
  };
  const dataDir = valueOf("--data-dir");
  const troubleMs = Number(valueOf("--after-disk-trouble") ?? Number.NaN);
  return {
    dataDir: dataDir === null ? null : resolve(cwd, dataDir),
    displayAt: valueOf("--display-at"),
    allowDevTools: args.includes("--devtools"),
    isKiosk: args.includes("--kiosk"),
    isSupervised: args.includes("--supervised"),
    afterDiskTroubleMs: Number.isSafeInteger(troubleMs) ? troubleMs : null,
  };
}
