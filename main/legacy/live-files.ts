import { daysOut, type LegacyFilesConfig, salesOut } from "#contract/config/legacy-files.ts";
import type { LegacyFilesState, LegacyFolderOf } from "#contract/ipc/legacy-file-intents.ts";
import type { Locale } from "#contract/config/terminal.ts";
import { fail, ok } from "#core/result.ts";
import type { Log } from "#main/log/open-log.ts";
import { prepareRewrite } from "#main/settings/rewrite-section.ts";
import type { LatestOutgoing } from "#main/store/reports/outgoing-rows.ts";
import type { LegacyFiles, LegacyFolderRefusal } from "#main/till/ports/legacy-files.ts";
import { faultOfFolder } from "./folder-fault.ts";
import { sampleFile } from "./sample-file.ts";

/** What writes or takes in files: it is told of the section at once, and whenever a manager has saved another. */
export interface FilesFollower {
  /** Resolves when nothing is done any more by what the section said before. */
  goOver(files: LegacyFilesConfig): Promise<void>;
  state(): Partial<LegacyFilesState>;
  /** Of what writes sales and days: the shop's last rows. */
  readonly latest?: () => LatestOutgoing;
  /** A file by hand. */
  readonly write?: LegacyFiles["write"];
}

export interface LiveFiles extends LegacyFiles {
  follow(follower: FilesFollower): void;
}

export interface LiveFilesParts {
  /** As terminal.json was at the start. */
  readonly files: LegacyFilesConfig | undefined;
  readonly dataDir: string;
  /** Nothing can be saved: there is no terminal.json yet. */
  readonly isDemo: boolean;
  readonly askForFolder: (locale: Locale) => Promise<string | null>;
  readonly log: Log;
}

/** What a kind of file is where nobody has said anything of it; a folder has to be chosen. */
const usual = {
  sales: { ...salesOut.parse({ folder: "-", afterShiftClose: true }), folder: "" },
  days: { ...daysOut.parse({ folder: "-", afterShiftClose: true }), folder: "" },
};

/** Files to and from other systems, set up while the till is open: in terminal.json first, then in use. */
export function createLiveFiles(parts: LiveFilesParts): LiveFiles {
  const { dataDir, isDemo, askForFolder, log } = parts;
  const followers: FilesFollower[] = [];
  let { files } = parts;
  /** One change after the other: what was begun by the one before must have ended. */
  let goingOver = Promise.resolve();
  const settle = async (before: Promise<void>, some: readonly FilesFollower[]): Promise<void> => {
    await before;
    const ended = await Promise.allSettled(some.map((follower) => follower.goOver(files ?? {})));
    for (const one of ended) {
      if (one.status === "rejected") log.error("files for other systems did not go over", { cause: one.reason });
    }
  };
  const goOver = (some: readonly FilesFollower[]): Promise<void> => (goingOver = settle(goingOver, some));

  return {
    view: () => ({
      shop: isDemo ? "demo" : "real",
      files: files ?? {},
      usual,
      state: Object.assign({ sales: null, days: null, goods: null }, ...followers.map((one) => one.state())),
    }),
    chooseFolder: askForFolder,
    sample: (asked) => sampleFile(asked, followers.find(({ latest }) => latest !== undefined)?.latest?.() ?? null),
    async write(of, day) {
      await goingOver;
      const out = followers.find(({ write }) => write !== undefined);
      // Where nobody writes, as before the till is open, there is nothing to write.
      return (await out?.write?.(of, day)) ?? { kind: "nothing" };
    },
    async save(after) {
      const refused = await refusedOf(after, files, dataDir);
      if (refused !== null) return fail(refused);
      const rewrite = prepareRewrite(dataDir, "legacyFiles", () => after);
      const written = rewrite.ok ? rewrite.value.write() : rewrite;
      if (!written.ok) {
        log.error("terminal.json could not be rewritten", { why: written.fault });
        return fail(written.fault === "no-file" ? "setup-demo-store" : "setup-file-unwritable");
      }
      const before = files ?? null;
      files = after;
      await goOver(followers);
      return ok({ before, after });
    },
    follow(follower) {
      followers.push(follower);
      void goOver([follower]);
    },
  };
}

/** The first folder that is in use from now on and cannot be; one that was saved before and is away now may stay. */
async function refusedOf(
  after: LegacyFilesConfig,
  before: LegacyFilesConfig | undefined,
  dataDir: string,
): Promise<LegacyFolderRefusal | null> {
  for (const which of ["sales", "days", "goods", "dropFolder"] as const) {
    const folder = usedFolder(after, which);
    if (folder === null || folder === usedFolder(before ?? {}, which)) continue;
    const why = await faultOfFolder(folder, dataDir);
    if (why !== null) return { of: which, why };
  }
  return null;
}

function usedFolder({ sales, days, goods, dropFolder }: LegacyFilesConfig, of: LegacyFolderOf): string | null {
  if (of === "dropFolder") return dropFolder ?? null;
  if (of === "goods") return goods?.folder ?? null;
  const out = of === "sales" ? sales : days;
  return out?.isOn === true ? out.folder : null;
}
