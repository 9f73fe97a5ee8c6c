import { pick, pickOne, type Random } from "#tests/support/random.ts";

/** Numbers at which parsers stumble, as text. */
export const hardNumbers = [
  ...["0", "-0", "-1", "1e999", "1e-999", "0x10", "NaN", "Infinity", "00000000000000000001", "1_000", "١٢٣", "1."],
  ...["2147483648", "4294967296", "9007199254740993", "99999999999999999999", "1".repeat(400), "0.1".padEnd(330, "0")],
];

/** Bytes that end, open, separate or cut something somewhere. */
const hardBytes = [
  ...[
    [0x00],
    [0x0a],
    [0x0d],
    [0x0d, 0x0a],
    [0x1d],
    [0x22],
    [0x27],
    [0x2c, 0x60],
    [0x7f],
    [0xff],
    [0x02],
    [0x03],
    [0x1b],
  ],
  // A lone surrogate, U+0000 in two bytes, a byte order mark of each kind, U+2028, the last code point and one beyond.
  ...[
    [0xed, 0xa0, 0x80],
    [0xc0, 0x80],
    [0xef, 0xbb, 0xbf],
    [0xff, 0xfe],
    [0xfe, 0xff],
    [0xe2, 0x80, 0xa8],
  ],
  ...[
    [0xf4, 0x8f, 0xbf, 0xbf],
    [0xf4, 0x90, 0x80, 0x80],
    [0xe2, 0x80, 0xae],
    [0xcc, 0x81],
  ],
].map((bytes) => Uint8Array.from(bytes));

export interface Beside {
  /** Other valid samples. */
  readonly seeds: readonly Uint8Array[];
  readonly words: readonly string[];
  readonly mostBytes: number;
}

/** One to six changes, each at a place of its own. */
export function changeBytes(random: Random, seed: Uint8Array, beside: Beside): Uint8Array {
  let bytes: Uint8Array = seed;
  for (let left = 1 + pick(random, 6); left > 0; left -= 1) {
    bytes = pickOne(random, changes)(random, bytes, beside);
    if (bytes.length > beside.mostBytes) bytes = bytes.slice(0, beside.mostBytes);
  }
  return bytes;
}

export function randomBytes(random: Random, mostBytes: number): Uint8Array {
  // Short ones more often: they get further.
  const length = pick(random, Math.min(mostBytes, 4 ** (1 + pick(random, 6))) + 1);
  const mask = pickOne(random, [0xff, 0x7f, 0x3f]);
  return Uint8Array.from({ length }, () => pick(random, 256) & mask);
}

type Change = (random: Random, bytes: Uint8Array, beside: Beside) => Uint8Array;

const flipBit: Change = (random, bytes) => {
  const changed = Uint8Array.from(bytes);
  if (bytes.length === 0) return changed;
  const at = pick(random, bytes.length);
  changed[at] = (changed[at] ?? 0) ^ (1 << pick(random, 8));
  return changed;
};
const setByte: Change = (random, bytes) => {
  const changed = Uint8Array.from(bytes);
  if (bytes.length > 0) changed[pick(random, bytes.length)] = pick(random, 256);
  return changed;
};
const insertHard: Change = (random, bytes) => put(bytes, pick(random, bytes.length + 1), pickOne(random, hardBytes));
const insertWord: Change = (random, bytes, { words }) =>
  words.length === 0
    ? insertHard(random, bytes, { seeds: [], words, mostBytes: 0 })
    : put(bytes, pick(random, bytes.length + 1), Buffer.from(pickOne(random, words)));
const cutOff: Change = (random, bytes) => bytes.slice(0, pick(random, bytes.length + 1));
const leaveOut: Change = (random, bytes) => {
  const from = pick(random, bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(from + 1 + pick(random, 1 + (bytes.length >> 2)))]);
};
const repeat: Change = (random, bytes, { mostBytes }) => {
  const from = pick(random, bytes.length + 1);
  const piece = bytes.subarray(from, from + 1 + pick(random, pickOne(random, [2, 16, 256])));
  if (piece.length === 0) return bytes;
  const times = Math.min(pickOne(random, [1, 2, 10, 1_000]), Math.floor(mostBytes / piece.length));
  return put(bytes, from, Buffer.concat(Array.from({ length: times }, () => piece)));
};
const splice: Change = (random, bytes, { seeds }) => {
  const other = pickOne(random, seeds);
  const from = pick(random, bytes.length + 1);
  return Buffer.concat([bytes.subarray(0, from), other.subarray(pick(random, other.length + 1))]);
};
/** A run of digits becomes a number that is hard, or four bytes a large one. */
const changeNumber: Change = (random, bytes) => {
  const text = Buffer.from(bytes).toString("latin1");
  const runs = [...text.matchAll(/\d{1,20}/g)];
  if (runs.length === 0 || pick(random, 4) === 0) {
    const changed = Uint8Array.from(bytes);
    changed.set(
      pickOne(random, [
        [255, 255, 255, 255],
        [0, 0, 0, 128],
        [255, 255, 255, 127],
      ]).slice(0, bytes.length),
    );
    const at = pick(random, Math.max(1, bytes.length - 4));
    return Buffer.concat([bytes.subarray(0, at), changed.subarray(0, 4), bytes.subarray(at + 4)]);
  }
  const run = pickOne(random, runs);
  const behind = run.index + run[0].length;
  return Buffer.concat([
    bytes.subarray(0, run.index),
    Buffer.from(pickOne(random, hardNumbers)),
    bytes.subarray(behind),
  ]);
};

const changes: readonly Change[] = [
  ...[flipBit, setByte, insertHard, insertWord, cutOff, leaveOut, repeat, splice, changeNumber],
];

function put(bytes: Uint8Array, at: number, more: Uint8Array): Uint8Array {
  return Buffer.concat([bytes.subarray(0, at), more, bytes.subarray(at)]);
}
