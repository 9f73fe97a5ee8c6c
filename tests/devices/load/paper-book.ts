export interface PaperVerdict {
  readonly jobs: number;
  /** Jobs that have their paper. */
  readonly printed: number;
  /** Jobs whose end nobody could know, so that a person was asked. */
  readonly asked: number;
  /** Jobs without a paper of which nobody was asked. */
  readonly lost: number;
  /** Jobs with more than one paper of which nobody was asked. */
  readonly doubled: number;
}

/**
 * Compares the receipts on the table with the jobs 0 to `jobs` − 1. `papers` and `asked` hold their numbers; a number
 * that is no job's counts as doubled.
 */
export function judgePapers(found: {
  readonly jobs: number;
  readonly papers: readonly string[];
  readonly asked: readonly string[];
}): PaperVerdict {
  const verdict = { jobs: found.jobs, printed: 0, asked: 0, lost: 0, doubled: 0 };
  const numbers = Array.from({ length: found.jobs }, (_, number) => String(number));
  for (const number of numbers) {
    const count = found.papers.filter((paper) => paper === number).length;
    const wasAsked = found.asked.includes(number);
    if (count > 0) verdict.printed += 1;
    if (wasAsked) verdict.asked += 1;
    if (count === 0 && !wasAsked) verdict.lost += 1;
    // Not even a person's word makes two of one: the copy is another job.
    if (count > 1) verdict.doubled += 1;
  }
  verdict.doubled += found.papers.filter((paper) => !numbers.includes(paper)).length;
  return verdict;
}
