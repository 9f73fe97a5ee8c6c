import { fail, ok, type Result } from "#core/result.ts";
import { createBillKeeper } from "#main/payments/bill/bill-keeper.ts";
import type { BillReader } from "#main/payments/bill/bill-reader.ts";
import {
  type BetweenPieces,
  type BillFileFault,
  type BillSource,
  readBillFile,
  ReadingStopped,
} from "#main/payments/bill/read-bill-file.ts";

export interface ReadBill<R> {
  readonly rows: readonly R[];
  /** As announced, and of what is kept; the same where it was read from there. */
  readonly sha1: string;
  readonly keptSha1: string;
}

export type ReadFault = BillFileFault | { readonly kind: "cannot-write"; readonly code: string };

/**
 * Reads a bill and, where `keepAt` names a place, keeps it there without the columns about persons: only a bill that is
 * whole and right is kept. Throws what `between` throws, and then nothing is left of it.
 */
export async function readAndKeep<R>(
  source: BillSource,
  keepAt: string | null,
  createReader: (keep: (line: string) => void) => BillReader<R>,
  between: BetweenPieces,
): Promise<Result<ReadBill<R>, ReadFault>> {
  const { sha1 } = source;
  if (keepAt === null) {
    const read = await readBillFile(
      source,
      createReader(() => {}),
      between,
    );
    return read.ok ? ok({ rows: read.value, sha1, keptSha1: sha1 }) : read;
  }
  const keeper = createBillKeeper(keepAt);
  let isKept = false;
  try {
    const read = await readBillFile(source, createReader(keeper.keep), async (share) => {
      await written(() => keeper.flush());
      await between(share);
    });
    if (!read.ok) return read;
    const keptSha1 = await written(() => keeper.done());
    isKept = true;
    return ok({ rows: read.value, sha1, keptSha1 });
  } catch (cause) {
    if (cause instanceof DiskRefused) return fail({ kind: "cannot-write", code: cause.code });
    throw cause;
  } finally {
    if (!isKept) keeper.drop();
  }
}

/** The disk does not take what is to be kept: the reading ends, and the bill is not to blame. */
class DiskRefused extends ReadingStopped {
  override readonly name = "DiskRefused";
  readonly code: string;

  constructor(cause: unknown) {
    super("the disk refuses what is to be kept", { cause });
    this.code = cause instanceof Error && "code" in cause ? String(cause.code) : "unknown";
  }
}

async function written<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (cause) {
    throw new DiskRefused(cause);
  }
}
