/** `tillway-T01-20261127T034512Z.tar`: whose and when, in UTC, so that the names sort by age everywhere. */
export function backupName(terminalId: string, madeAtMs: number): string {
  const stamp = new Date(madeAtMs).toISOString().replaceAll(/[-:]|\.\d+/g, "");
  return `tillway-${terminalId}-${stamp}.tar`;
}

/** Which till's a file is by its name; null for a file that is none of ours. What is in it is looked at besides. */
export function terminalOfName(name: string): string | null {
  return /^tillway-([0-9A-Z]{1,8})-\d{8}T\d{6}Z\.tar$/.exec(name)?.[1] ?? null;
}

/** What a write that was broken off has left, of this till; nobody but this till takes it away. */
export function isUnfinished(name: string, terminalId: string): boolean {
  return name.endsWith(".part") && terminalOfName(name.slice(0, -".part".length)) === terminalId;
}
