import type { LegacyFilesConfig } from "#contract/config/legacy-files.ts";
import type { Locale } from "#contract/config/terminal.ts";
import type {
  LegacyFileAnswers,
  LegacyFileSample,
  LegacyFilesView,
  LegacyFolderFault,
  LegacyFolderOf,
  OutgoingWritten,
} from "#contract/ipc/legacy-file-intents.ts";
import type { Result } from "#core/result.ts";
import type { LegacySetupFault } from "./legacy-doors.ts";

/** A folder that cannot be used for what it was chosen for. */
export interface LegacyFolderRefusal {
  readonly of: LegacyFolderOf;
  readonly why: LegacyFolderFault;
}

/** Files to and from other systems of the shop, as the use cases see them; who may change them is theirs. */
export interface LegacyFiles {
  view(): Omit<LegacyFilesView, "today">;
  /** Null where the question was closed. */
  chooseFolder(locale: Locale): Promise<string | null>;
  /** The text of a file, of the shop's last rows or of made-up ones. */
  sample(asked: LegacyFileSample): LegacyFileAnswers["sample-legacy-file"];
  /** Writes what no file has yet, or with a business day what files had of it, again; answers when the file is there. */
  write(of: "sales" | "days", day: string | null): Promise<OutgoingWritten>;
  /** Looks at the folders and writes terminal.json, then goes over: resolves when it is in use. */
  save(after: LegacyFilesConfig): Promise<Result<LegacyFilesChange, LegacySetupFault | LegacyFolderRefusal>>;
}

/** `before` is null where the section said nothing. */
export interface LegacyFilesChange {
  readonly before: LegacyFilesConfig | null;
  readonly after: LegacyFilesConfig;
}
