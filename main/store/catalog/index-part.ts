import { beginnings, type PieceKind, piecesOf, type TakePiece, wordsOfPiece } from "./item-words.ts";
import { PackedLists } from "./posting-ids.ts";
import { codePart, headSign } from "./search-words.ts";
import { soundOf } from "./sound.ts";

/** An item that is to be indexed. */
export interface UnindexedItem {
  readonly itemId: number;
  readonly sku: string;
  readonly nameZh: string;
  readonly nameEn: string;
  /** Normalised. */
  readonly barcodes: readonly string[];
  /** Null where nobody has made it yet. */
  readonly sound: string | null;
}

/** Some thousand items' share of the index, ready to be written. */
export interface IndexPart {
  /** In the order of the file, so that they go in one after the other. */
  readonly words: readonly string[];
  /** The ids of each word, packed, one list after the other: a part changes threads, and ten thousand lists would be copied. */
  readonly lists: Uint8Array;
  /** Where each word's list ends. */
  readonly ends: Uint32Array;
  readonly sounds: readonly { readonly itemId: number; readonly sound: string }[];
}

interface Piece {
  readonly words: Iterable<string>;
  /** Of the items that have it, as places among those added. */
  readonly places: number[];
}

/** Four digits make so many numbers. */
const digitParts = 10_000;

function digitsOf(part: number): string {
  return String(part).padStart(codePart, "0");
}

/** Collects the words of items. Pieces that many of them share are counted once an item, and become words at the end. */
export class PartBuilder {
  private readonly pieces: Readonly<Record<PieceKind, Map<string, Piece>>> = {
    ...{ spoken: new Map(), chinese: new Map(), latin: new Map(), code: new Map() },
    ...{ head: new Map(), whole: new Map() },
  };
  private readonly digits: (number[] | undefined)[] = Array.from({ length: digitParts });
  private readonly digitHeads: (number[] | undefined)[] = Array.from({ length: digitParts });
  private readonly itemIds: number[] = [];
  private readonly sounds: { itemId: number; sound: string }[] = [];

  /** @param item with an id above every id added before */
  add(item: UnindexedItem): void {
    const sound = item.sound ?? soundOf(item.nameZh);
    if (item.sound === null) this.sounds.push({ itemId: item.itemId, sound });
    this.itemIds.push(item.itemId);
    piecesOf({ ...item, sound }, this.take);
  }

  finish(): IndexPart {
    const piecesOfWord = new Map<string, Piece[]>();
    for (const piece of this.everyPiece()) {
      for (const word of piece.words) {
        const known = piecesOfWord.get(word);
        if (known === undefined) piecesOfWord.set(word, [piece]);
        else known.push(piece);
      }
    }
    // By code units, which is the file's order for all but a few rare characters; it is a matter of speed alone.
    const words = [...piecesOfWord.keys()].toSorted();
    const union = new PlaceUnion(this.itemIds.length);
    const lists = new PackedLists();
    const ends = Uint32Array.from(words, (word) => lists.add(union.of(piecesOfWord.get(word) ?? []), this.itemIds));
    return { words, lists: lists.all(), ends, sounds: this.sounds };
  }

  private readonly take: TakePiece = (kind, text) => {
    if (kind === "code" && this.takeDigits(text)) return;
    const place = this.itemIds.length - 1;
    const pieces = this.pieces[kind];
    let piece = pieces.get(text);
    if (piece === undefined) {
      piece = { words: wordsOfPiece[kind](text), places: [] };
      pieces.set(text, piece);
    }
    if (piece.places[piece.places.length - 1] !== place) piece.places.push(place);
  };

  /**
   * Codes are as many as the items, and most are digits: their parts of four are ten thousand numbers, and the first four
   * of a code as many. False for any other code.
   */
  private takeDigits(code: string): boolean {
    if (code.length < codePart || !/^\d+$/.test(code)) return false;
    let part = 0;
    for (let at = 0; at < code.length; at += 1) {
      part = (part * 10 + code.charCodeAt(at) - 48) % digitParts;
      if (at === codePart - 1) this.takeNumber(this.digitHeads, part);
      if (at >= codePart - 1) this.takeNumber(this.digits, part);
    }
    return true;
  }

  private takeNumber(lists: (number[] | undefined)[], part: number): void {
    const place = this.itemIds.length - 1;
    const places = lists[part];
    if (places === undefined) lists[part] = [place];
    else if (places[places.length - 1] !== place) places.push(place);
  }

  private *everyPiece(): Generator<Piece> {
    for (const pieces of Object.values(this.pieces)) yield* pieces.values();
    for (const [part, places] of this.digits.entries())
      if (places !== undefined) yield { words: beginnings(digitsOf(part), codePart), places };
    for (const [part, places] of this.digitHeads.entries())
      if (places !== undefined) yield { words: beginnings(digitsOf(part), codePart, headSign), places };
  }
}

/** A list this many times shorter than the part is sorted; a longer one is marked and read off. */
const sortedUpTo = 16;

/** Puts lists of places together; its memory is used again for each. */
class PlaceUnion {
  private readonly marks: Uint8Array;
  private readonly places: Int32Array;

  constructor(size: number) {
    this.marks = new Uint8Array(size);
    this.places = new Int32Array(size);
  }

  /** Ascending, each once; good until the next call. */
  of(pieces: readonly Piece[]): ArrayLike<number> & Iterable<number> {
    const [only, ...more] = pieces;
    if (only === undefined) return [];
    if (more.length === 0) return only.places;
    let count = 0;
    for (const { places } of pieces) count += places.length;
    return count * sortedUpTo < this.marks.length ? this.sorted(pieces) : this.marked(pieces);
  }

  private sorted(pieces: readonly Piece[]): Int32Array {
    let count = 0;
    for (const { places } of pieces) {
      for (let at = 0; at < places.length; at += 1, count += 1) this.places[count] = places[at] ?? 0;
    }
    const all = this.places.subarray(0, count).sort();
    let kept = 0;
    for (let at = 0; at < count; at += 1) {
      const place = all[at] ?? 0;
      if (at > 0 && all[kept - 1] === place) continue;
      all[kept] = place;
      kept += 1;
    }
    return all.subarray(0, kept);
  }

  private marked(pieces: readonly Piece[]): Int32Array {
    const { marks, places: all } = this;
    for (const { places } of pieces) for (let at = 0; at < places.length; at += 1) marks[places[at] ?? 0] = 1;
    let count = 0;
    for (let place = 0; place < marks.length; place += 1) {
      if (marks[place] === 0) continue;
      all[count] = place;
      count += 1;
    }
    marks.fill(0);
    return all.subarray(0, count);
  }
}
