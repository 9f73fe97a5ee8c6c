import { bodyText } from "#headoffice/journal/packed-body.ts";

/** A row of head office's journal, as SQL returns it. */
export interface StoredBody {
  readonly packing: number;
  readonly body: Uint8Array;
}

/**
 * The text of a body that head office keeps, for judges who hash it anew: what is unpacked wrongly has another hash than was
 * sealed, and what cannot be unpacked is no text at all.
 */
export function storedText({ packing, body }: StoredBody): string {
  try {
    return bodyText({ packing, bytes: body });
  } catch {
    return "";
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
