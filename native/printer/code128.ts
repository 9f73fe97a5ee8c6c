/** Data symbols of a Code 128, and the same in the notation of ESC/POS GS k 73: `{B`, `{C`, `{` written twice. */
interface Code128 {
  readonly data: Buffer;
  /** Width of the whole symbol without quiet zones. */
  readonly modules: number;
}

/** GS k counts its data in one byte. */
const LONGEST_DATA = 255;

/**
 * Writes printable ASCII as Code 128. Runs of digits are packed two to a symbol (set C), except where the packed bytes
 * would hold 0x10 (the pair "16"): followed by 04 a printer obeys that as a real-time command, wherever it stands.
 * @returns null when the text is empty, holds anything but printable ASCII, or is too long for one command
 */
export function code128(text: string): Code128 | null {
  if (!/^[\x20-\x7e]+$/.test(text)) return null;
  const bytes: number[] = [];
  let symbols = 0;
  for (const part of setsOf(text)) {
    // The first set is the start symbol, each further one a symbol of its own.
    bytes.push(0x7b, part.set === "B" ? 0x42 : 0x43);
    symbols += 1;
    if (part.set === "C") {
      for (let i = 0; i < part.text.length; i += 2) bytes.push(Number(part.text.slice(i, i + 2)));
      symbols += part.text.length / 2;
    } else {
      for (const character of part.text) bytes.push(...(character === "{" ? [0x7b, 0x7b] : [character.charCodeAt(0)]));
      symbols += part.text.length;
    }
  }
  if (bytes.length > LONGEST_DATA) return null;
  // Each symbol is 11 modules, the check symbol too; the stop has 13.
  return { data: Buffer.from(bytes), modules: 11 * (symbols + 1) + 13 };
}

interface SetRun {
  readonly set: "B" | "C";
  readonly text: string;
}

/** Set C pays for a run of four digits at an end or six inside: a change of set costs a symbol. */
function setsOf(text: string): readonly SetRun[] {
  const runs: { set: "B" | "C"; text: string }[] = [];
  const add = (set: "B" | "C", part: string): void => {
    if (part === "") return;
    const last = runs.at(-1);
    if (last?.set === set) last.text += part;
    else runs.push({ set, text: part });
  };
  let from = 0;
  for (const match of text.matchAll(/\d+/g)) {
    const end = match.index + match[0].length;
    const isAtEdge = match.index === 0 || end === text.length;
    // An odd digit stays before the pairs.
    const pairs = match[0].slice(match[0].length % 2);
    if (pairs.length < (isAtEdge ? 4 : 6) || holdsDle(pairs)) continue;
    add("B", text.slice(from, end - pairs.length));
    add("C", pairs);
    from = end;
  }
  add("B", text.slice(from));
  return runs;
}

function holdsDle(pairs: string): boolean {
  for (let i = 0; i < pairs.length; i += 2) if (pairs.slice(i, i + 2) === "16") return true;
  return false;
}
