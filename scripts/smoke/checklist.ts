import type { Probed } from "./probe-page.ts";
import { unsafeInSource, unsafeSwitchesIn } from "./unsafe-words.ts";
import type { OwnProcess } from "./processes-of.ts";

/** What was seen of a running package; {@link judgeChecklist} says what of it is wrong. */
export interface SeenPackage {
  readonly pages: readonly Probed[];
  /** Texts of main's and the preloads' programs in the archive. */
  readonly sources: readonly string[];
  /** Empty where the system does not tell. */
  readonly processes: readonly OwnProcess[];
  /** What main answered to words that no page of ours says; each has to be a refusal. */
  readonly forgedAnswers: readonly unknown[];
  readonly areFusesRight: boolean;
  /** Electron's version that runs, and the one that the project ships. */
  readonly electron: { readonly packed: string; readonly pinned: string; readonly isTrial: boolean };
}

/** One point of Electron's security list. */
export interface Point {
  readonly point: number;
  readonly title: string;
  /** Null where it holds; else what was seen. */
  readonly fault: string | null;
}

/**
 * Electron's list "Security, Native Capabilities, and Your Responsibility", point by point in its order: the seventeen that
 * it long had and the three that were added since (custom protocols, fuses, no Electron APIs in pages).
 */
export function judgeChecklist(seen: SeenPackage): readonly Point[] {
  const { pages, processes, electron } = seen;
  const bad = unsafe(seen);
  const page = (is: (one: Probed) => boolean, what: (one: Probed) => string): string | null => {
    const found = pages.find(is);
    return found === undefined ? null : `${found.address}: ${what(found)}`;
  };
  const isOurs = (url: string) => /^(?:app|data|blob|devtools):/.test(url);
  const renderers = processes.filter(({ type }) => type === "renderer");
  const bare = renderers.find(({ isFiltered }) => !isFiltered);

  const faults: readonly (readonly [title: string, ...faults: (string | null | undefined)[]])[] = [
    [
      "only secure content",
      page((one) => one.loaded.some((url) => !isOurs(url)), (one) => `loaded ${one.loaded.join(" ")}`),
      page((one) => one.reached > 0, () => "reached a network"),
    ],
    ["no Node in pages", page((one) => one.globals.length > 0, (one) => `sees ${one.globals.join(" ")}`), bad(2)],
    ["context isolation", page((one) => !one.worlds.includes(isolatedWorld), (one) => `worlds ${one.worlds.join(", ")}`), bad(3)],
    ["process sandbox", bare === undefined ? null : `renderer ${bare.pid} is not filtered`, bad(4)],
    ["permissions refused", page((one) => one.granted.length > 0, (one) => `granted ${one.granted.join(" ")}`)],
    ["web security on", bad(6)],
    [
      "content security policy",
      page((one) => !isStrict(one.policy), (one) => `policy ${one.policy}`),
      page((one) => one.ranInlineScript, () => "ran an inline script"),
    ],
    ["no insecure content", bad(8)],
    ["no experimental features", bad(9)],
    ["no Blink features", bad(10)],
    ["no popups of webviews", bad(11)],
    ["no webviews", page((one) => one.isWebviewAlive, () => "has a webview"), bad(12)],
    ["no navigation", page((one) => one.left.length > 0, (one) => `left for ${one.left.join(" ")}`)],
    ["no new windows", page((one) => one.openedWindows > 0, () => "opened a window")],
    ["no openExternal", bad(15)],
    ["current Electron", isCurrent(electron) ? null : `${electron.packed} is packed, ${electron.pinned} is shipped`],
    ["IPC senders checked", seen.forgedAnswers.every(isRefusal) ? null : "main took a forged message", foreignBridge(pages)],
    [
      "no file://",
      page((one) => one.address.startsWith("file:"), () => "is a file"),
      page((one) => one.readFile, () => "read a file"),
      bad(18),
    ],
    ["fuses", seen.areFusesRight ? null : "a fuse is not as stated"],
    ["no Electron API in pages", page((one) => Object.values(one.bridges).flat().some(isElectrons), (one) => JSON.stringify(one.bridges))],
  ];
  return faults.map(([title, ...found], index) => ({
    ...{ point: index + 1, title },
    // With no page looked at nothing was shown.
    fault: pages.length === 0 ? "no page was looked at" : (found.find((one) => typeof one === "string") ?? null),
  }));
}

const isolatedWorld = "Electron Isolated Context";

function unsafe({ sources, processes }: SeenPackage): (point: number) => string | null {
  const said = sources.map(unsafeInSource);
  const switched = processes.map(({ args }) => unsafeSwitchesIn(args));
  return (point) => [...said, ...switched].map((found) => found.get(point)).find((what) => what !== undefined) ?? null;
}

/** Nothing by default, scripts from our own files only, and no way around it. */
function isStrict(policy: string): boolean {
  const rules = new Map(policy.split(";").map((rule) => [rule.trim().split(" ")[0] ?? "", rule.trim()]));
  const isScriptOurs = rules.get("script-src") === "script-src 'self'";
  return rules.get("default-src") === "default-src 'none'" && isScriptOurs && rules.get("connect-src") === "connect-src 'none'";
}

/** The stand-in is older than what is shipped; a trial says so by itself and is for nobody. */
function isCurrent({ packed, pinned, isTrial }: SeenPackage["electron"]): boolean {
  return isTrial ? packed !== "" : packed === pinned;
}

function isRefusal(answer: unknown): boolean {
  return typeof answer === "object" && answer !== null && "ok" in answer && answer.ok === false;
}

/** Each window has its own bridge and no other's. */
function foreignBridge(pages: readonly Probed[]): string | null {
  const own: Readonly<Record<string, string>> = { "/index.html": "tillway", "/display.html": "tillwayDisplay" };
  for (const { address, bridges } of pages) {
    const allowed = own[new URL(address).pathname] ?? "tillwayBench";
    const foreign = Object.keys(bridges).find((name) => name !== allowed);
    if (foreign !== undefined) return `${address} has ${foreign}`;
  }
  return null;
}

function isElectrons(name: string): boolean {
  return /ipc|electron|invoke|require|webFrame|contextBridge/i.test(name);
}
