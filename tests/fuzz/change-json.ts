import { pick, pickOne, type Random } from "#tests/support/random.ts";
import { hardNumbers } from "./change-bytes.ts";

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** Names that mean something to JavaScript itself. */
const hardNames = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "valueOf",
  "hasOwnProperty",
  "length",
  "then",
  "",
];
const hardTexts = [
  ...["", " ", "\u0000", "\uD800", "\uDC00x", "\u2028", "\u202E1.00", "é".repeat(3), "😀".repeat(50)],
  ...["=1+1", "${x}", "../../x", "%00", "1e999", "null", "[object Object]", "0".repeat(300), "x".repeat(3_000)],
  ...["2026-02-30", "2026-13-01", "9999-12-31T23:59:59Z", "-271821-04-20T00:00:00Z", "Infinity"],
];
/** Written into the text after it was made: no value of JavaScript is nested so deep and can still be written down. */
const deepMark = "⟦deep⟧";
const numberMark = "⟦number⟧";

/**
 * A text of JSON changed at one to four of its places: names and values taken away, added, doubled, moved or made what hurts.
 * Null where the text is no JSON.
 */
export function changeJson(random: Random, text: string, mostBytes: number): string | null {
  const box: { root: Json } = { root: null };
  try {
    // Whatever it is, it is one of these.
    box.root = JSON.parse(text) as Json;
  } catch {
    return null;
  }
  for (let left = 1 + pick(random, 4); left > 0; left -= 1) change(random, box);
  const written = JSON.stringify(box.root);
  const deep = deepText(random, mostBytes - written.length);
  return written.replaceAll(`"${deepMark}"`, deep).replaceAll(`"${numberMark}"`, () => pickOne(random, hardNumbers));
}

interface Place {
  readonly holder: Json[] | { [key: string]: Json };
  readonly key: string;
}

function change(random: Random, box: { root: Json }): void {
  const { holder, key } = pickOne(random, placesIn(box));
  const value = Reflect.get(holder, key) as Json;
  const isNamed = !Array.isArray(holder) && holder !== box;
  switch (pick(random, 6)) {
    case 0:
      if (holder !== box) Reflect.deleteProperty(holder, key);
      return;
    case 1:
      if (isNamed) define(holder, pickOne(random, hardNames), value);
      else if (Array.isArray(value)) value.push(...value.slice(0, 5_000));
      return;
    case 2:
      if (Array.isArray(holder))
        holder.splice(Number(key), 0, ...Array.from({ length: pickOne(random, [1, 3, 900]) }, () => value));
      else if (isNamed) define(holder, `${key}${pickOne(random, ["2", " ", "\u0000", "_"])}`, value);
      return;
    default:
      define(holder, key, hardValue(random, value));
  }
}

function hardValue(random: Random, before: Json): Json {
  switch (pick(random, 9)) {
    case 0:
      return null;
    case 1:
      return pick(random, 2) === 0;
    case 2:
      return numberMark;
    case 3:
      return deepMark;
    case 4:
      return [before];
    case 5:
      return { toString: before, valueOf: 1 };
    case 6:
      return typeof before === "number" ? before + pickOne(random, [-1, 1, 0.5, 1e9, -1e9]) : {};
    case 7:
      return typeof before === "string" ? `${before}${pickOne(random, hardTexts)}` : [];
    default:
      return pickOne(random, hardTexts);
  }
}

/** JSON.parse would take `__proto__` for a name like any other: so does this. */
function define(holder: object, key: string, value: Json): void {
  Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true });
}

/** At most 2,000 of them: more would take longer than what is tested. */
function placesIn(root: { [key: string]: Json }): readonly Place[] {
  const places: Place[] = [];
  const open: (Json[] | { [key: string]: Json })[] = [root];
  for (let holder = open.pop(); holder !== undefined && places.length < 2_000; holder = open.pop()) {
    for (const key of Object.keys(holder)) {
      places.push({ holder, key });
      const value = Reflect.get(holder, key) as Json;
      if (typeof value === "object" && value !== null) open.push(value);
    }
  }
  return places;
}

function deepText(random: Random, room: number): string {
  const depth = Math.max(1, Math.min(pickOne(random, [5, 100, 3_000, 20_000]), room >> 3));
  const [open, close] = pickOne(random, [
    ["[", "]"],
    ['{"a":', "}"],
  ] as const);
  return `${open.repeat(depth)}1${close.repeat(depth)}`;
}
