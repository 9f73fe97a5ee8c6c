import { isDeepStrictEqual } from "node:util";
import { legacyFilesSection } from "#contract/config/legacy-files.ts";
import type { IntentArgs } from "#contract/ipc/intents.ts";
import { type LegacyFileAnswers, legacyFileSchemas, type LegacyFilesView } from "#contract/ipc/legacy-file-intents.ts";
import { ok } from "#core/result.ts";
import { withoutFail } from "#main/till/committing.ts";
import type { TillContext } from "#main/till/context.ts";
import { refuse, type Outcome } from "#main/till/outcome.ts";
import type { LegacyFiles } from "#main/till/ports/legacy-files.ts";
import { today } from "#main/till/today.ts";
import { forWhoMaySetUp } from "./who-may-set-up.ts";

/** Which files go to and come from other systems of the shop. All are a manager's. */
export const fileIntents = {
  "legacy-files": {
    needs: "signed-in",
    run: (till: TillContext): Outcome<LegacyFilesView> =>
      forWhoMaySetUp(till, till.deps.legacyFiles, (files) => ok(viewOf(till, files))),
  },
  "save-legacy-files": {
    needs: "signed-in",
    run: (till: TillContext, after: IntentArgs<"save-legacy-files">) =>
      forWhoMaySetUp(till, till.deps.legacyFiles, (files) => save(till, files, legacyFilesSection.parse(after))),
  },
  "write-legacy-file": {
    needs: "signed-in",
    run: (till: TillContext, asked: IntentArgs<"write-legacy-file">) =>
      forWhoMaySetUp(till, till.deps.legacyFiles, (files) => write(till, files, asked)),
  },
  "choose-legacy-folder": {
    needs: "signed-in",
    run: (till: TillContext) =>
      forWhoMaySetUp(
        till,
        till.deps.legacyFiles,
        async (files): Promise<Outcome<LegacyFileAnswers["choose-legacy-folder"]>> =>
          ok({ folder: await files.chooseFolder(till.state.locale) }),
      ),
  },
  "sample-legacy-file": {
    needs: "signed-in",
    run: (
      till: TillContext,
      asked: IntentArgs<"sample-legacy-file">,
    ): Outcome<LegacyFileAnswers["sample-legacy-file"]> =>
      forWhoMaySetUp(till, till.deps.legacyFiles, (files) =>
        ok(files.sample(legacyFileSchemas["sample-legacy-file"].parse(asked))),
      ),
  },
} as const;

async function save(
  till: TillContext,
  files: LegacyFiles,
  wanted: Parameters<LegacyFiles["save"]>[0],
): Promise<Outcome<LegacyFileAnswers["save-legacy-files"]>> {
  const cashierId = till.state.cashier?.id ?? null;
  const saved = await files.save(wanted);
  if (!saved.ok) {
    const { fault } = saved;
    return typeof fault === "string" ? refuse(fault) : ok({ ...viewOf(till, files), refused: fault });
  }
  const { before, after } = saved.value;
  if (!isDeepStrictEqual(before, after)) note(till, "legacy-files-changed", { before, after, cashierId });
  return ok({ ...viewOf(till, files), refused: null });
}

async function write(
  till: TillContext,
  files: LegacyFiles,
  { of, day }: IntentArgs<"write-legacy-file">,
): Promise<Outcome<LegacyFileAnswers["write-legacy-file"]>> {
  const cashierId = till.state.cashier?.id ?? null;
  const written = await files.write(of, day);
  if (written.kind === "written") {
    const { name, rowCount } = written;
    note(till, "legacy-file-written", { of, day, name, rowCount, cashierId });
  }
  return ok({ ...viewOf(till, files), written });
}

function viewOf(till: TillContext, files: LegacyFiles): LegacyFilesView {
  return { ...files.view(), today: today(till) };
}

/** It has happened, so a disk that refuses the note undoes nothing. */
function note(
  till: TillContext,
  kind: "legacy-files-changed" | "legacy-file-written",
  body: Readonly<Record<string, unknown>>,
): void {
  withoutFail(till, "note a change of files for other systems", () => till.deps.store.appendJournal({ kind, body }));
  till.changed("status");
}
