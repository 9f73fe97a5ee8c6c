import type { AnyBackupJob } from "#contract/worker/backup-messages.ts";
import type { JobFault, JobResult } from "#contract/worker/messages.ts";
import { fail, ok, type Result } from "#core/result.ts";
import { troubleOfFolder } from "#main/backup/trouble-of.ts";
import type { Hands } from "../workbench.ts";
import { checkFolder, listBackups } from "./folder.ts";
import { keepAlive } from "./keep-alive.ts";
import { makeBackup } from "./make-backup.ts";
import { sealRestore } from "./seal-restore.ts";
import { stageRestore } from "./stage-restore.ts";

/** What is asked about backups: all that touches the shop's folder is done here, because it may answer never. */
export async function answerBackups(job: AnyBackupJob, hands: Hands): Promise<Result<JobResult, JobFault>> {
  switch (job.kind) {
    case "backup-make": {
      const made = await makeBackup(job, hands);
      return made.ok ? ok({ of: "backup-make", ...made.value }) : fail({ kind: "backup", trouble: made.fault });
    }
    case "backup-check":
    case "backup-list":
      return lookIntoFolder(job, hands);
    case "backup-stage": {
      const staged = await stageRestore(job, hands);
      const end = staged.ok
        ? ({ kind: "fits", dryRun: staged.value } as const)
        : ({ kind: "refused", why: staged.fault } as const);
      return ok({ of: "backup-stage", end });
    }
    case "backup-seal":
      return ok({ of: "backup-seal", ...(await keepAlive(hands, [0, 1], () => sealRestore(job))) });
  }
}

async function lookIntoFolder(
  job: Extract<AnyBackupJob, { kind: "backup-check" | "backup-list" }>,
  hands: Hands,
): Promise<Result<JobResult, JobFault>> {
  try {
    return await keepAlive<Result<JobResult, JobFault>>(hands, [0, 1], async (check) => {
      if (job.kind === "backup-list") {
        const found = await listBackups(job.folder, job.terminalId, () => check(0.5));
        return ok({ of: "backup-list", found: [...found] });
      }
      const { isInside, isSameDisk, freeBytes } = await checkFolder(job.folder, job.dataDir);
      if (isInside) return fail({ kind: "backup", trouble: "folder-inside" });
      return ok({ of: "backup-check", isSameDisk, freeBytes });
    });
  } catch (cause) {
    const trouble = troubleOfFolder(cause);
    if (trouble === null) throw cause;
    return fail({ kind: "backup", trouble });
  }
}
