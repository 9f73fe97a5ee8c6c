import { z } from "zod";
import {
  daysLayout,
  type DaysOut,
  type LegacyFilesConfig,
  legacyFilesSection,
  salesLayout,
  type SalesOut,
} from "#contract/config/legacy-files.ts";

/** Files to and from other systems of the shop. All are a manager's. */
export const legacyFileSchemas = {
  "legacy-files": z.strictObject({}),
  /** Writes the section to terminal.json; what it says is in use at once. */
  "save-legacy-files": legacyFilesSection,
  /** Asks for one by the system's own question; nothing is saved by it. */
  "choose-legacy-folder": z.strictObject({}),
  /** Sales or days that no file has yet, as the schedule would write them; or what files had of one business day, again. */
  "write-legacy-file": z.strictObject({ of: z.enum(["sales", "days"]), day: z.iso.date().nullable() }),
  /** A file as it would look. */
  "sample-legacy-file": z.discriminatedUnion("of", [
    z.strictObject({ of: z.literal("sales"), layout: salesLayout }),
    z.strictObject({ of: z.literal("days"), layout: daysLayout }),
  ]),
} as const;

export type LegacyFileSample = z.infer<(typeof legacyFileSchemas)["sample-legacy-file"]>;

/** Why a folder is not taken, or a file not written there; `marks`: nobody knows what was written before. */
export type LegacyFolderFault = "missing" | "unwritable" | "inside" | "disk-full" | "marks" | "other";
export type LegacyFolderOf = "sales" | "days" | "goods" | "dropFolder";

/** What became of a file that a manager asked for. */
export type OutgoingWritten =
  | { readonly kind: "written"; readonly name: string; readonly rowCount: number }
  | { readonly kind: "nothing" }
  | { readonly kind: "not-written"; readonly why: LegacyFolderFault };

/** Since the till started. */
export interface OutgoingState {
  readonly last: { readonly name: string; readonly atMs: number } | null;
  readonly fault: LegacyFolderFault | null;
}

export interface WatchedGoodsState {
  /** The newest list that was looked at; `wrong` rows, or one that cannot be read, change nothing. */
  readonly last: {
    readonly name: string;
    readonly atMs: number;
    readonly outcome: "taken-in" | "refused" | "unread";
    readonly added: number;
    readonly changed: number;
    readonly wrong: number;
  } | null;
  readonly fault: LegacyFolderFault | null;
}

export interface LegacyFilesState {
  readonly sales: OutgoingState | null;
  readonly days: OutgoingState | null;
  readonly goods: WatchedGoodsState | null;
}

export interface LegacyFilesView {
  /** `demo`: nothing can be saved, because there is no shop yet. */
  readonly shop: "real" | "demo";
  /** As terminal.json says it. */
  readonly files: LegacyFilesConfig;
  /** What a kind of file is where the section says nothing of it, without its folder; with every field there is. */
  readonly usual: { readonly sales: SalesOut; readonly days: DaysOut };
  readonly state: LegacyFilesState;
  /** The shop's own business day, whatever the machine's calendar says. */
  readonly today: string;
}

export interface LegacyFileAnswers {
  "legacy-files": LegacyFilesView;
  /** Not saved where a folder is refused. */
  "save-legacy-files": LegacyFilesView & {
    readonly refused: { readonly of: LegacyFolderOf; readonly why: LegacyFolderFault } | null;
  };
  "write-legacy-file": LegacyFilesView & { readonly written: OutgoingWritten };
  /** Null where the question was closed. */
  "choose-legacy-folder": { readonly folder: string | null };
  /** `isOwn`: the shop's own last rows stand in it; else made-up ones. */
  "sample-legacy-file": { readonly text: string; readonly isOwn: boolean };
}
