import {
  type Grant,
  isLimited,
  type RightChange,
  type RightName,
  type Rights,
  type SettableRole,
} from "#core/access/rights.ts";
import { limitInWords, readLimit } from "./read-limit.ts";

/** A right as it stands on the page: its limit as typed, empty where it has none. */
export interface ShownRight {
  readonly grant: Grant;
  readonly limit: string;
}

/** What was changed on the page and is not saved. */
export type Edits = ReadonlyMap<string, { readonly role: SettableRole; readonly right: RightName } & ShownRight>;

export const noEdits: Edits = new Map();

export function shownAs(edits: Edits, rights: Rights, role: SettableRole, right: RightName): ShownRight {
  const edit = edits.get(`${role} ${right}`);
  if (edit !== undefined) return edit;
  const { grant, limit } = rights[role][right];
  return { grant, limit: limit === null ? "" : limitInWords(limit) };
}

export function edited(edits: Edits, role: SettableRole, right: RightName, shown: ShownRight): Edits {
  return new Map(edits).set(`${role} ${right}`, { role, right, ...shown });
}

/** What is to be saved, without what is as it was; null while a limit is none. */
export function changesOf(edits: Edits, rights: Rights): readonly RightChange[] | null {
  const changes: RightChange[] = [];
  for (const { role, right, grant, limit: typed } of edits.values()) {
    const hasLimit = grant === "yes" && isLimited(right);
    const limit = hasLimit ? readLimit(typed, right) : null;
    if (hasLimit && limit === null) return null;
    const now = rights[role][right];
    if (now.grant !== grant || now.limit !== limit) changes.push({ role, right, grant, limit });
  }
  return changes;
}
