export interface Words {
  readonly zh: string;
  readonly en: string;
}

/** What is the matter with a disk, as far as the person in front of the till can do something about it. */
export type DiskProblem = "full" | "read-only" | "denied" | "failing" | "missing" | "busy" | "refuses";

/** By the start of the code that the system or SQLite gave; the first that fits. */
const problems: readonly (readonly [prefix: string, problem: DiskProblem])[] = [
  ["ENOSPC", "full"],
  ["EDQUOT", "full"],
  ["SQLITE_FULL", "full"],
  ["EROFS", "read-only"],
  ["SQLITE_READONLY", "read-only"],
  ["EACCES", "denied"],
  ["EPERM", "denied"],
  ["SQLITE_PERM", "denied"],
  ["EIO", "failing"],
  ["SQLITE_IOERR", "failing"],
  ["ENOENT", "missing"],
  ["ENOTDIR", "missing"],
  ["SQLITE_BUSY", "busy"],
  ["SQLITE_CANTOPEN", "refuses"],
];

/** Null for a code that is not about the disk. */
export function diskProblem(code: string): DiskProblem | null {
  return problems.find(([prefix]) => code.startsWith(prefix))?.[1] ?? null;
}

/** What happened, what is safe, and what to do; the code follows for whoever is called. */
export const diskWords: { readonly [P in DiskProblem]: Words } = {
  full: {
    zh: "硬盘已满。请删除不需要的文件（不要动收银数据目录）或清空回收站，腾出至少 1 GB 后重新启动；已完成的销售和没结完的单都在。",
    en: "The disk is full. Delete files you do not need (nothing in the till's data directory) or empty the bin until 1 GB is free, then start again; finished sales and the open sale are safe.",
  },
  "read-only": {
    zh: "硬盘只能读、不能写，多半是系统发现硬盘出错后自动锁住的。请重启电脑；若还是这样，请联系维护人员检查硬盘。已完成的销售都在。",
    en: "The disk can be read and not written, mostly because the system found an error on it and locked it. Restart the computer; if that does not help, have the disk checked. Finished sales are safe.",
  },
  denied: {
    zh: "当前系统用户没有权限写入这里。请用平时收银的系统用户登录，或请维护人员改正权限，然后重新启动；数据没有改动。",
    en: "This user of the computer may not write here. Sign in to the computer as the user the till usually runs as, or have the permissions corrected, and start again; nothing was changed.",
  },
  failing: {
    zh: "硬盘读写出错，可能快坏了。请重启电脑再试；若还是这样，请先不要在本机收银，并联系维护人员更换硬盘、恢复备份。",
    en: "The disk fails when it is read or written; it may be about to die. Restart the computer and try again; if that does not help, do not sell on this till and have the disk replaced and a backup restored.",
  },
  missing: {
    zh: "这个文件夹不在了，可能是外接硬盘没有连上。请连好后重新启动，或检查 --data-dir 写的位置。",
    en: "This folder is not there; an external disk may not be connected. Connect it and start again, or check the place given by --data-dir.",
  },
  busy: {
    zh: "另一个程序正占用这个文件（如备份或杀毒软件）。请等它结束后重新启动；数据没有改动。",
    en: "Another program holds this file, such as a backup or a virus scanner. Wait until it is done and start again; nothing was changed.",
  },
  refuses: {
    zh: "无法写入这里。请检查硬盘空间和权限，然后重新启动；已完成的销售都在。",
    en: "This cannot be written. Check disk space and permissions and start again; finished sales are safe.",
  },
};

/** The sentences for a code, with the code behind them; null for one that is not about the disk. */
export function diskWordsOf(code: string): Words | null {
  const problem = diskProblem(code);
  if (problem === null) return null;
  const { zh, en } = diskWords[problem];
  return { zh: `${zh}（${code}）`, en: `${en} (${code})` };
}
