/** What stands for whatever was taken out. */
const mask = "·";
/** Of one string, one list and one entry; the log itself cuts at 2,000. */
const mostCharacters = 2_000;
const mostItems = 20;
const mostDepth = 4;

/** What a line of the log may say beside time, level, area and event. A fact of another name is left out, whatever it holds. */
const factsToldInWords = new Set([
  ...["job", "reason", "kind", "fault", "detail", "error", "code", "why", "which", "event", "trouble", "distrust"],
  ...["name", "message", "version", "from", "to", "page", "missing", "role", "state", "method", "day", "problem"],
]);
/** Facts that count or measure; digits of anything else may be a PIN. */
const factsToldInNumbers = new Set([
  ...["tries", "rows", "items", "images", "gone", "reloads", "line", "limit", "status", "code", "waiting", "bytes"],
  ...["ms", "tookMs", "durationMs", "retryAfterMs", "tradeMs", "fundFlowMs", "matchMs", "byMs", "sent", "count"],
]);

/** Words of our own and of Node's messages that begin with a capital; any other such word may be somebody's name. */
const capitalWords = new Set([
  ...["Cannot", "Error", "Failed", "Invalid", "JSON", "Maximum", "Missing", "No", "Node", "Pay", "PIN", "SQLite"],
  ...["The", "Unexpected", "Unknown", "WeChat", "Windows", "GET", "POST"],
]);

/** What the scrubber is told beside the log. */
export interface ScrubKnowledge {
  /** Names of people and members, phone numbers, what stands on cards: their words are masked wherever they stand. */
  readonly personal: Iterable<string>;
  /** The system's names of its errors, such as ENOSPC; other words in capitals may be codes that somebody enrols with. */
  readonly errorCodes: ReadonlySet<string>;
}

/** Makes one line of the log fit to leave the shop; null where it is no line of ours. */
export type ScrubLine = (line: string) => string | null;

/**
 * Lets through what is known to be harmless and nothing else: facts by their names, and of their text the words that are
 * spelled like words of ours, error codes, versions and short numbers. A payment code, a key, a token, a phone number, a
 * PIN, a card's number, a WeChat id and any of them in base64 or hexadecimal is spelled like none of these.
 */
export function createScrubber({ personal, errorCodes }: ScrubKnowledge): ScrubLine {
  const names = new Set<string>();
  for (const text of personal) {
    for (const [word] of text.toLowerCase().matchAll(/[a-z]+/g)) names.add(word);
  }

  function isHarmless(word: string): boolean {
    if (names.has(word.toLowerCase())) return false;
    if (/^[a-z]{1,20}(?:-[a-z]{1,20}){0,5}$/.test(word)) return !word.split("-").some((part) => names.has(part));
    if (capitalWords.has(word) || errorCodes.has(word)) return true;
    if (/^(?:SQLITE|ERR)_[A-Z_]{2,40}$/.test(word) || /^[A-Z][A-Za-z]{0,24}(?:Error|Broken|Stopped)$/.test(word))
      return true;
    return /^(?:\d{1,3}|\d{1,5}ms|\d{1,3}\.\d{1,3}\.\d{1,3}|20\d\d-\d\d-\d\d)$/.test(word);
  }

  const inWords = (text: string): string =>
    text
      .slice(0, mostCharacters)
      // Whatever may be a part of a name, a number or a key is one word; a full stop at its end is not.
      .replaceAll(/[^\s,;:()'"!?<>[\]{}]+/gu, (word) => {
        const [, bare = word, stop = ""] = /^(.*?)(\.*)$/u.exec(word) ?? [];
        return `${isHarmless(bare) ? bare : mask}${stop}`;
      });

  const frames = (stack: string): string => {
    const kept = stack
      .split("\n")
      .flatMap(
        (line) => frameOf(line, (word) => isHarmless(word) || (isCode(word) && !names.has(word.toLowerCase()))) ?? [],
      );
    return kept.slice(0, mostItems).join("\n");
  };

  function factOf(name: string, value: unknown, depth: number): unknown {
    if (typeof value === "boolean")
      return factsToldInWords.has(name) || factsToldInNumbers.has(name) ? value : undefined;
    // Shorter than any PIN: versions of a shape, codes of an end.
    if (typeof value === "number" && factsToldInWords.has(name) && Math.abs(value) < 1_000) return value;
    if (typeof value === "number")
      return factsToldInNumbers.has(name) && Number.isFinite(value) ? measure(value) : undefined;
    if (typeof value === "string") {
      if (name === "stack") return frames(value);
      return factsToldInWords.has(name) ? inWords(value) : undefined;
    }
    if (depth >= mostDepth) return undefined;
    if (Array.isArray(value) && !factsToldInWords.has(name)) return undefined;
    if (Array.isArray(value)) return value.slice(0, mostItems).map((item) => factOf(name, item, depth + 1) ?? mask);
    if (typeof value !== "object" || value === null) return undefined;
    return name === "cause" || factsToldInWords.has(name) ? factsOf(value, depth + 1) : undefined;
  }

  function factsOf(entry: object, depth: number): Record<string, unknown> {
    const told = Object.entries(entry).map(([name, value]) => [name, factOf(name, value, depth)] as const);
    return Object.fromEntries(told.filter(([, value]) => value !== undefined));
  }

  return (line) => {
    const entry = objectIn(line);
    if (entry === null) return null;
    const { at, level, area, what, ...facts } = entry;
    return JSON.stringify({
      at: typeof at === "string" && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{3})?Z$/.test(at) ? at : mask,
      level: level === "info" || level === "warn" || level === "error" ? level : mask,
      area: typeof area === "string" ? inWords(area) : mask,
      what: typeof what === "string" ? inWords(what) : mask,
      ...factsOf(facts, 0),
    });
  };
}

/** The largest number that is told: an hour in milliseconds has seven digits, the shortest phone number more. */
const mostMeasured = 9_999_999;

function measure(value: number): number | undefined {
  return Math.abs(value) <= mostMeasured ? value : undefined;
}

/** A line of a stack: the function, and of the file its own name; null for the message above them. */
function frameOf(line: string, isFunction: (word: string) => boolean): string | null {
  const found = frame.exec(line);
  if (found === null) return null;
  const [, name = "", file = "", row = "", column = ""] = found;
  const isName = name.split(/[^\w$#]/).every((word) => word === "" || isFunction(word));
  const isFile = file.split(/[^\w]/).every((word) => !/\d{4}/.test(word) && !/[A-Z]/.test(word));
  return `at ${isName ? name : mask} (${isFile ? file : mask}:${row}:${column})`;
}

const frame =
  /^\s+at (?:async )?(?:([\w$.#<> ]{1,80}) \()?(?:[^\s()]*[/\\:])?([\w.-]{1,60}\.[cm]?[jt]s):(\d{1,6}):(\d{1,6})\)?$/;

/** Spelled like a name in a program: short, or of several words. */
function isCode(word: string): boolean {
  return (
    /^[#_$]?[a-z]{1,20}(?:[A-Z][a-z]{0,20}){0,5}$/.test(word) ||
    /^[A-Z][a-z]{1,20}(?:[A-Z][a-z]{1,20}){1,4}$/.test(word)
  );
}

function objectIn(line: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(line);
    // JSON's objects have string keys.
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
