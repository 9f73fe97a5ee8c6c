/** One code as it came out of the till's end. */
export interface HeardScan {
  readonly deviceId: string;
  readonly text: string;
}

export interface ScanVerdict {
  readonly sent: number;
  readonly heard: number;
  /** Sent and never heard. */
  readonly lost: number;
  /** Heard more often than once. */
  readonly doubled: number;
  /** Heard, but never sent by that scanner: two codes run into one, a piece of one, or another scanner's. */
  readonly merged: number;
  /** Heard before one that the same scanner had sent earlier. */
  readonly outOfOrder: number;
}

/** Compares what each scanner sent with what was heard of it. Every code must be different from every other. */
export function judgeScans(sent: ReadonlyMap<string, readonly string[]>, heard: readonly HeardScan[]): ScanVerdict {
  const verdict = { sent: 0, heard: heard.length, lost: 0, doubled: 0, merged: 0, outOfOrder: 0 };
  for (const [deviceId, codes] of sent) {
    const places = new Map(codes.map((code, place) => [code, place]));
    const seen = new Set<number>();
    let furthest = -1;
    for (const scan of heard) {
      if (scan.deviceId !== deviceId) continue;
      const place = places.get(scan.text);
      if (place === undefined) verdict.merged += 1;
      else if (seen.has(place)) verdict.doubled += 1;
      else {
        seen.add(place);
        if (place < furthest) verdict.outOfOrder += 1;
        furthest = Math.max(furthest, place);
      }
    }
    verdict.sent += codes.length;
    verdict.lost += codes.length - seen.size;
  }
  verdict.merged += heard.filter((scan) => !sent.has(scan.deviceId)).length;
  return verdict;
}

export function isClean({ lost, doubled, merged, outOfOrder }: ScanVerdict): boolean {
  return lost + doubled + merged + outOfOrder === 0;
}
