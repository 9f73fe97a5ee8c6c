import { createHash, type KeyObject } from "node:crypto";
import { createProofs, type Proofs } from "./carried-proofs.ts";
import { type Books, createBooks, type DaySums } from "./day-sums.ts";
import { entryHash } from "./entry-hash.ts";
import { followEpochs } from "./epochs.ts";
import { type Line, LineTooLong, readLines } from "./read-lines.ts";
import { createShiftTaxes } from "./shift-taxes.ts";
import { isSignedBy, publicKeyOf } from "./signature.ts";
import { type ClosingLine, type EntryLine, type HeaderLine, readWrittenLine } from "./written-line.ts";

export interface Damage {
  /** From 1; the line after the last where something is missing at the end. */
  readonly line: number;
  readonly what: string;
}

export interface Verdict {
  readonly terminalKey: string | null;
  readonly entries: number;
  readonly epochs: number;
  readonly days: readonly DaySums[];
  /** The first of them, by line. */
  readonly damages: readonly Damage[];
  readonly damageCount: number;
  /** True, and worth knowing. */
  readonly notes: readonly string[];
  /** The closing line's signature is there and good: the file is the terminal's, whole and unchanged. */
  readonly isVouched: boolean;
}

export interface Options {
  /** Raw Ed25519 keys, base64url, from somewhere else than the file; empty: the file's own is believed. */
  readonly keys: readonly string[];
  /** Head office's, likewise: they vouch for what was paid on the customer's phone. None: nobody's word is checked. */
  readonly officeKeys?: readonly string[];
}

export const fileFormat = "tillway.journal.file.1";
/** A file of rubbish must not fill the memory with findings. */
const mostDamages = 1_000;

/** Checks a file that `open` gives from its start, as often as it is asked: twice, where an epoch began at an earlier entry. */
export async function checkJournalFile(
  open: () => AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  options: Options,
): Promise<Verdict> {
  const check = new Check(options);
  try {
    for await (const line of readLines(open())) check.take(line);
  } catch (error) {
    if (!(error instanceof LineTooLong)) throw error;
    check.damage(error.line, error.message);
  }
  const unmet = new Map(check.epochs.inner.map((link) => [`${link.epoch} ${link.seq} ${link.hash}`, link]));
  if (unmet.size > 0 && check.damageCount === 0) {
    for await (const { bytes } of readLines(open())) {
      const read = readWrittenLine(bytes);
      if (read.kind === "entry") unmet.delete(`${read.entry.epoch} ${read.entry.seq} ${read.entry.hash}`);
    }
    for (const { line, epoch, seq } of unmet.values())
      check.damage(line, `this epoch follows another entry ${seq} of ${epoch} than the file holds`);
  }
  return check.verdict();
}

/** Takes a file line by line; `verdict` after the last. */
class Check {
  readonly epochs = followEpochs();
  damageCount = 0;
  readonly #options: Options;
  readonly #damages: Damage[] = [];
  readonly #proofs: Proofs;
  readonly #books: Books;
  readonly #shiftTaxes = createShiftTaxes();
  readonly #before = createHash("sha256");
  readonly #shiftsClosed = { signed: 0, unsigned: 0 };
  #lines = 0;
  #entries = 0;
  #header: HeaderLine | null = null;
  #keys: readonly KeyObject[] = [];
  #closing: { readonly line: number; readonly closing: ClosingLine; readonly vouched: string } | null = null;
  #isVouched = false;

  constructor(options: Options) {
    this.#options = options;
    this.#proofs = createProofs((options.officeKeys ?? []).map(publicKeyOf).filter((key) => key !== null));
    this.#books = createBooks(this.#proofs);
  }

  damage(line: number, what: string): void {
    this.damageCount += 1;
    if (this.#damages.length < mostDamages) this.#damages.push({ line, what });
  }

  take({ number, bytes, isWhole }: Line): void {
    this.#lines = number;
    if (!isWhole) this.damage(number, "the line does not end: the file was cut off");
    if (this.#closing !== null) return this.damage(number, "a line after the closing line");
    const read = readWrittenLine(bytes);
    if (number === 1 && read.kind !== "header") this.damage(number, "the first line is no header");
    if (read.kind === "closing") {
      this.#closing = { line: number, ...read };
      return;
    }
    this.#before.update(bytes).update("\n");
    if (read.kind === "header") this.#begin(number, read.header);
    else if (read.kind === "entry") this.#takeEntry(number, read.entry);
    else this.damage(number, read.what);
  }

  verdict(): Verdict {
    this.#checkClosing();
    return {
      terminalKey: this.#header?.terminalKey ?? null,
      ...{ entries: this.#entries, epochs: this.epochs.ends.length, days: this.#books.days() },
      damages: this.#damages.toSorted((a, b) => a.line - b.line),
      ...{ damageCount: this.damageCount, notes: this.#notes(), isVouched: this.#isVouched },
    };
  }

  #begin(line: number, header: HeaderLine): void {
    this.#header = header;
    const { format, publicKey } = header;
    if (line !== 1) this.damage(line, "a second header");
    if (format !== fileFormat) this.damage(line, `the format is ${format}, and this program reads ${fileFormat}`);
    const { keys } = this.#options;
    const believed = keys.length > 0 ? keys : publicKey === null ? [] : [publicKey];
    this.#keys = believed.map(publicKeyOf).filter((key) => key !== null);
    if (this.#keys.length < believed.length) this.damage(line, "the public key is none of Ed25519");
    if (keys.length > 0 && publicKey !== null && !keys.includes(publicKey))
      this.damage(line, "the file names another public key than the one given");
  }

  #takeEntry(line: number, entry: EntryLine): void {
    this.#entries += 1;
    for (const what of this.epochs.take(entry, line)) this.damage(line, what);
    if (!entry.body.isWellFormed()) return this.damage(line, "the body holds a lone surrogate, which has no bytes");
    const terminalId = this.#header?.terminalKey.split("-")[1] ?? "";
    if (entryHash(terminalId, entry) !== entry.hash)
      this.damage(line, `entry ${entry.seq} is not what was sealed: its bytes give another hash`);
    for (const what of [...this.#books.take(entry), ...this.#shiftTaxes.take(entry)]) this.damage(line, what);
    if (entry.kind === "shift-closed") this.#shiftsClosed[entry.sig === null ? "unsigned" : "signed"] += 1;
    if (entry.sig === null) return;
    if (this.#keys.length === 0) return this.damage(line, `entry ${entry.seq} is signed, and no public key is known`);
    if (!isSignedBy(this.#keys, `tillway.journal.sig.1\n${entry.hash}`, entry.sig))
      this.damage(line, `the signature of entry ${entry.seq} is not the terminal's`);
  }

  #checkClosing(): void {
    if (this.#closing === null)
      return this.damage(this.#lines + 1, "the closing line is missing: the file was cut off");
    const { line, closing, vouched } = this.#closing;
    if (closing.entries !== this.#entries)
      this.damage(line, `the closing line counts ${closing.entries} entries, the file has ${this.#entries}`);
    if (JSON.stringify(closing.epochs) !== JSON.stringify(this.epochs.ends))
      this.damage(line, "the closing line tells of other epochs");
    if (closing.sha256 !== this.#before.digest("hex"))
      this.damage(line, "the bytes before the closing line are not those it was written after");
    if (closing.sig === null) {
      if (this.#options.keys.length > 0) this.damage(line, "the file is not signed, and a public key was given");
      return;
    }
    if (this.#keys.length === 0) return this.damage(line, "the file is signed, and no public key is known");
    this.#isVouched = isSignedBy(this.#keys, `${fileFormat}\n${vouched}`, closing.sig);
    if (!this.#isVouched) this.damage(line, "the closing signature is not the terminal's");
  }

  #notes(): readonly string[] {
    const { signed, unsigned } = this.#shiftsClosed;
    const lost = this.epochs.outer.map(
      ({ line, epoch, seq }) =>
        `line ${line}: the epoch follows entry ${seq} of ${epoch}, which this till had lost; head office holds it`,
    );
    const closings = unsigned === 0 ? [] : [`${unsigned} of ${signed + unsigned} shift closings are not signed`];
    return [...lost, ...closings, ...this.#proofs.notes(), ...this.#trust()];
  }

  #trust(): readonly string[] {
    if (!this.#isVouched)
      return ["no signature vouches for this file: it proves no more than whoever handed it over says"];
    if (this.#options.keys.length > 0) return [];
    return ["checked with the key in the file itself: compare it with the one head office has for this terminal"];
  }
}
