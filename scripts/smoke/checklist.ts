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
  const { pages } = seen;
  const said = unsafe(seen);
  const others = outside(seen);
  return titles.map((title, index) => {
    const point = index + 1;
    const ofPages = pages.map((page) => ({ page, fault: pageFaults[point]?.(page) ?? null }));
    const found = ofPages.find(({ fault }) => fault !== null);
    const ofPage = found === undefined ? null : `${found.page.address}: ${found.fault}`;
    // With no page looked at nothing was shown.
    const fault = pages.length === 0 ? "no page was looked at" : (ofPage ?? others[point] ?? said(point));
    return { point, title, fault };
  });
}

const titles = [
  ...["only secure content", "no Node in pages", "context isolation", "process sandbox", "permissions refused"],
  ...["web security on", "content security policy", "no insecure content", "no experimental features"],
  ...["no Blink features", "no popups of webviews", "no webviews", "no navigation", "no new windows"],
  ...["no openExternal", "current Electron", "IPC senders checked", "no file://", "fuses", "no Electron API in pages"],
] as const;

const isOurs = (url: string): boolean => /^(?:app|data|blob|devtools):/.test(url);

/** What a page could do that it must not, by point; null where it could not. */
const pageFaults: Readonly<Record<number, (page: Probed) => string | null>> = {
  1: ({ loaded, reached }) => firstOf([reached > 0, "reached a network"], [!loaded.every(isOurs), loaded.join(" ")]),
  2: ({ globals }) => firstOf([globals.length > 0, `sees ${globals.join(" ")}`]),
  3: ({ worlds }) => firstOf([!worlds.includes(isolatedWorld), `worlds ${worlds.join(", ")}`]),
  5: ({ granted }) => firstOf([granted.length > 0, `granted ${granted.join(" ")}`]),
  7: (page) => firstOf([!isStrict(page.policy), `policy ${page.policy}`], [page.ranInlineScript, "ran a script"]),
  12: ({ isWebviewAlive }) => firstOf([isWebviewAlive, "has a webview"]),
  13: ({ left }) => firstOf([left.length > 0, `left for ${left.join(" ")}`]),
  14: ({ openedWindows }) => firstOf([openedWindows > 0, "opened a window"]),
  17: foreignBridge,
  18: (page) => firstOf([page.address.startsWith("file:"), "is a file"], [page.readFile, "read a file"]),
  20: ({ bridges }) => firstOf([Object.values(bridges).flat().some(isElectrons), JSON.stringify(bridges)]),
};

function firstOf(...faults: readonly (readonly [is: boolean, what: string])[]): string | null {
  return faults.find(([is]) => is)?.[1] ?? null;
}

/** What is wrong and is no page's doing, by point. */
function outside(seen: SeenPackage): Readonly<Record<number, string | null>> {
  const { packed, pinned } = seen.electron;
  const bare = seen.processes.find(({ type, isFiltered }) => type === "renderer" && !isFiltered);
  return {
    4: bare === undefined ? null : `renderer ${bare.pid} is not filtered`,
    16: isCurrent(seen.electron) ? null : `${packed} is packed, ${pinned} is shipped`,
    17: seen.forgedAnswers.every(isRefusal) ? null : "main took a forged message",
    19: seen.areFusesRight ? null : "a fuse is not as stated",
  };
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
  return (
    rules.get("default-src") === "default-src 'none'" &&
    isScriptOurs &&
    rules.get("connect-src") === "connect-src 'none'"
  );
}

/** The stand-in is older than what is shipped; a trial says so by itself and is for nobody. */
function isCurrent({ packed, pinned, isTrial }: SeenPackage["electron"]): boolean {
  return isTrial ? packed !== "" : packed === pinned;
}

function isRefusal(answer: unknown): boolean {
  return typeof answer === "object" && answer !== null && "ok" in answer && answer.ok === false;
}

/** Each window has its own bridge and no other's. */
function foreignBridge({ address, bridges }: Probed): string | null {
  const own: Readonly<Record<string, string>> = { "/index.html": "tillway", "/display.html": "tillwayDisplay" };
  const allowed = own[new URL(address).pathname] ?? "tillwayBench";
  const foreign = Object.keys(bridges).find((name) => name !== allowed);
  return foreign === undefined ? null : `has ${foreign}`;
}

function isElectrons(name: string): boolean {
  return /ipc|electron|invoke|require|webFrame|contextBridge/i.test(name);
}
