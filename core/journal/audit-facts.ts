/** What a person looks for in an entry, whatever its kind: read from the body's own fields, without knowing the kind. */
export interface AuditFacts {
  /** Who did it; null where nobody did. */
  readonly personId: string | null;
  /** The manager whose word it was, where that is another. */
  readonly approverId: string | null;
  /** Somebody it was done to. */
  readonly aboutId: string | null;
  readonly saleId: string | null;
  readonly saleNumber: string | null;
  readonly amountFen: number | null;
  /** What else is said about it in a word or a few: a reason, a name, a label. */
  readonly note: string | null;
  /** The same in English, of goods that have an English name. */
  readonly noteEn: string | null;
}

/** Longest note; a body may hold anything. */
const mostNoteCharacters = 80;

const personFields = ["cashierId", "openedBy", "closedBy", "requestedBy"] as const;
const approverFields = ["approvedBy", "by", "handledBy"] as const;
const amountFields = ["amountFen", "totalFen", "floatFen", "differenceFen"] as const;
const noteFields = ["reason", "why", "label", "name", "detail", "outcome"] as const;
/** Bodies that carry what they tell of as a whole. */
const wrappers = ["sale", "attempt", "refund", "shift", "event", "line", "discount", "after", "gateway"] as const;

type Fields = Readonly<Record<string, unknown>>;

/** Kinds whose `cashierId` is whom it was done to, and `by` who did it. */
const aboutSomebody = /^(?:pin-set|person-|badge-)/;

export function auditFacts(kind: string, body: unknown): AuditFacts {
  const layers = layersOf(body);
  const text = (names: readonly string[]): string | null => firstOf(layers, names, isText);
  const isAbout = aboutSomebody.test(kind);
  const named = text(personFields) ?? sellerOf(layers);
  const approver = text(approverFields);
  const personId = isAbout ? approver : (named ?? approver);
  return {
    personId,
    approverId: approver === personId ? null : isAbout ? null : approver,
    aboutId: isAbout ? named : null,
    saleId: text(["saleId"]),
    saleNumber: text(["saleNumber"]),
    amountFen: firstOf(layers, amountFields, Number.isSafeInteger),
    note: noteOf(text(["nameZh"]) ?? firstOf(layers, noteFields, isWords), layers),
    noteEn: noteOf(text(["nameEn"]), layers),
  };
}

function noteOf(words: string | null, layers: readonly Fields[]): string | null {
  const note = `${words?.slice(0, mostNoteCharacters) ?? ""}${shareOf(layers)}`.trim();
  return note === "" ? null : note;
}

/** A discount in percent has no amount of its own. */
function shareOf(layers: readonly Fields[]): string {
  const share = firstOf<number>(layers, ["basisPoints"], Number.isSafeInteger);
  return share === null ? "" : ` ${share}‱`;
}

/** The body, and what stands in it under the names above, two deep. */
function layersOf(body: unknown): readonly Fields[] {
  const layers: Fields[] = isFields(body) ? [body] : [];
  for (let depth = 0; depth < 2; depth += 1) {
    for (const layer of [...layers]) {
      for (const name of wrappers) {
        const inner = layer[name];
        if (isFields(inner) && !layers.includes(inner)) layers.push(inner);
      }
    }
  }
  return layers;
}

/** A finished sale names its cashier as a person. */
function sellerOf(layers: readonly Fields[]): string | null {
  for (const { cashier } of layers) if (isFields(cashier) && isText(cashier["id"])) return cashier["id"];
  return null;
}

function firstOf<T>(
  layers: readonly Fields[],
  names: readonly string[],
  is: ((value: unknown) => value is T) | ((value: unknown) => boolean),
): T | null {
  for (const layer of layers) {
    for (const name of names) {
      // Checked by `is`, which says what T is.
      if (is(layer[name])) return layer[name] as T;
    }
  }
  return null;
}

/** A name of something, such as the sale a drawer was opened for, says nothing to a person. */
function isWords(value: unknown): value is string {
  return isText(value) && !/^[0-9a-f-]{20,}$/i.test(value);
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
