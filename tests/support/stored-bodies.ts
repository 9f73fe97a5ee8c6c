import { bodyAt, unpackBodies } from "#headoffice/journal/packed-bodies.ts";

/** A row of head office's `journal_events`. */
export interface StoredRow {
  readonly terminal_id: string;
  readonly batch: number;
  readonly body: Uint8Array;
  readonly body_at: number | null;
  readonly body_length: number | null;
}

/** A row of its `upload_bodies`. */
export interface UploadRow {
  readonly terminal_id: string;
  readonly batch: number;
  readonly packed: Uint8Array;
}

/**
 * Rows of one shop with the texts of their bodies, for judges who hash them anew: what is unpacked wrongly has another hash than
 * was sealed, and what cannot be unpacked is no text at all.
 */
export function withTexts<Row extends StoredRow>(
  rows: readonly Row[],
  uploads: readonly UploadRow[],
): readonly (Omit<Row, "body"> & { readonly body: string })[] {
  const keyOf = ({ terminal_id: terminalId, batch }: StoredRow | UploadRow) => `${terminalId} ${batch}`;
  const unpacked = new Map(uploads.map((upload) => [keyOf(upload), unpackedOrNothing(upload.packed)]));
  return rows.map((row) => {
    const { body_at: at, body_length: length } = row;
    if (at === null || length === null) return { ...row, body: Buffer.from(row.body).toString("utf8") };
    return { ...row, body: bodyAt(unpacked.get(keyOf(row)) ?? nothing, { at, length }) };
  });
}

const nothing = Buffer.alloc(0);

function unpackedOrNothing(packed: Uint8Array): Buffer {
  try {
    return unpackBodies(packed);
  } catch {
    return nothing;
  }
}

/** What a sale's body tells; of one that was damaged perhaps nothing. */
export function saleTold<Told>(body: string): readonly Told[] {
  try {
    return [JSON.parse(body) as Told];
  } catch {
    return [];
  }
}
