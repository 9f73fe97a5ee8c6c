import type { DryRun, RestoreRefusal } from "#contract/backup/dry-run.ts";
import type { BackupRefusalKey, BackupText } from "./restore-words.ts";
import { backupWords, sizeWords } from "./restore-words.ts";
import { formatYuan } from "#core/money/yuan.ts";
import { fen } from "#core/money/fen.ts";
import { localIso } from "#core/sale/business-date.ts";

type Words = { readonly zh: string; readonly en: string };

/** A page of the start's window: words in both languages, and what can be pressed. */
export interface DoorPage {
  readonly title: Words;
  readonly lines: readonly Words[];
  readonly links: readonly DoorLink[];
  readonly isCalm?: boolean;
}
export interface DoorLink extends Words {
  readonly step: "choose" | "restore" | "start";
  readonly isPrimary: boolean;
}

export function backLink(key: BackupText, step: DoorLink["step"], isPrimary = true): DoorLink {
  return { ...backupWords(key), step, isPrimary };
}

const other = (): DoorLink => backLink("start.other", "choose", false);

export function examiningPage(): DoorPage {
  return { title: backupWords("examine.running"), lines: [], links: [] };
}

export function preparingPage(): DoorPage {
  return { title: backupWords("start.preparing"), lines: [], links: [] };
}

/** @param why null where the disk refused while restoring */
export function refusedPage(why: RestoreRefusal | null): DoorPage {
  const line = why === null ? backupWords("start.failed") : refusalWords(why);
  return { title: backupWords("refused.title"), lines: [line], links: [{ ...other(), isPrimary: true }] };
}

function refusalWords(why: RestoreRefusal): Words {
  const key: BackupRefusalKey = `refused.${why.kind}`;
  switch (why.kind) {
    case "cut-short":
      return backupWords(key, { size: sizeWords(why.size), expected: sizeWords(why.expected) });
    case "no-room":
      return backupWords(key, { needs: sizeWords(why.needs) });
    default: {
      const { kind: _kind, ...facts } = why;
      return backupWords(key, facts);
    }
  }
}

export function figuresPage(run: DryRun, utcOffsetMinutes: number): DoorPage {
  const { back, here } = run;
  const until = localIso(back.journalAtMs, utcOffsetMinutes).slice(0, 16).replace("T", " ");
  const fact = (key: BackupText, zh: string, en = zh): Words => {
    const word = backupWords(key);
    return { zh: `${word.zh}：${zh}`, en: `${word.en}: ${en}` };
  };
  const lines: Words[] = [
    fact("dry.shop", `${back.shopZh} · ${back.terminalId}`, `${back.shopEn} · ${back.terminalId}`),
    fact("dry.until", until),
    fact("dry.sales", String(back.saleCount)),
    fact("dry.last", back.lastSaleNumber ?? "—"),
    fact("dry.next", run.nextSaleNumber),
  ];
  if (here === null) lines.push(backupWords("dry.here.unreadable"), backupWords("dry.jump"));
  else {
    const value = { count: String(here.lostSales), amount: `¥${formatYuan(fen(here.lostSalesFen))}` };
    const lost = backupWords(here.lostSales === 0 ? "dry.lost.none" : "dry.lost.value", value);
    lines.push(fact("dry.lost", lost.zh, lost.en));
  }
  const { officeHasMore } = run;
  if (officeHasMore === null) lines.push(backupWords("dry.office.unknown"));
  else if (officeHasMore > 0) lines.push(backupWords("dry.office.more", { count: String(officeHasMore) }));
  lines.push(
    run.pins === "same"
      ? backupWords("dry.pins.same")
      : backupWords("dry.pins.shown", { name: run.firstManager ?? "" }),
  );
  if (run.isNewMachine) lines.push(backupWords("dry.machine"));
  if (run.goods === "must-bring") lines.push(backupWords("dry.goods.must"));
  lines.push(backupWords("dry.aside"));
  return { title: backupWords("dry.title"), lines, isCalm: true, links: [backLink("restore", "restore"), other()] };
}

export function pinPage(name: string, pin: string): DoorPage {
  return {
    title: backupWords("dry.pins.shown", { name }),
    lines: [backupWords("start.pin", { name, pin })],
    links: [backLink("start.go", "start")],
  };
}
